-- open_advisory(content, tag, prefix, year, inbox, severity) returns the case an advisory
-- is told in, by the keyed hash of what it says: the one it has already (again), that
-- of the tag, or a new one. SL001 if there is no case of that tag. For adm.
create or replace function sluis.open_advisory(content bytea, named text, prefix text, year int, inbox text,
    severity text, out case_no int, out tag text, out again boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	select a.case_no, c.tag into case_no, tag from sluis.advisory a join sluis.cases c on c.no = a.case_no
	where a.content = open_advisory.content;
	again := found;
	if again then
		return;
	end if;
	if named is null then
		select r.case_no, r.tag into case_no, tag from sluis.reserve_case(null, prefix, year) r;
		perform sluis.open_case(case_no, tag, inbox, 'vulnerability', null, severity);
	else
		select c.no, c.tag into case_no, tag from sluis.cases c where c.tag = upper(named) and c.merged is null;
		if not found then
			raise exception 'there is no case %', upper(named) using errcode = 'SL001';
		end if;
	end if;
	insert into sluis.advisory values (open_advisory.content, open_advisory.case_no);
	perform sluis.add_event(case_no, 'advisory', null);
end
$$;
