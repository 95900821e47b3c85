-- certificates_by_key(key) returns the pinned certificates one of whose keys has
-- this fingerprint, or this key id (its last 16 digits), newest first. For work.
create or replace function sluis.certificates_by_key(key text) returns table (bytes bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off	-- also right after a large import, when nothing is analysed
as $$
#variable_conflict use_column
begin
	return query
	select c.bytes
	from sluis.certificate_subkey s
	join sluis.certificate c on c.id = s.certificate
	left join sluis.analyst a on a.id = c.analyst
	where s.key_id = upper(right(certificates_by_key.key, 16))
	  and right(s.fingerprint, length(certificates_by_key.key)) = upper(certificates_by_key.key)
	  and (a.active or c.contact is not null)
	order by c.made desc, c.id desc;
end
$$;
