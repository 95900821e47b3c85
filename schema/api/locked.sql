-- The numbers of a purpose that any session has locked. A row that says TRYING
-- or SENDING and is not among them was left by a process that died.
create or replace function sluis.locked(purpose int) returns bigint[]
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
	return (select coalesce(array_agg(((l.classid::bigint & 16777215) << 32) | l.objid::bigint), '{}')
	    from pg_locks l
	    where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
	      and l.database = (select d.oid from pg_database d where d.datname = current_database())
	      and l.classid::bigint >> 24 = purpose);
end
$$;
