-- certificates_of(address) returns the certificates pinned for this mail
-- address, newest first: of contacts and of active analysts. For work.
create or replace function sluis.certificates_of(address text) returns table (bytes bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select c.bytes from sluis.certificate c
	where c.contact in (select o.id from sluis.contact o where lower(o.address) = lower(certificates_of.address))
	   or c.analyst in (select a.id from sluis.analyst a where lower(a.address) = lower(certificates_of.address) and a.active)
	order by c.made desc, c.id desc
$$;
