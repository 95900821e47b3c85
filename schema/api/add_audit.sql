-- add_audit(who, what, case_no, reception, detail): a line of the audit. For work
-- and adm.
create or replace function sluis.add_audit(who text, what text, case_no int, reception bigint, detail text)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.audit (who, what, case_no, reception, detail)
	values (who, what, case_no, reception, detail)
$$;
