-- build_outgoing(id, state, reason, keyless, delay, send_key, envelope, blob,
-- wrapped, record): what became of a draft this session has taken. With a blob
-- it has its bytes now, the draft is gone and nobody has to be called; without,
-- it stays held for the reason. wrapped and record replace those of the draft
-- unless null. For work.
create or replace function sluis.build_outgoing(id bigint, state text, reason text, keyless boolean, delay bigint,
    send_key bytea, envelope bytea, blob uuid, wrapped bytea, record bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	o sluis.outbox;
begin
	perform sluis.hold(sluis.lock_key(3, build_outgoing.id));
	if build_outgoing.state not in ('ready', 'held') or (build_outgoing.state = 'ready' and build_outgoing.blob is null) then
		raise exception 'a mail is built ready with its bytes, or held' using errcode = 'SL002';
	end if;
	select * into o from sluis.outbox t where t.id = build_outgoing.id and t.state = 'held' for update;
	if not found then
		raise exception 'this mail is no longer held' using errcode = 'SL003';
	end if;
	update sluis.outbox t set state = build_outgoing.state, reason = build_outgoing.reason,
	    keyless = build_outgoing.keyless,
	    not_before = now() + make_interval(secs => build_outgoing.delay)
	where t.id = o.id;
	if build_outgoing.blob is not null then
		update sluis.outbox t set send_key = build_outgoing.send_key,
		    envelope = build_outgoing.envelope, blob = build_outgoing.blob, draft = null
		where t.id = o.id;
		delete from sluis.blob_part p where p.blob = o.draft;
		if build_outgoing.record is not null then
			update sluis.outbox t set record = build_outgoing.record where t.id = o.id;
			update sluis.message_key k set wrapped = build_outgoing.wrapped where k.id = o.key_id;
		end if;
	end if;
	if build_outgoing.state = 'ready' and o.keyless then
		if o.case_no is not null and o.reason <> 'waiting' then
			perform sluis.add_event(o.case_no, 'released', o.kind || ' ' || o.id || ' key');
		end if;
		perform sluis.close_phone_task(o.case_no, o.target, 'key');
	end if;
	notify sluis_outbox;
	perform pg_advisory_unlock(sluis.lock_key(3, build_outgoing.id));
end
$$;
