-- add_party(...) returns the party of that case with that participant, or that
-- reporter, or, where both are null, that role; a new one if there is none. The
-- first party of a case has number 0; counsel is counsel in all of them. For work
-- and adm.
create or replace function sluis.add_party(case_no int, role text, participant int, reporter bigint,
    language text, out id bigint, out number int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	perform from sluis.cases c where c.no = add_party.case_no for update;	-- numbers, one by one
	select p.id, p.number into id, number from sluis.party p
	where p.case_no = add_party.case_no
	  and case when add_party.participant is not null then p.participant = add_party.participant
	           when add_party.reporter is not null then p.reporter = add_party.reporter
	           else p.participant is null and p.reporter is null and p.role = add_party.role end
	order by p.number limit 1;
	if found then
		return;
	end if;
	insert into sluis.party as p (case_no, number, role, participant, reporter, language)
	select add_party.case_no, coalesce(max(o.number) + 1, 0),
	    case when exists (select from sluis.participant c where c.id = add_party.participant and c.kind = 'counsel')
	         then 'legal' else add_party.role end,
	    add_party.participant, add_party.reporter, coalesce(add_party.language, 'en')
	from sluis.party o where o.case_no = add_party.case_no
	returning p.id, p.number into id, number;
	perform sluis.touch_case(add_party.case_no);
end
$$;
