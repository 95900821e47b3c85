-- try_reception(id, most_tries) returns one row, whose outcome says:
--	go	it is this session's: lock taken, try counted, and here it is
--	busy	somebody else has it, or its time has not come
--	over	it is finished
--	spent	the same as go, but its tries are used up: it is to be parked and
--		shown, and not to be opened any more
--	parked	it has just been parked: its key was destroyed ("erased"), or it
--		could not even be shown, three times ("tries")
-- To be called outside a transaction: what it changed is committed when it
-- answers (T-10). For work.
create or replace function sluis.try_reception(id bigint, most_tries int,
    out outcome text, out inbox text, out size bigint, out received timestamptz, out tries int,
    out origin bytea, out wrapped bytea, out envelope bytea, out blob text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	key constant bigint := sluis.lock_key(1, try_reception.id);
	r sluis.reception;
begin
	if not pg_try_advisory_lock(key) then
		outcome := 'busy';
		return;
	end if;
	-- Waits for whoever has just left the lock and has not committed yet.
	select * into r from sluis.reception t where t.id = try_reception.id for update;
	if r.id is null or r.state not in ('received', 'trying') then
		outcome := 'over';
	elsif r.not_before > clock_timestamp() then
		outcome := 'busy';
	else
		select k.wrapped into wrapped from sluis.message_key k where k.id = r.key_id;
		outcome := case when not found or r.tries >= most_tries + 3 then 'parked'
		    when r.tries >= most_tries then 'spent' else 'go' end;
		update sluis.reception t set tries = t.tries + 1,
		    state = case outcome when 'parked' then 'parked' else 'trying' end,
		    reason = case when wrapped is null then 'erased' when outcome = 'parked' then 'tries' else t.reason end
		where t.id = r.id;
	end if;
	if outcome not in ('go', 'spent') then
		perform pg_advisory_unlock(key);
		return;
	end if;
	inbox := r.inbox; size := r.size; received := r.received; tries := r.tries + 1;
	origin := r.origin; envelope := r.envelope; blob := r.blob;
end
$$;
