-- put_contact(...) returns id and fresh: makes the contact of that participant
-- with that mail address, or changes it; null as in put_participant(). For adm.
create or replace function sluis.put_contact(participant int, address text, name text, role text,
    phone text, hours text, deputy_of text, language text, receives text[],
    out id int, out fresh boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.contact c set
	    name = coalesce(put_contact.name, c.name), role = coalesce(put_contact.role, c.role),
	    phone = coalesce(put_contact.phone, c.phone), hours = coalesce(put_contact.hours, c.hours),
	    deputy_of = coalesce(put_contact.deputy_of, c.deputy_of),
	    language = coalesce(put_contact.language, c.language),
	    receives = coalesce(put_contact.receives, c.receives)
	where c.participant = put_contact.participant and lower(c.address) = lower(put_contact.address)
	returning c.id into id;
	fresh := not found;
	if fresh then
		insert into sluis.contact as c (participant, address, name, role, phone, hours, deputy_of,
		    language, receives)
		values (put_contact.participant, put_contact.address, put_contact.name, put_contact.role,
		    put_contact.phone, put_contact.hours, put_contact.deputy_of, put_contact.language,
		    coalesce(put_contact.receives, '{cases,digest,advisories}'))
		returning c.id into id;
	end if;
end
$$;
