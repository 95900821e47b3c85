-- version() returns the version of the schema. For everybody.
create or replace function sluis.version() returns int
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select max(v.version) from sluis.schema_version v
$$;
