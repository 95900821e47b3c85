-- certificates_of(address) returns the certificates pinned for this mail
-- address, newest first: of contacts and of active analysts. For work.
create or replace function sluis.certificates_of(address text) returns table (bytes bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off	-- also right after a large import, when nothing is analysed
as $$
#variable_conflict use_column
begin
	return query
	select c.bytes
	from (select k.* from sluis.contact o join sluis.certificate k on k.contact = o.id
	      where lower(o.address) = lower(certificates_of.address)
	      union all
	      select k.* from sluis.analyst a join sluis.certificate k on k.analyst = a.id
	      where lower(a.address) = lower(certificates_of.address) and a.active) c
	order by c.made desc, c.id desc;
end
$$;
