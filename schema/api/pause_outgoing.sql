-- pause_outgoing(tag): nothing of that case leaves until it is resumed; of no
-- case at all if tag is null. Returns whether that is new. SL001 if there is no
-- such case. For adm.
create or replace function sluis.pause_outgoing(tag text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	which constant int := sluis.pause_of(pause_outgoing.tag);
begin
	insert into sluis.pause (case_no) values (which) on conflict do nothing;
	if found and which <> 0 then
		perform sluis.add_event(which, 'paused', null);
	end if;
	return found;
end
$$;
