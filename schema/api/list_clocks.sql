-- list_clocks(case_no) returns the days that count in a case, in their order;
-- null: of all cases that are not closed. who: who set it, null for what is owed
-- anyway; met: what it is for is done. For work and adm.
create or replace function sluis.list_clocks(case_no int)
returns table (id bigint, tag text, kind text, due timestamptz, who text, told timestamptz,
    met boolean, owner text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select k.id, c.tag, k.kind, k.due, a.name, k.told, sluis.clock_met(c.no, k.kind), o.name
	from sluis.clock k join sluis.cases c on c.no = k.case_no
	left join sluis.analyst a on a.id = k.analyst left join sluis.analyst o on o.id = c.owner
	where not k.replaced and case when list_clocks.case_no is null then c.status <> 'closed'
	      else k.case_no = list_clocks.case_no end
	order by k.due, k.id
$$;
