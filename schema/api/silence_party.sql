-- silence_party(party): it has not answered, and is to be called. False if it is
-- known to be silent already, or has answered. For work.
create or replace function sluis.silence_party(party bigint) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	of_case int;
begin
	update sluis.party p set state = 'silent'
	where p.id = silence_party.party and p.heard is null and p.state in ('none', 'told')
	returning p.case_no into of_case;
	if not found then
		return false;
	end if;
	perform sluis.add_event(of_case, 'silent', silence_party.party::text);
	return true;
end
$$;
