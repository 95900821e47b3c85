-- party_heard(party): a person there has written or spoken to us. It is not silent
-- any more, and nobody has to call because it was. For work.
create or replace function sluis.party_heard(party bigint) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	update sluis.party p set heard = coalesce(p.heard, now()),
	    state = case p.state when 'silent' then 'none' else p.state end
	where p.id = party_heard.party and (p.heard is null or p.state = 'silent');
	with over as (
		update sluis.phone_task t set closed = now(), how = 'answered'
		where t.party = party_heard.party and t.why = 'silent' and t.closed is null
		returning t.case_no, t.contact
	)
	select sluis.add_event(o.case_no, 'call-over', format('contact %s answered', o.contact)) from over o;
$$;
