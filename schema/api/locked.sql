-- The numbers of a purpose that any session has locked. A row that says TRYING
-- or SENDING and is not among them was left by a process that died.
create or replace function sluis.locked(purpose int) returns bigint[]
language sql volatile set search_path = pg_catalog, pg_temp
as $$
	select coalesce(array_agg(((classid::bigint & 16777215) << 32) | objid::bigint), '{}')
	from pg_locks
	where locktype = 'advisory' and objsubid = 1 and granted
	  and database = (select oid from pg_database where datname = current_database())
	  and classid::bigint >> 24 = purpose
$$;
