-- Gives a lock back if this session has it. Safe before the commit of what was
-- done under it: whoever locks next waits for our lock on the row itself, and
-- then sees what we made of it.
create or replace function sluis.leave(key bigint) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
	perform sluis.hold(key);
	perform pg_advisory_unlock(key);
exception when sqlstate 'SL003' then
	null;
end
$$;
