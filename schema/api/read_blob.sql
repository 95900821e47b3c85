-- read_blob(blob) returns its sealed chunks in order. For work and adm; for out
-- while it has that mail under way, and no other.
create or replace function sluis.read_blob(blob uuid) returns table (bytes bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	return query
	select p.bytes from sluis.blob_part p
	where p.blob = read_blob.blob
	  and (session_user <> 'sluis_out'
	       or exists (select from sluis.outbox o where o.blob = read_blob.blob and o.state = 'sending'))
	order by p.n;
end
$$;
