-- set_duty(analyst): has duty from now on. For work.
create or replace function sluis.set_duty(analyst int) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.duty (analyst) values (analyst)
$$;
