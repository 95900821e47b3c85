-- list_faults(feed) returns the first of its lines that were wrong. For work and adm.
create or replace function sluis.list_faults(feed bigint) returns table (line int, why text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select f.line, f.why from sluis.feed_fault f where f.feed = list_faults.feed order by f.line
$$;
