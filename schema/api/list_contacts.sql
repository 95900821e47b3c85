-- list_contacts(one) returns the contacts of that participant, or all (null), in the
-- order they were put; unreachable: since when mails to them come back. For adm.
create or replace function sluis.list_contacts(one int)
returns table (participant int, participant_name text, id int, address text, name text, role text,
    phone text, hours text, deputy_of text, language text, receives text[],
    unreachable timestamptz, unreachable_status text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
	return query
		select c.participant, p.name, c.id, c.address, c.name, c.role, c.phone, c.hours,
		    c.deputy_of, c.language, c.receives,
		    c.unreachable, c.unreachable_status
		from sluis.contact c join sluis.participant p on p.id = c.participant
		where one is null or c.participant = one
		order by c.id;
end
$$;
