-- find_case_by_reporter(reporter, hidden) returns the newest case of that reporter that
-- is not closed, of those in which it wants to be named to nobody, or may be named; or
-- no row. For work.
create or replace function sluis.find_case_by_reporter(reporter bigint, hidden boolean) returns setof sluis.case_ref
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
	return query
	select f.*
	from (select p.case_no, p.id from sluis.party p join sluis.cases c on c.no = p.case_no
	    where p.reporter = find_case_by_reporter.reporter and c.status <> 'closed'
	    order by p.case_no desc offset 0) p	-- so that few are asked whether they hide
	cross join lateral sluis.case_ref_of(p.case_no, p.id) f
	where sluis.stays_hidden(p.id) = find_case_by_reporter.hidden
	order by p.case_no desc limit 1;
end
$$;
