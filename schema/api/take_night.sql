-- take_night() says whether this session may make the digests that are due: one
-- does at a time, until its session ends. For work.
create or replace function sluis.take_night() returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	select pg_try_advisory_lock(sluis.lock_key(10, 0))
$$;
