-- open_case(case_no, tag, inbox, class, motive, severity): begins the
-- case whose number and tag were reserved. What comes from an old mailbox was
-- opened when its mail came. For work.
create or replace function sluis.open_case(case_no int, tag text, inbox text,
    class text, motive text, severity text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into sluis.cases (no, tag, inbox, class, motive, severity, opened)
	select t.case_no, t.tag, open_case.inbox, open_case.class, open_case.motive, open_case.severity,
	    case when r.imported then r.received else now() end
	from sluis.tag t left join sluis.reception r on r.id = t.reception
	where t.case_no = open_case.case_no and t.tag = open_case.tag;
	if not found then
		raise exception 'this case was not reserved' using errcode = 'SL002';
	end if;
	insert into sluis.case_inbox values (open_case.case_no, open_case.inbox);
end
$$;
