-- resume_outgoing(tag): takes back what pause_outgoing(tag) did, and with null
-- every pause there is. Returns whether there was one. SL001 if there is no such
-- case. For adm.
create or replace function sluis.resume_outgoing(tag text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	which constant int := sluis.pause_of(resume_outgoing.tag);
	gone int;
	was boolean := false;
begin
	for gone in delete from sluis.pause p where which in (0, p.case_no) returning p.case_no loop
		was := true;
		if gone <> 0 then
			perform sluis.add_event(gone, 'resumed', null);
		end if;
	end loop;
	notify sluis_outbox;
	return was;
end
$$;
