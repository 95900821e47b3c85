-- Fails (SL003) unless this very session has that lock: what follows would be
-- done by two at once.
create or replace function sluis.hold(key bigint) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
	if not exists (select from pg_locks
	    where locktype = 'advisory' and objsubid = 1 and granted and pid = pg_backend_pid()
	      and database = (select oid from pg_database where datname = current_database())
	      and classid::bigint = (key >> 32) & 4294967295 and objid::bigint = key & 4294967295)
	then
		raise exception 'the lock on this row was lost' using errcode = 'SL003';
	end if;
end
$$;
