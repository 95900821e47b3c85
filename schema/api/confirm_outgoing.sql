-- confirm_outgoing(id, analyst, delay): an analyst lets a held letter go; it
-- leaves after so many seconds. A draft goes on being held, as "waiting", until
-- work has built it, and waits for a key if there is none. SL003 if it is not held
-- any more. For work.
create or replace function sluis.confirm_outgoing(id bigint, analyst int, delay bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	o sluis.outbox;
begin
	select t.* into o from sluis.outbox t where t.id = confirm_outgoing.id and t.state = 'held' for update;
	if not found then
		raise exception 'this mail is not held' using errcode = 'SL003';
	end if;
	update sluis.outbox t set not_before = now() + case when t.blob is null then '0' else make_interval(secs => delay) end,
	    state = case when t.blob is null then 'held' else 'ready' end,
	    reason = case when t.blob is null then 'waiting' end
	where t.id = confirm_outgoing.id;
	update sluis.confirmation c set confirmed = now() where c.outbox = confirm_outgoing.id;
	perform sluis.note_act(o.case_no, confirm_outgoing.analyst, 'confirmed', o.kind || ' ' || o.id || coalesce(' ' || o.reason, ''));
	perform sluis.touch_case(o.case_no);
	notify sluis_outbox;
	notify sluis_reception;		-- work builds drafts
end
$$;
