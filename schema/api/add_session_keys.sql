-- add_session_keys(hashes, reception, case_no, party): that ciphertexts of these
-- session keys, by keyed hash in hex, came with this mail. What came before
-- stays as it is. For work.
create or replace function sluis.add_session_keys(hashes text[], reception bigint, case_no int,
    party bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into sluis.session_key (hash, reception, case_no, party)
	select distinct decode(h, 'hex'), add_session_keys.reception, add_session_keys.case_no,
	    add_session_keys.party from unnest(hashes) h
	on conflict do nothing;
end
$$;
