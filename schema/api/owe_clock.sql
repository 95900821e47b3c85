-- owe_clock(case_no, kind, due): until then it is owed; one that runs stays. The case
-- is as it was for whoever answers a notice of it. For work.
create or replace function sluis.owe_clock(case_no int, kind text, due timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.clock (case_no, kind, due) values (owe_clock.case_no, owe_clock.kind, owe_clock.due)
	on conflict do nothing
$$;
