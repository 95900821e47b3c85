-- keep_answered(content, signer, made, reception): these signed words have their
-- effect with this transaction. SL003 if they had it before: the answer is then
-- looked at anew. For work.
create or replace function sluis.keep_answered(content bytea, signer text, made timestamptz, reception bigint)
returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into sluis.answered values (content, signer, made, reception);
exception
	when unique_violation then
		raise exception 'this answer had its effect' using errcode = 'SL003';
end
$$;
