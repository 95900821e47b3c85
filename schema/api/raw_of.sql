-- raw_of(reception) returns where the sealed bytes of a mail are, and the key they
-- open with; no row if they were erased. For work and adm.
create or replace function sluis.raw_of(reception bigint)
returns table (wrapped bytea, blob text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select k.wrapped, r.blob::text
	from sluis.reception r join sluis.message_key k on k.id = r.key_id
	where r.id = raw_of.reception
$$;
