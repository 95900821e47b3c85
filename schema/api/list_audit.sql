-- list_audit(most) returns the newest lines of the audit, all if most is null. For
-- adm and audit.
create or replace function sluis.list_audit(most int)
returns table (id bigint, at timestamptz, who text, what text, tag text, reception bigint, detail text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select a.id, a.at, a.who, a.what, c.tag, a.reception, a.detail
	from sluis.audit a left join sluis.cases c on c.no = a.case_no
	order by a.id desc limit list_audit.most
$$;
