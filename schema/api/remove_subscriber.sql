-- remove_subscriber(address): somebody wants to hear no more. SL001 if there is
-- no such address. For adm.
create or replace function sluis.remove_subscriber(address text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	delete from sluis.subscriber s where lower(s.address) = lower(remove_subscriber.address);
	if not found then
		raise exception 'nobody of that address asked for updates: %', address using errcode = 'SL001';
	end if;
end
$$;
