-- known_certificate(fingerprint) returns the bytes of a certificate that is
-- pinned for anybody; no row if it is not. For adm.
create or replace function sluis.known_certificate(fingerprint text) returns table (bytes bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off	-- also right after a large import, when nothing is analysed
as $$
	select c.bytes from sluis.certificate c
	where c.fingerprint = upper(known_certificate.fingerprint) order by c.id limit 1
$$;
