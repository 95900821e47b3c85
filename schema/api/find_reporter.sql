-- find_reporter(address) returns the reporter of that keyed hash, with the
-- sealed record and its wrapped key, or no row. For work.
create or replace function sluis.find_reporter(address bytea)
returns table (id bigint, wrapped bytea, record bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	return query
	select r.id, k.wrapped, r.record
	from sluis.reporter r join sluis.message_key k on k.id = r.key_id
	where r.address = find_reporter.address;
end
$$;
