-- last_act(case_no) returns the newest thing an analyst set in a case and that
-- was not taken back. For work.
create or replace function sluis.last_act(case_no int)
returns table (id bigint, field text, old text, new text, who text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select t.id, t.field, t.old, t.new, a.name
	from sluis.act t join sluis.analyst a on a.id = t.analyst
	where t.case_no = last_act.case_no and not t.undone order by t.id desc limit 1
$$;
