-- list_analysts() returns all analysts, active first, by name. For adm.
create or replace function sluis.list_analysts()
returns table (id int, name text, address text, active boolean, added timestamptz,
    unreachable timestamptz, unreachable_status text, reads text[])
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select a.id, a.name, a.address, a.active, a.added, a.unreachable, a.unreachable_status, a.reads
	from sluis.analyst a order by a.active desc, lower(a.name)
$$;
