-- link_case(case_no, other, analyst): these cases have to do with each other. For
-- work.
create or replace function sluis.link_case(case_no int, other int, analyst int) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.case_link values (case_no, other), (other, case_no) on conflict do nothing;
	select sluis.note_act(link_case.case_no, link_case.analyst, 'linked', (select c.tag from sluis.cases c where c.no = link_case.other));
	select sluis.note_act(link_case.other, link_case.analyst, 'linked', (select c.tag from sluis.cases c where c.no = link_case.case_no));
	select sluis.touch_case(link_case.case_no);
$$;
