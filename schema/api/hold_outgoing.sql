-- hold_outgoing(id, reason): the last guard found something (T-53). For out.
create or replace function sluis.hold_outgoing(id bigint, reason text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	select sluis.settle_outgoing(id, 'held', reason, 0)
$$;
