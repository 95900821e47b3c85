-- take_clock() says whether this session may do what is due by the clock: one
-- does at a time, until its session ends. For work.
create or replace function sluis.take_clock() returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	select pg_try_advisory_lock(sluis.lock_key(9, 0))
$$;
