-- is_answered(content, signer, made): had these signed words their effect
-- already? For work.
create or replace function sluis.is_answered(content bytea, signer text, made timestamptz) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select exists (select from sluis.answered a where a.content = is_answered.content
	    and a.signer = is_answered.signer and a.made = is_answered.made)
$$;
