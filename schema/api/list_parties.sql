-- list_parties(case_no) returns the parties of a case, with the sealed record of
-- a reporter and its key. For adm.
create or replace function sluis.list_parties(case_no int)
returns table (id bigint, number int, role text, participant text, title text, language text,
    reporter bigint, wrapped bytea, record bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select y.id, y.number, y.role, p.name, p.title, y.language, y.reporter, k.wrapped, r.record
	from sluis.party y
	left join sluis.participant p on p.id = y.participant
	left join sluis.reporter r on r.id = y.reporter
	left join sluis.message_key k on k.id = r.key_id
	where y.case_no = list_parties.case_no order by y.number
$$;
