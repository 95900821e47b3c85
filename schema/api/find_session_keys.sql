-- find_session_keys(hashes) returns where ciphertexts of these session keys, by
-- keyed hash in hex, came first; of those that never came, nothing. Takes the
-- lock of each, waiting for whoever has it, and keeps it to the end of the
-- session, so that of two mails with one ciphertext the second to be filed sees
-- the first (T-26). For work.
create or replace function sluis.find_session_keys(hashes text[])
returns table (reception bigint, case_no int, tag text, party bigint)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	keys constant bytea[] := array(select distinct decode(h, 'hex') from unnest(hashes) h order by 1);
begin
	-- In this order for everybody.
	for i in 1 .. cardinality(keys) loop
		perform pg_advisory_lock(sluis.lock_key(6, keys[i]));
	end loop;
	return query
		select s.reception, s.case_no, c.tag, s.party
		from sluis.session_key s left join sluis.cases c on c.no = s.case_no
		where s.hash = any (keys) order by s.came, s.reception;
end
$$;
