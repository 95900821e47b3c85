-- confirm_outgoing(id, analyst, delay): an analyst lets a held letter go; it
-- leaves after so many seconds. SL003 if it is not held any more. For work.
create or replace function sluis.confirm_outgoing(id bigint, analyst int, delay bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	o sluis.outbox;
begin
	update sluis.outbox t set state = 'ready', not_before = now() + make_interval(secs => delay)
	where t.id = confirm_outgoing.id and t.state = 'held' and t.blob is not null returning t.* into o;
	if not found then
		raise exception 'this mail is not held' using errcode = 'SL003';
	end if;
	perform sluis.note_act(o.case_no, confirm_outgoing.analyst, 'confirmed', o.kind || ' ' || o.id || coalesce(' ' || o.reason, ''));
	update sluis.outbox t set reason = null where t.id = confirm_outgoing.id;
	perform sluis.touch_case(o.case_no);
	notify sluis_outbox;
end
$$;
