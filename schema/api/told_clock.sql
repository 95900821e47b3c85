-- told_clock(id): analysts are told with this transaction. SL003 if they were in
-- the meantime. For work.
create or replace function sluis.told_clock(id bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.clock k set told = now() where k.id = told_clock.id and k.told is null;
	if not found then
		raise exception 'they were told' using errcode = 'SL003';
	end if;
end
$$;
