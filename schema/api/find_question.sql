-- find_question(party, id) returns what that party was asked by the letter of that
-- Message-ID (keyed hash); no row: nothing. For work.
create or replace function sluis.find_question(party bigint, id bytea)
returns table (what text, other bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select c.what, c.other
	from sluis.message_ref r
	join sluis.outbox o on o.id = r.outbox and o.kind = 'consent'
	join sluis.consent c on c.cause = o.cause and c.party = find_question.party
	where r.id = find_question.id and r.kind = 'minted' and r.party = find_question.party
	limit 1
$$;
