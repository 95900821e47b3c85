-- defer_outgoing(id, reason, seconds): it could not be handed over now. For out.
create or replace function sluis.defer_outgoing(id bigint, reason text, seconds bigint) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	select sluis.settle_outgoing(id, 'ready', reason, seconds)
$$;
