-- take_digest(participant, day, until): its digest of that local date is filed with
-- this transaction, and went so far. False if it had one of that date or a later one
-- (T-62): then nothing is filed. For work.
create or replace function sluis.take_digest(participant int, day date, until timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into sluis.digest as d (participant, day, until)
	values (take_digest.participant, take_digest.day, take_digest.until)
	on conflict on constraint digest_pkey do update set day = excluded.day, filed = now(),
	    until = greatest(d.until, excluded.until)
	where d.day < excluded.day;
	return found;
end
$$;
