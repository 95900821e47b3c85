-- due_clocks(now) returns the days that have come and nobody was told of, in cases
-- that are not closed; analyst: whom alone it concerns, null: everybody. For work.
create or replace function sluis.due_clocks(now timestamptz)
returns table (id bigint, case_no int, tag text, inbox text, kind text, due timestamptz, analyst int)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select k.id, c.no, c.tag, c.inbox, k.kind, k.due, case when k.kind = 'remind' then k.analyst end
	from sluis.clock k join sluis.cases c on c.no = k.case_no
	where k.told is null and not k.replaced and k.due <= due_clocks.now and c.status <> 'closed'
	order by k.due, k.id
$$;
