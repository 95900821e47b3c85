-- blame_reception(id, reason, seconds): the try failed through the mail: it
-- stays counted, and is due again in so many seconds (T-10). For work.
create or replace function sluis.blame_reception(id bigint, reason text, seconds int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.reception r set state = 'received',
	    reason = blame_reception.reason, not_before = clock_timestamp() + make_interval(secs => seconds)
	where r.id = blame_reception.id and r.state = 'trying';
	perform sluis.leave(sluis.lock_key(1, blame_reception.id));
end
$$;
