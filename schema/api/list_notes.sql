-- list_notes(case_no) returns what analysts wrote inside, oldest first. For work
-- and adm.
create or replace function sluis.list_notes(case_no int)
returns table (id bigint, at timestamptz, who text, kind text, wrapped bytea, text bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select n.id, n.at, a.name, n.kind, k.wrapped, n.text
	from sluis.note n join sluis.analyst a on a.id = n.analyst
	left join sluis.message_key k on k.id = n.key_id
	where n.case_no = list_notes.case_no order by n.id
$$;
