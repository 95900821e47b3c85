-- sides_now(case_no) returns the parties of a case as an analyst writes to them:
-- told says whether anything ever left for them, by mail or another way. For work.
create or replace function sluis.sides_now(case_no int)
returns table (id bigint, number int, epoch int, role text, participant int, name text, title text,
    reporter bigint, language text, told boolean, wrapped bytea, record bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select y.id, y.number, y.epoch, y.role, y.participant, p.name, p.title, y.reporter, y.language,
	    exists (select from sluis.outbox o where o.party = y.id and o.state in ('sent', 'sending')
	        and o.kind in ('ack', 'forward', 'relay')),
	    k.wrapped, r.record
	from sluis.party y
	left join sluis.participant p on p.id = y.participant
	left join sluis.reporter r on r.id = y.reporter
	left join sluis.message_key k on k.id = r.key_id
	where y.case_no = sides_now.case_no order by y.number
$$;
