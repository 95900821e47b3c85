-- set_party_state(party, analyst, state): an analyst knows better where an
-- organisation is. For work.
create or replace function sluis.set_party_state(party bigint, analyst int, state text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	of_case int;
begin
	update sluis.party p set state = set_party_state.state
	where p.id = set_party_state.party returning p.case_no into of_case;
	perform sluis.note_act(of_case, set_party_state.analyst, 'party',
	    format('%s %s', set_party_state.party, set_party_state.state));
	perform sluis.touch_case(of_case);
end
$$;
