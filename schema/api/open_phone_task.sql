-- open_phone_task(case_no, party, contact, due, why): somebody has to call that
-- contact until then, since nothing can be encrypted to it ("key"), or since nobody
-- there answers ("silent"), or since mails to it come back ("bounce"). One that is
-- open for this case stays, and is due no later. case_no and party may be null. For work and adm.
create or replace function sluis.open_phone_task(case_no int, party bigint, contact int,
    due timestamptz, why text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	insert into sluis.phone_task as p (case_no, party, contact, due, why)
	values (open_phone_task.case_no, open_phone_task.party, open_phone_task.contact, open_phone_task.due,
	    open_phone_task.why)
	on conflict (contact, coalesce(case_no, 0)) where closed is null do nothing;
	if not found then
		update sluis.phone_task p set due = least(p.due, open_phone_task.due),
		    why = case open_phone_task.why when 'bounce' then 'bounce' else p.why end
		where p.contact = open_phone_task.contact and p.closed is null
		  and p.case_no is not distinct from open_phone_task.case_no;
	elsif open_phone_task.case_no is not null then
		perform sluis.add_event(open_phone_task.case_no, 'call', format('contact %s by %s',
		    open_phone_task.contact, to_char(open_phone_task.due at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')));
	end if;
end
$$;
