-- fail_outgoing(id, reason): it will never be handed over. For out.
create or replace function sluis.fail_outgoing(id bigint, reason text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	select sluis.settle_outgoing(id, 'failed', reason, 0)
$$;
