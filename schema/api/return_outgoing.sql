-- return_outgoing(id, status, fate): what a mail system said of a mail of ours
-- that had left. fate: failed, delayed or passed; status as of RFC 3463. One that
-- failed is marked so, and with class 5 so is whom it went to, until a mail
-- gets through. For work.
create or replace function sluis.return_outgoing(id bigint, status text, fate text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	o sluis.outbox;
begin
	if fate not in ('failed', 'delayed', 'passed') or status !~ '^[245][.][0-9]{1,3}[.][0-9]{1,3}$' then
		raise exception 'no such fate of a mail' using errcode = 'SL002';
	end if;
	select * into o from sluis.outbox t where t.id = return_outgoing.id for update;
	if fate = 'failed' then
		update sluis.outbox t set state = 'failed', reason = 'bounced ' || return_outgoing.status
		where t.id = o.id and t.state in ('sent', 'failed');
	end if;
	if o.case_no is not null then
		perform sluis.add_event(o.case_no, case fate when 'failed' then 'bounced' else fate end,
		    format('%s %s %s', o.kind, o.id, return_outgoing.status));
	end if;
	if fate = 'failed' and status like '5.%' then
		update sluis.contact c set unreachable = coalesce(c.unreachable, now()),
		    unreachable_status = return_outgoing.status where o.target = 'contact ' || c.id;
		update sluis.analyst a set unreachable = coalesce(a.unreachable, now()),
		    unreachable_status = return_outgoing.status where o.target = 'analyst ' || a.id;
	elsif fate = 'passed' then
		perform sluis.reached(c.address) from sluis.contact c where o.target = 'contact ' || c.id;
	end if;
end
$$;
