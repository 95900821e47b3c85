-- learning_due(at) returns how many things analysts decided since something was learnt
-- last; 0 if
-- that was less than 20 hours before. For work.
create or replace function sluis.learning_due(at timestamptz) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select count(*)
	from sluis.act a
	where (a.field in ('class', 'motive') or (a.field = 'status' and a.new = 'closed'))
	    and a.at > coalesce((select min(g.at) from sluis.learning g), '-infinity')
	    and not exists (select from sluis.learning g where g.at > learning_due.at - interval '20 hours')
$$;
