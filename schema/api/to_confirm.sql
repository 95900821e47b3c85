-- to_confirm(case_no, droppable) returns the letters of a case that an analyst's
-- /confirm can let go, or, droppable, that /drop can still stop: those that wait
-- for their time as well. For work and adm.
create or replace function sluis.to_confirm(case_no int, droppable boolean)
returns table (id bigint, kind text, hash text, analyst int, reason text, party bigint, wrapped bytea, record bytea,
    hidden boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select o.id, o.kind, c.hash, c.analyst, o.reason, o.party, k.wrapped, o.record,
	    o.party is not null and sluis.stays_hidden(o.party)
	from sluis.outbox o left join sluis.confirmation c on c.outbox = o.id
	left join sluis.message_key k on k.id = o.key_id
	where o.case_no = to_confirm.case_no and o.kind in ('forward', 'relay', 'verify', 'noted', 'reminder',
	      'consent', 'introduce', 'progress', 'advisory')
	  and ((o.state = 'held' and c.outbox is not null and c.confirmed is null)
	       or (to_confirm.droppable and o.state in ('held', 'ready')))
	order by o.id
$$;
