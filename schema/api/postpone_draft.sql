-- postpone_draft(id, seconds): it could not be built now, through no fault of
-- its own; it is due again in so many seconds. For work.
create or replace function sluis.postpone_draft(id bigint, seconds bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.outbox o set not_before = now() + make_interval(secs => seconds)
	where o.id = postpone_draft.id and o.state = 'held';
	perform sluis.leave(sluis.lock_key(3, postpone_draft.id));
end
$$;
