-- add_note(case_no, analyst, kind, wrapped, text): something an analyst wrote that
-- stays inside. For work.
create or replace function sluis.add_note(case_no int, analyst int, kind text, wrapped bytea, text bytea)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.note (case_no, analyst, kind, key_id, text)
	values (add_note.case_no, add_note.analyst, add_note.kind, sluis.put_key(add_note.wrapped), add_note.text);
	select sluis.note_act(add_note.case_no, add_note.analyst, add_note.kind, null);
	select sluis.touch_case(add_note.case_no);
$$;
