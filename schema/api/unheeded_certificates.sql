-- unheeded_certificates(most) returns pinned certificates for which nobody has
-- looked yet what they signed before they were pinned or changed, with the
-- fingerprints of all their keys. For work.
create or replace function sluis.unheeded_certificates(most int)
returns table (id int, subkeys text[])
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select c.id, array(select s.fingerprint from sluis.certificate_subkey s where s.certificate = c.id)
	from sluis.certificate c where not c.heeded order by c.id limit most
$$;
