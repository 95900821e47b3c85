-- Of the certificates of a contact or an analyst the one we would encrypt to:
-- one that is usable at this moment, the newest; else the newest, and why not.
create or replace function sluis.best_certificate(contact int, analyst int)
returns table (fingerprint text, encryption text, bytes bytea, expires timestamptz, unusable text)
language plpgsql stable set search_path = pg_catalog, pg_temp
set enable_seqscan = off	-- also right after a large import, when nothing is analysed
as $$
#variable_conflict use_column
begin
	return query
	select c.fingerprint, case when u.why is null then c.encryption end, c.bytes, c.expires, u.why
	from sluis.certificate c
	cross join lateral (select coalesce(c.unusable,
	    case when c.expires <= now() then 'expired' when c.encryption is null then 'no encryption key' end)) u (why)
	where c.contact = best_certificate.contact or c.analyst = best_certificate.analyst
	order by u.why is null desc, c.made desc, c.id desc limit 1;
end
$$;
