-- expiring_keys(at, days) returns to whom nothing can be encrypted any more from
-- some moment within so many days on: contacts and active analysts who have a
-- usable key at that time, but none that lasts. warned: the last of the steps
-- that was warned of, in days; null: none. For work.
create or replace function sluis.expiring_keys(at timestamptz, days int)
returns table (target text, participant text, id int, name text, address text, language text,
    phone text, hours text, deputy boolean, fingerprint text, encryption text, bytes bytea,
    expires timestamptz, unusable text, warned int)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	with lasting as (
		select distinct on (c.contact, c.analyst) c.*
		from sluis.certificate c
		where c.unusable is null and c.encryption is not null and coalesce(c.expires, 'infinity') > expiring_keys.at
		order by c.contact, c.analyst, coalesce(c.expires, 'infinity') desc, c.id desc
	), owned as (
		select case when l.analyst is null then 'contact ' || o.id else 'analyst ' || a.id end as target,
		       p.name as participant, coalesce(o.id, a.id) as id, coalesce(o.name, a.name) as name,
		       coalesce(o.address, a.address) as address, coalesce(o.language, p.languages[1]) as language,
		       o.phone, o.hours, o.deputy_of is not null as deputy, l.fingerprint, l.encryption, l.bytes, l.expires
		from lasting l
		left join sluis.contact o on o.id = l.contact
		left join sluis.participant p on p.id = o.participant
		left join sluis.analyst a on a.id = l.analyst
		where l.expires <= expiring_keys.at + make_interval(days => expiring_keys.days)
		  and (a.id is null or a.active)
	)
	select o.target, o.participant, o.id, o.name, o.address, o.language, o.phone, o.hours, o.deputy,
	       o.fingerprint, o.encryption, o.bytes, o.expires, null,
	       (select min(w.step) from sluis.key_warning w where w.target = o.target
	        and w.fingerprint = o.fingerprint and w.expires = o.expires)
	from owned o order by o.expires, o.target
$$;
