-- find_contact(participant, address, fingerprint) returns the contact of that
-- participant whose pinned key it is, else whose address it is; both may be null. No
-- row: none of them. For work.
create or replace function sluis.find_contact(participant int, address text, fingerprint text)
returns table (id int, name text, address text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select c.id, c.name, c.address
	from sluis.contact c
	left join sluis.certificate k on k.contact = c.id
	left join sluis.certificate_subkey s on s.certificate = k.id and s.fingerprint = upper(find_contact.fingerprint)
	where c.participant = find_contact.participant
	  and (s.fingerprint is not null or lower(c.address) = lower(find_contact.address))
	order by s.fingerprint is null, c.id limit 1
$$;
