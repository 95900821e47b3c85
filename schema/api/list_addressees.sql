-- list_addressees() returns all who are told of a change of the team's key, each
-- address once: analysts, contacts of participants and partners, and who asked
-- for updates. target is how an outbox row names them; with the certificate
-- mail to them is encrypted to, if there is one. For adm.
create or replace function sluis.list_addressees()
returns table (target text, id int, name text, address text, language text, phone text, hours text,
    deputy boolean, fingerprint text, encryption text, bytes bytea, expires timestamptz, unusable text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select distinct on (lower(w.address)) w.who || ' ' || w.id, w.id, w.name, w.address, w.language,
	       null::text, null::text, false, b.fingerprint, b.encryption, b.bytes, b.expires,
	       case when b.fingerprint is null then 'no key' else b.unusable end
	from (
		select 1, 'analyst', a.id, a.name, a.address, null, null::int, a.id
		from sluis.analyst a where a.active
		union all
		select 2, 'contact', c.id, c.name, c.address, coalesce(c.language, p.languages[1]), c.id, null
		from sluis.contact c join sluis.participant p on p.id = c.participant
		where p.removed is null
		union all
		select 3, 'subscriber', s.id, null, s.address, s.language, null, null
		from sluis.subscriber s) w (n, who, id, name, address, language, contact, analyst)
	left join lateral sluis.best_certificate(w.contact, w.analyst) b on true
	order by lower(w.address), (b.encryption is null), w.n, w.id
$$;
