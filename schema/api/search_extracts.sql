-- search_extracts(behind, most) returns messages with an id above that one, in
-- the order of their ids, with sealed extract and key; what was erased is left
-- out; hidden as list_messages says it. For work and adm.
create or replace function sluis.search_extracts(behind bigint, most int)
returns table (id bigint, tag text, party bigint, direction text, "time" timestamptz,
    wrapped bytea, "extract" bytea, kind text, hidden boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select m.id, c.tag, m.party, m.direction, m.time, k.wrapped, m.extract, m.kind,
	    (m.verified or m.direction = 'out' or m.kind = 'bounce') and sluis.stays_hidden(p.id)
	from sluis.message m
	join sluis.party p on p.id = m.party
	join sluis.cases c on c.no = p.case_no
	join sluis.message_key k on k.id = m.key_id
	where m.id > behind
	order by m.id limit most
$$;
