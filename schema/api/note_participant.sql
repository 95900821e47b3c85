-- note_participant(case_no, participant, how): the case seems to be about this
-- participant; how says what told so, and the first to say it counts. For work
-- and adm.
create or replace function sluis.note_participant(case_no int, participant int, how text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into sluis.case_participant values (note_participant.case_no, note_participant.participant,
	    note_participant.how) on conflict do nothing;
end
$$;
