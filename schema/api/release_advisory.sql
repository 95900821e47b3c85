-- release_advisory(cause, reason) lets those letters of one advisory go that wait for a
-- second look alone, and for no key and no finding; how many. For adm.
create or replace function sluis.release_advisory(cause text, reason text) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	one bigint;
	count bigint := 0;
begin
	for one in select o.id from sluis.outbox o where o.cause = release_advisory.cause
	    and o.kind = 'advisory' and o.state = 'held' and o.reason = release_advisory.reason order by o.id
	loop
		perform sluis.release_outgoing(one);
		count := count + 1;
	end loop;
	return count;
end
$$;
