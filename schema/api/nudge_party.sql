-- nudge_party(party): it is reminded now that we wait for an answer. False if it was
-- already, or has answered: then nothing is sent. For work.
create or replace function sluis.nudge_party(party bigint) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	of_case int;
begin
	update sluis.party p set nudged = now()
	where p.id = nudge_party.party and p.nudged is null and p.heard is null
	returning p.case_no into of_case;
	if not found then
		return false;
	end if;
	perform sluis.add_event(of_case, 'reminded', nudge_party.party::text);
	return true;
end
$$;
