-- keep_hit(id, participant, types, at, letters): a participant is told of findings of
-- these types by letters with these Message-IDs (keyed hashes, in hex), in the
-- transaction that files them. For work and adm.
create or replace function sluis.keep_hit(id bigint, participant int, types text[], at timestamptz,
    letters text[]) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.hit (id, participant, types, told)
	values (keep_hit.id, keep_hit.participant, keep_hit.types, keep_hit.at);

	insert into sluis.hit_letter (id, hit)
	select decode(l.hash, 'hex'), keep_hit.id from unnest(letters) l (hash);
$$;
