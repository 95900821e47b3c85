-- note_lesson(case_no, traits, strong): the traits of the mail a case began with, as
-- keyed hashes; the first strong of them are no words. What it teaches is what the
-- case is decided to be. For work.
create or replace function sluis.note_lesson(case_no int, traits text[], strong int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into sluis.lesson (case_no, traits, strong)
	values (note_lesson.case_no, note_lesson.traits::bigint[], note_lesson.strong)
	on conflict do nothing;
end
$$;
