-- untold(case_no) returns the handles of participants a case seems to be about
-- and that nothing was ever sent to. For work.
create or replace function sluis.untold(case_no int) returns text[]
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select coalesce(array_agg(p.name order by p.name), '{}')
	from sluis.case_participant c join sluis.participant p on p.id = c.participant
	where c.case_no = untold.case_no
	  and not exists (select from sluis.party y join sluis.message m on m.party = y.id
	      where y.case_no = c.case_no and y.participant = c.participant and m.direction = 'out')
	  and not exists (select from sluis.party y join sluis.event e on e.case_no = y.case_no
	      where y.case_no = c.case_no and y.participant = c.participant and e.kind = 'told'
	        and e.detail like y.id || ' %')
$$;
