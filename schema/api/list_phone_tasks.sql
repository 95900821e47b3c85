-- list_phone_tasks(case_no) returns who has to be called about that case, or was;
-- null: about all cases, and only those who still have to. mails: how many wait
-- for a key; why: "key" or "silent". For work and adm.
create or replace function sluis.list_phone_tasks(case_no int)
returns table (id bigint, tag text, severity text, participant text, contact int, address text,
    name text, phone text, hours text, mails bigint, since timestamptz, due timestamptz,
    reminded text, closed timestamptz, how text, why text, number int, party bigint, "case" int)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select p.id, c.tag, c.severity, m.name, p.contact, o.address, o.name, o.phone, o.hours,
	       (select count(*) from sluis.outbox x where x.target = 'contact ' || p.contact
	        and x.case_no is not distinct from p.case_no and x.state = 'held' and x.keyless),
	       p.since, p.due, p.reminded::text, p.closed, p.how, p.why, y.number, p.party, p.case_no
	from sluis.phone_task p
	left join sluis.cases c on c.no = p.case_no
	left join sluis.party y on y.id = p.party
	left join sluis.contact o on o.id = p.contact
	left join sluis.participant m on m.id = o.participant
	where case when list_phone_tasks.case_no is null then p.closed is null
	           else p.case_no = list_phone_tasks.case_no end
	order by p.closed is not null, p.due, p.id
$$;
