-- links_of(case_no) returns the tags of cases that have to do with it. For work
-- and adm.
create or replace function sluis.links_of(case_no int) returns text[]
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select coalesce(array_agg(c.tag order by c.no), '{}')
	from sluis.case_link l join sluis.cases c on c.no = l.other where l.case_no = links_of.case_no
$$;
