-- list_messages(case_no) returns the messages of all parties of a case, oldest
-- first, with sealed extract and key (null: erased); hidden: the party wants to be
-- named to nobody, and this is from it, to it, or a bounce of what was. For work and adm.
create or replace function sluis.list_messages(case_no int)
returns table (id bigint, direction text, party bigint, "time" timestamptz, encryption text,
    signature text, verified boolean, replayed boolean, kind text, wrapped bytea,
    "extract" bytea, reception bigint, outbox bigint, hidden boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select m.id, m.direction, m.party, m.time, m.encryption, m.signature, m.verified, m.replayed, m.kind,
	       k.wrapped, m.extract, m.reception, m.outbox,
	       (m.verified or m.direction = 'out' or m.kind = 'bounce') and sluis.stays_hidden(y.id)
	from sluis.party y join sluis.message m on m.party = y.id
	left join sluis.message_key k on k.id = m.key_id
	where y.case_no = list_messages.case_no order by m.time, m.id
$$;
