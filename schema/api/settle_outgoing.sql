-- What became of a mail that was being sent; its lock is given back. A session
-- that lost its lock with its connection may tell it, too, unless somebody else
-- has begun to send it again meanwhile (SL003). Telling it twice is fine. The
-- case remembers what became of its mails, unless only analysts were told.
create or replace function sluis.settle_outgoing(id bigint, state text, reason text, delay bigint)
returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
	key constant bigint := sluis.lock_key(3, settle_outgoing.id);
	o sluis.outbox;
begin
	if not pg_try_advisory_lock(key) then	-- counted, if it is ours already
		raise exception 'somebody else is sending this mail' using errcode = 'SL003';
	end if;
	perform pg_advisory_unlock(key);
	select * into o from sluis.outbox t where t.id = settle_outgoing.id for update;
	if o.state = 'sending' then
		update sluis.outbox t set state = settle_outgoing.state, reason = settle_outgoing.reason,
		    not_before = clock_timestamp() + make_interval(secs => settle_outgoing.delay),
		    sent = case settle_outgoing.state when 'sent' then clock_timestamp() end
		where t.id = o.id;
		insert into sluis.event (case_no, kind, detail)
		select o.case_no, settle_outgoing.state, o.kind || ' ' || o.id
		where o.case_no is not null and settle_outgoing.state <> 'ready'
		  and (settle_outgoing.state <> 'sent' or o.kind not in ('notice', 'receipt'));
	elsif o.state is distinct from settle_outgoing.state then
		raise exception 'this mail is not being sent' using errcode = 'SL002';
	end if;
	perform sluis.leave(key);
end
$$;
