-- sent_outgoing(id): it was handed over. For out.
create or replace function sluis.sent_outgoing(id bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	perform sluis.settle_outgoing(sent_outgoing.id, 'sent', null, 0);
end
$$;
