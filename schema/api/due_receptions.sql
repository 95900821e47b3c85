-- due_receptions(most) returns ids of receptions nobody works on and whose time
-- has come, oldest first. For work.
create or replace function sluis.due_receptions(most int) returns setof bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	select r.id from sluis.reception r
	where r.state in ('received', 'trying') and r.not_before <= now()
	  and r.id <> all (sluis.locked(1))
	order by r.not_before, r.id limit most
$$;
