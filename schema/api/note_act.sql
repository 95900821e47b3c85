-- note_act(case_no, analyst, kind, detail): an event that is an analyst's doing.
-- For work.
create or replace function sluis.note_act(case_no int, analyst int, kind text, detail text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.event (case_no, kind, who, detail)
	select note_act.case_no, note_act.kind, a.name, note_act.detail
	from sluis.analyst a where a.id = note_act.analyst
$$;
