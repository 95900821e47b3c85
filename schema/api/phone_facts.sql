-- phone_facts(case_no, party, contact) returns what is said to a contact nothing
-- can be encrypted to, and to those who stand in for it; what belongs to the
-- case is null where there is none. For work and adm.
create or replace function sluis.phone_facts(case_no int, party bigint, contact int)
returns table (tag text, severity text, inbox text, number int, epoch int, participant text,
    title text, content boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select c.tag, c.severity, c.inbox, y.number, y.epoch, m.name, m.title, m.fallback = 'content'
	from sluis.contact o
	join sluis.participant m on m.id = o.participant
	left join sluis.cases c on c.no = phone_facts.case_no
	left join sluis.party y on y.id = phone_facts.party
	where o.id = phone_facts.contact
$$;
