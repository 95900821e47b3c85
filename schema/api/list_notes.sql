-- list_notes(case_no, analyst) returns what analysts wrote inside, oldest first: all, or
-- what that analyst may read, whose own it is, or who may read what it was written
-- beside (is_reader). legal: that was counsel's. For work and adm.
create or replace function sluis.list_notes(case_no int, analyst int)
returns table (id bigint, at timestamptz, who text, kind text, legal boolean, wrapped bytea, text bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select n.id, n.at, a.name, n.kind, n.legal, k.wrapped, n.text
	from sluis.note n join sluis.analyst a on a.id = n.analyst
	left join sluis.message_key k on k.id = n.key_id
	where n.case_no = list_notes.case_no
	  and (list_notes.analyst is null or n.analyst = list_notes.analyst
	       or sluis.is_reader(list_notes.analyst, n.case_no, case when n.legal then 'legal' end, null))
	order by n.id
$$;
