-- open_challenge(party, words) returns the mailback of that party that waits for one of
-- these words (keyed hashes, in hex) and is not older than 30 days; null: none. For work.
create or replace function sluis.open_challenge(party bigint, words text[]) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select min(v.id) from sluis.verification v
	where v.word = any (select decode(w, 'hex') from unnest(open_challenge.words) w)
	  and v.party = open_challenge.party and v.done is null and v.asked > now() - interval '30 days'
$$;
