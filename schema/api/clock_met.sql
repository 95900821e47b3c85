-- Is what a clock is for done? An acknowledgement has left, or nobody waits for one;
-- the case was assessed, as one that others are warned of is; those who have the system say that it is repaired.
create or replace function sluis.clock_met(case_no int, kind text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp
as $$
	select case clock_met.kind
	    when 'acknowledge' then c.status <> 'new'
	        or not exists (select from sluis.party y where y.case_no = c.no and y.role = 'reporter')
	        or exists (select from sluis.outbox o where o.case_no = c.no and o.kind in ('ack', 'relay')
	            and o.state in ('sent', 'sending'))
	    when 'assess' then c.status not in ('new', 'triage')
	        or exists (select from sluis.triage t where t.case_no = c.no)
        or exists (select from sluis.outbox o where o.case_no = c.no and o.kind = 'advisory')
	    when 'embargo' then false
	    when 'remind' then false
	    else c.status in ('resolved', 'disclosed', 'closed')
	        or (exists (select from sluis.party y where y.case_no = c.no and y.state = 'fixed')
	            and not exists (select from sluis.party y where y.case_no = c.no and y.role = 'participant'
	                and y.state not in ('fixed', 'not-ours'))) end
	from sluis.cases c where c.no = clock_met.case_no
$$;
