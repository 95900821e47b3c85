-- sides_now(case_no) returns the parties of a case as an analyst writes to them: told
-- says whether anything ever left for them, state where an organisation is with it,
-- said and said_how which answer it gave last and what vouches for that, own_number
-- its own number for the matter (sealed), direct whether it writes to another one
-- itself, or was introduced to it; asked which answers it was offered last; bridge
-- who opened one between it and the reporter; hidden whether it wants to be named to nobody. For
-- work and adm.
create or replace function sluis.sides_now(case_no int)
returns table (id bigint, number int, epoch int, role text, participant int, name text, title text,
    reporter bigint, language text, told boolean, wrapped bytea, record bytea,
    state text, said int, said_how text, number_wrapped bytea, own_number bytea, direct boolean,
    bridge int, hidden boolean, asked text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select y.id, y.number, y.epoch, y.role, y.participant, p.name, p.title, y.reporter, y.language,
	    l.told, k.wrapped, r.record, case when y.state = 'none' and l.told then 'told' else y.state end,
	    h.answer, h.how, nk.wrapped, n.number,
	    y.direct is not null or exists (select from sluis.introduction i
	        where y.id in (i.party, i.other) and sluis.met(i.party, i.other)),
	    y.bridge, sluis.stays_hidden(y.id), y.asked
	from sluis.party y
	cross join lateral (select exists (select from sluis.outbox o where o.party = y.id
	    and o.state in ('sent', 'sending') and o.kind in ('ack', 'forward', 'relay', 'advisory')) as told) l
	left join lateral (select e.answer, e.how from sluis.choice e where e.party = y.id
	    order by e.message desc limit 1) h on true
	left join sluis.participant p on p.id = y.participant
	left join sluis.reporter r on r.id = y.reporter
	left join sluis.message_key k on k.id = r.key_id
	left join sluis.party_number n on n.party = y.id
	left join sluis.message_key nk on nk.id = n.key_id
	where y.case_no = sides_now.case_no order by y.number
$$;
