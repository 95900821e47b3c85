-- take_outgoing(id) returns the mail, counts the attempt and takes its lock; no
-- row when somebody else has it, or it is paused or not due. To be called outside a
-- transaction: SENDING is committed when it answers. confirmed: an analyst's or an
-- operator's word released it. For out.
create or replace function sluis.take_outgoing(id bigint)
returns table (attempts int, kind text, wrapped bytea, envelope bytea, blob text, confirmed boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	if not pg_try_advisory_lock(sluis.lock_key(3, take_outgoing.id)) then
		return;
	end if;
	return query
		update sluis.outbox o set state = 'sending', attempts = o.attempts + 1
		where o.id = take_outgoing.id and o.state in ('ready', 'sending') and o.not_before <= clock_timestamp()
		  and not exists (select from sluis.pause p where p.case_no in (0, o.case_no))
		  and not (o.embargoed and sluis.under_embargo(o.case_no))
		returning o.attempts, o.kind, o.send_key, o.envelope, o.blob::text,
		    exists (select from sluis.confirmation c where c.outbox = o.id and c.confirmed is not null);
	if not found then
		perform sluis.leave(sluis.lock_key(3, take_outgoing.id));
	end if;
end
$$;
