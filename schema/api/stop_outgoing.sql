-- stop_outgoing(id, analyst): an analyst stops a letter that has not left. SL003
-- if it is under way or gone. For work.
create or replace function sluis.stop_outgoing(id bigint, analyst int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	o sluis.outbox;
begin
	update sluis.outbox t set state = 'dropped'
	where t.id = stop_outgoing.id and t.state in ('held', 'ready') returning t.* into o;
	if not found then
		raise exception 'this mail is gone' using errcode = 'SL003';
	end if;
	perform sluis.note_act(o.case_no, stop_outgoing.analyst, 'dropped', o.kind || ' ' || o.id);
	perform sluis.touch_case(o.case_no);
end
$$;
