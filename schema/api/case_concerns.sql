-- case_concerns(case_no, participant): is the case open, and about that
-- participant, or is the participant a party of it (T-33)? For work and adm.
create or replace function sluis.case_concerns(case_no int, participant int) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select exists (select from sluis.cases c where c.no = case_concerns.case_no and c.status <> 'closed')
	   and (exists (select from sluis.case_participant p
	           where p.case_no = case_concerns.case_no and p.participant = case_concerns.participant)
	        or exists (select from sluis.party p
	           where p.case_no = case_concerns.case_no and p.participant = case_concerns.participant))
$$;
