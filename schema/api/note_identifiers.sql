-- note_identifiers(party, hashes): by these, keyed hashes in hex, somebody of that
-- party is known. For work.
create or replace function sluis.note_identifiers(party bigint, hashes text[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into sluis.identifier (hash, party)
	select distinct decode(h, 'hex'), note_identifiers.party from unnest(hashes) h
	on conflict do nothing;
end
$$;
