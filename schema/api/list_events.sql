-- list_events(case_no) returns what happened in a case, oldest first. For adm.
create or replace function sluis.list_events(case_no int)
returns table (id bigint, at timestamptz, kind text, who text, detail text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select e.id, e.at, e.kind, e.who, e.detail
	from sluis.event e where e.case_no = list_events.case_no order by e.id
$$;
