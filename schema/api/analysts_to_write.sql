-- analysts_to_write() returns all active analysts, each with the certificate
-- mail to them is encrypted to. For work and adm.
create or replace function sluis.analysts_to_write()
returns table (id int, name text, address text, language text, phone text, hours text, deputy boolean,
    fingerprint text, encryption text, bytes bytea, expires timestamptz, unusable text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	return query
	select a.id, a.name, a.address, null, null, null, false, b.fingerprint, b.encryption, b.bytes,
	       b.expires, case when b.fingerprint is null then 'no key' else b.unusable end
	from sluis.analyst a left join lateral sluis.best_certificate(null, a.id) b on true
	where a.active order by a.id;
end
$$;
