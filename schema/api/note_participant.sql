-- note_participant(case_no, participant, how): the case seems to be about this
-- participant; how says what told so, and the first to say it counts. For work
-- and adm.
create or replace function sluis.note_participant(case_no int, participant int, how text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.case_participant values (case_no, participant, how) on conflict do nothing
$$;
