-- retry_parked() does retry_reception() for all that are parked and returns how
-- many they were; what was erased stays. For adm.
create or replace function sluis.retry_parked() returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	count bigint;
begin
	update sluis.reception r set state = 'received', tries = 0, reason = null, not_before = now()
	where r.state = 'parked' and r.message is null
	  and exists (select from sluis.message_key k where k.id = r.key_id);
	get diagnostics count = row_count;
	notify sluis_reception;
	return count;
end
$$;
