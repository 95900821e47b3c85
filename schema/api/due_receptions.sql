-- due_receptions(most) returns ids of receptions nobody works on and whose time
-- has come, oldest first; of those from an old mailbox only the first, since an
-- answer there must find what it answers. For work.
create or replace function sluis.due_receptions(most int) returns setof bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	busy constant bigint[] := sluis.locked(1);
begin
	return query
	select r.id from sluis.reception r
	where r.state in ('received', 'trying') and r.not_before <= now()
	  and r.id <> all (busy)
	  and (not r.imported or r.id = (select min(o.id) from sluis.reception o
	      where o.imported and o.state in ('received', 'trying')))
	order by r.not_before, r.id limit most;
end
$$;
