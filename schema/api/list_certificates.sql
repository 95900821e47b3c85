-- list_certificates() returns all that is pinned, for analysts first. For adm.
create or replace function sluis.list_certificates()
returns table (owner text, name text, address text, contact int, analyst int, fingerprint text,
    encryption text, algorithm text, unusable text, user_ids text[], made timestamptz,
    expires timestamptz, pinned timestamptz, vouched_by text, vouched_how text, vouched timestamptz,
    bytes bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select case when a.id is not null then 'analyst' else 'contact' end, coalesce(a.name, p.name),
	       coalesce(a.address, o.address), c.contact, c.analyst, c.fingerprint, c.encryption, c.algorithm,
	       coalesce(c.unusable, case when c.expires <= now() then 'expired' end),
	       c.user_ids, c.made, c.expires, c.pinned, c.vouched_by,
	       c.vouched_how, c.vouched, c.bytes
	from sluis.certificate c
	left join sluis.analyst a on a.id = c.analyst
	left join sluis.contact o on o.id = c.contact
	left join sluis.participant p on p.id = o.participant
	order by 1, lower(coalesce(a.name, p.name)), 3, c.id
$$;
