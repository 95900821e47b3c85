-- retry_reception(id): a parked reception is received again, with no tries
-- counted. SL001 if it is not parked. For adm.
create or replace function sluis.retry_reception(id bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.reception r set state = 'received', tries = 0, reason = null, not_before = now()
	where r.id = retry_reception.id and r.state = 'parked' and r.message is null;
	if not found then
		raise exception 'reception % is not parked', id using errcode = 'SL001';
	end if;
	notify sluis_reception;
end
$$;
