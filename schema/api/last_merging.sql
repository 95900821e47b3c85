-- last_merging(case_no) returns the newest merge into a case that was not taken
-- back. For work.
create or replace function sluis.last_merging(case_no int) returns table (id bigint, tag text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select m.id, c.tag from sluis.merging m join sluis.cases c on c.no = m.other
	where m.into_no = last_merging.case_no and not m.undone order by m.id desc limit 1
$$;
