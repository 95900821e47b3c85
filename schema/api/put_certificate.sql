-- put_certificate(...) returns fresh: pins a minimised certificate for a contact
-- or an analyst (the other is null), or replaces what was pinned under that
-- fingerprint. subkeys: fingerprints of all its keys, the primary one included.
-- For adm.
create or replace function sluis.put_certificate(contact int, analyst int, fingerprint text,
    encryption text, bytes bytea, algorithm text, user_ids text[], subkeys text[], made timestamptz,
    expires timestamptz, unusable text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	fresh boolean;
	pinned_as int;
begin
	delete from sluis.certificate c
	where c.fingerprint = put_certificate.fingerprint
	  and (c.contact = put_certificate.contact or c.analyst = put_certificate.analyst);
	fresh := not found;
	insert into sluis.certificate as c (contact, analyst, fingerprint, encryption, bytes, algorithm,
	    user_ids, made, expires, unusable)
	values (put_certificate.contact, put_certificate.analyst, put_certificate.fingerprint,
	    put_certificate.encryption, put_certificate.bytes, put_certificate.algorithm,
	    put_certificate.user_ids, put_certificate.made, put_certificate.expires, put_certificate.unusable)
	returning c.id into pinned_as;
	insert into sluis.certificate_subkey (certificate, fingerprint)
	select distinct pinned_as, u from unnest(subkeys || fingerprint) u;
	return fresh;
end
$$;
