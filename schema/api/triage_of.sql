-- triage_of(case_no) returns the sealed triage record, if there is one. For work
-- and adm.
create or replace function sluis.triage_of(case_no int)
returns table (wrapped bytea, record bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select k.wrapped, t.record
	from sluis.triage t join sluis.message_key k on k.id = t.key_id
	where t.case_no = triage_of.case_no
$$;
