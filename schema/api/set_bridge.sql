-- set_bridge(party, analyst, on): what that organisation and the reporter write is
-- prepared for the other one from now on, or not any more. For work.
create or replace function sluis.set_bridge(party bigint, analyst int, "on" boolean) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	y sluis.party;
begin
	update sluis.party p set bridge = case when "on" then set_bridge.analyst end
	where p.id = set_bridge.party returning p.* into y;
	perform sluis.note_act(y.case_no, set_bridge.analyst, 'bridge',
	    format('party %s %s', y.number, case when "on" then 'on' else 'off' end));
	perform sluis.touch_case(y.case_no);
end
$$;
