-- contacts_to_write(participant) returns its contacts that receive cases,
-- deputies last, each with the certificate mail to them is encrypted to, in the
-- contact's language, else the participant's first. For work and adm.
create or replace function sluis.contacts_to_write(participant int)
returns table (id int, name text, address text, language text, phone text, hours text, deputy boolean,
    fingerprint text, encryption text, bytes bytea, expires timestamptz, unusable text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off	-- also right after a large import, when nothing is analysed
as $$
#variable_conflict use_column
begin
	return query
	select c.id, c.name, c.address, coalesce(c.language, p.languages[1]), c.phone, c.hours,
	       c.deputy_of is not null, b.fingerprint, b.encryption, b.bytes,
	       b.expires, case when b.fingerprint is null then 'no key' else b.unusable end
	from sluis.contact c join sluis.participant p on p.id = c.participant
	left join lateral sluis.best_certificate(c.id, null) b on true
	where c.participant = contacts_to_write.participant and 'cases' = any (c.receives)
	order by c.deputy_of is not null, c.id;
end
$$;
