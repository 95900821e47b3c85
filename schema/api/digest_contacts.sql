-- digest_contacts(participant) returns those of its contacts that receive digests and
-- can be reached, deputies last, each with the certificate mail to them is encrypted
-- to. Sees the rows of this participant only. For work.
create or replace function sluis.digest_contacts(participant int)
returns table (id int, name text, address text, language text, phone text, hours text, deputy boolean,
    fingerprint text, encryption text, bytes bytea, expires timestamptz, unusable text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	perform set_config('sluis.participant', digest_contacts.participant::text, true);
	return query
	select c.id, c.name, c.address, coalesce(c.language, p.languages[1]), c.phone, c.hours,
	    c.deputy_of is not null, b.fingerprint, b.encryption, b.bytes, b.expires,
	    case when b.fingerprint is null then 'no key' else b.unusable end
	from sluis.contact c join sluis.participant p on p.id = c.participant
	left join lateral sluis.best_certificate(c.id, null) b on true
	where 'digest' = any (c.receives) and c.unreachable is null
	order by c.deputy_of is not null, c.id;
	perform set_config('sluis.participant', '', true);
end
$$;
