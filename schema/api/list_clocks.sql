-- list_clocks(case_no) returns the days that count in a case, in their order;
-- null: of all cases that are not closed. For work and adm.
create or replace function sluis.list_clocks(case_no int)
returns table (id bigint, tag text, kind text, due timestamptz, who text, told timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select k.id, c.tag, k.kind, k.due, a.name, k.told
	from sluis.clock k join sluis.cases c on c.no = k.case_no join sluis.analyst a on a.id = k.analyst
	where not k.replaced and case when list_clocks.case_no is null then c.status <> 'closed'
	      else k.case_no = list_clocks.case_no end
	order by k.due, k.id
$$;
