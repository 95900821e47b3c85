-- watch_case(case_no, analyst): hears of it from now on. For work.
create or replace function sluis.watch_case(case_no int, analyst int) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.watcher values (case_no, analyst) on conflict do nothing;
	select sluis.note_act(case_no, analyst, 'watched', null);
$$;
