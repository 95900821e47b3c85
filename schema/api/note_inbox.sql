-- note_inbox(case_no, inbox): a copy of the case's first mail came here, too.
-- For work.
create or replace function sluis.note_inbox(case_no int, inbox text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.case_inbox values (case_no, inbox) on conflict do nothing
$$;
