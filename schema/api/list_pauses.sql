-- list_pauses() returns what may not leave, a null tag for all cases. For adm.
create or replace function sluis.list_pauses() returns table (tag text, since timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select c.tag, p.since from sluis.pause p left join sluis.cases c on c.no = p.case_no
	order by p.case_no
$$;
