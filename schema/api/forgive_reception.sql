-- forgive_reception(id, reason, seconds): the try failed through no fault of
-- the mail (T-9): it is not counted, and due again in so many seconds. For work.
create or replace function sluis.forgive_reception(id bigint, reason text, seconds int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.reception r set state = 'received', tries = greatest(r.tries - 1, 0),
	    reason = forgive_reception.reason, not_before = clock_timestamp() + make_interval(secs => seconds)
	where r.id = forgive_reception.id and r.state = 'trying';
	perform sluis.leave(sluis.lock_key(1, forgive_reception.id));
end
$$;
