-- list_parties(case_no) returns the parties of a case, with where an organisation is
-- with it, and the sealed record of a reporter and its key. For work and adm.
create or replace function sluis.list_parties(case_no int)
returns table (id bigint, number int, role text, participant text, title text, language text,
    reporter bigint, wrapped bytea, record bytea, state text, said int, said_how text,
    number_wrapped bytea, own_number bytea, direct boolean, hidden boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select y.id, y.number, y.role, y.name, y.title, y.language, y.reporter, y.wrapped, y.record,
	    y.state, y.said, y.said_how, y.number_wrapped, y.own_number, y.direct, y.hidden
	from sluis.sides_now(list_parties.case_no) y
$$;
