-- put_reporter(address, wrapped, record) returns the id of the reporter of that
-- keyed hash, whose record is made, or replaced together with its key. For work.
create or replace function sluis.put_reporter(address bytea, wrapped bytea, record bytea)
returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	found_id bigint;
	old_key uuid;
begin
	insert into sluis.reporter as r (address, key_id, record)
	values (put_reporter.address, gen_random_uuid(), put_reporter.record)
	on conflict on constraint reporter_address_key do nothing;
	select r.id, r.key_id into found_id, old_key from sluis.reporter r
	where r.address = put_reporter.address for update;
	delete from sluis.message_key k where k.id = old_key;
	update sluis.reporter r set key_id = sluis.put_key(put_reporter.wrapped),
	    record = put_reporter.record, last = now()
	where r.id = found_id;
	return found_id;
end
$$;
