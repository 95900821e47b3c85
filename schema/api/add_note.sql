-- add_note(case_no, analyst, kind, wrapped, text, party): something an analyst wrote that
-- stays inside; party: beside whose mail, null if beside none. For work.
create or replace function sluis.add_note(case_no int, analyst int, kind text, wrapped bytea, text bytea,
    party bigint)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.note (case_no, analyst, kind, legal, key_id, text)
	values (add_note.case_no, add_note.analyst, add_note.kind,
	    exists (select from sluis.party p where p.id = add_note.party and p.role = 'legal'),
	    sluis.put_key(add_note.wrapped), add_note.text);
	select sluis.note_act(add_note.case_no, add_note.analyst, add_note.kind, null);
	select sluis.touch_case(add_note.case_no);
$$;
