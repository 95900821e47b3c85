-- stand_ins(contact, role) returns who stands in for it, each with the
-- certificate mail to them is encrypted to: its deputies ("deputy"), or those
-- who receive cases at the organisation its participant takes part through
-- ("umbrella"). For work and adm.
create or replace function sluis.stand_ins(contact int, role text)
returns table (id int, name text, address text, language text, phone text, hours text, deputy boolean,
    fingerprint text, encryption text, bytes bytea, expires timestamptz, unusable text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select d.id, d.name, d.address, coalesce(d.language, p.languages[1]), d.phone, d.hours, true,
	       b.fingerprint, b.encryption, b.bytes, b.expires,
	       case when b.fingerprint is null then 'no key' else b.unusable end
	from sluis.contact c join sluis.participant p on p.id = c.participant
	join sluis.contact d on d.participant = c.participant and lower(d.deputy_of) = lower(c.address)
	left join lateral sluis.best_certificate(d.id, null) b on true
	where c.id = stand_ins.contact and stand_ins.role = 'deputy' and d.id <> c.id
	union all
	select w.* from sluis.contact c join sluis.participant p on p.id = c.participant
	join sluis.participant u on lower(u.name) = lower(p.umbrella) and u.removed is null and u.id <> p.id
	cross join lateral sluis.contacts_to_write(u.id) w
	where c.id = stand_ins.contact and stand_ins.role = 'umbrella'
$$;
