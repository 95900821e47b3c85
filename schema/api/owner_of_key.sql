-- owner_of_key(fingerprint) returns the participant of the contact, or the
-- active analyst, whose pinned certificate has a key of this fingerprint (both
-- null: nobody's). For work.
create or replace function sluis.owner_of_key(fingerprint text, out participant int, out analyst int)
language sql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off	-- also right after a large import, when nothing is analysed
as $$
	select min(o.participant), min(a.id)
	from sluis.certificate_subkey s
	join sluis.certificate c on c.id = s.certificate
	left join sluis.contact o on o.id = c.contact
	left join sluis.analyst a on a.id = c.analyst and a.active
	where s.fingerprint = upper(owner_of_key.fingerprint)
$$;
