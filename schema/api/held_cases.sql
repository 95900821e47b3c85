-- held_cases(analyst) returns the cases something waits in for a word: a letter, or an
-- answer of that analyst. For work.
create or replace function sluis.held_cases(analyst int) returns table (case_no int)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select o.case_no from sluis.confirmation c join sluis.outbox o on o.id = c.outbox
	where c.confirmed is null and o.state = 'held' and o.case_no is not null
	union
	select h.case_no from sluis.held_answer h
	where h.state = 'held' and h.analyst = held_cases.analyst and h.case_no is not null
$$;
