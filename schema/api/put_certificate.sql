-- put_certificate(...) returns fresh: pins a minimised certificate for a contact
-- or an analyst (the other is null), or replaces what was pinned under that
-- fingerprint. subkeys: fingerprints of all its keys, the primary one included.
-- Work will look for what it signed before, unless it is as it was. For adm.
create or replace function sluis.put_certificate(contact int, analyst int, fingerprint text,
    encryption text, bytes bytea, algorithm text, user_ids text[], subkeys text[], made timestamptz,
    expires timestamptz, unusable text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	fresh boolean;
	pinned_as int;
	known boolean;
begin
	delete from sluis.certificate c
	where c.fingerprint = put_certificate.fingerprint
	  and (c.contact = put_certificate.contact or c.analyst = put_certificate.analyst)
	returning c.heeded and c.bytes = put_certificate.bytes into known;
	fresh := not found;
	known := coalesce(known, false);
	insert into sluis.certificate as c (contact, analyst, fingerprint, encryption, bytes, algorithm,
	    user_ids, made, expires, unusable, heeded)
	values (put_certificate.contact, put_certificate.analyst, put_certificate.fingerprint,
	    put_certificate.encryption, put_certificate.bytes, put_certificate.algorithm,
	    put_certificate.user_ids, put_certificate.made, put_certificate.expires, put_certificate.unusable,
	    known)
	returning c.id into pinned_as;
	insert into sluis.certificate_subkey (certificate, fingerprint)
	select distinct pinned_as, u from unnest(subkeys || fingerprint) u;
	if not known then
		notify sluis_reception;
	end if;
	update sluis.outbox o set not_before = now()	-- what waits for it may leave
	where o.target = 'contact ' || put_certificate.contact and o.state = 'held' and o.keyless;
	if found then
		notify sluis_reception;
	end if;
	return fresh;
end
$$;
