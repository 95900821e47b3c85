-- put_certificate(...) returns fresh: pins a minimised certificate for a contact
-- or an analyst (the other is null), or puts another version of it in the place of
-- the one that is pinned. It is one certificate whoever has it, so everybody who
-- does has this version: a revocation acts at once (T-31). subkeys: fingerprints
-- of all its keys, the primary one included. vouched_by, vouched_how, vouched:
-- whose word it has, how it was checked, when; null: as they were, and of a new
-- one the operator's, unchecked, now. Work will look for what it signed before,
-- unless it is as it was. For adm.
create or replace function sluis.put_certificate(contact int, analyst int, fingerprint text,
    encryption text, bytes bytea, algorithm text, user_ids text[], subkeys text[], made timestamptz,
    expires timestamptz, unusable text, vouched_by text, vouched_how text, vouched timestamptz)
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	fresh boolean;
	changed int[];
begin
	update sluis.certificate c set vouched_by = coalesce(put_certificate.vouched_by, c.vouched_by),
	    vouched_how = coalesce(put_certificate.vouched_how, c.vouched_how),
	    vouched = coalesce(put_certificate.vouched, case
	        when put_certificate.vouched_by is not null or put_certificate.vouched_how is not null
	        then now() else c.vouched end)
	where c.fingerprint = put_certificate.fingerprint
	  and (c.contact = put_certificate.contact or c.analyst = put_certificate.analyst);
	fresh := not found;
	if fresh then
		insert into sluis.certificate (contact, analyst, fingerprint, bytes, algorithm, user_ids, made,
		    vouched_by, vouched_how, vouched)
		values (put_certificate.contact, put_certificate.analyst, put_certificate.fingerprint,
		    '', '', '{}', put_certificate.made, coalesce(put_certificate.vouched_by, 'operator'),
		    coalesce(put_certificate.vouched_how, 'operator'), coalesce(put_certificate.vouched, now()));
	end if;
	with put as (
		update sluis.certificate c set encryption = put_certificate.encryption,
		    bytes = put_certificate.bytes, algorithm = put_certificate.algorithm,
		    user_ids = put_certificate.user_ids, expires = put_certificate.expires,
		    unusable = put_certificate.unusable,
		    heeded = c.heeded and c.bytes = put_certificate.bytes
		where c.fingerprint = put_certificate.fingerprint
		returning c.id
	) select array_agg(p.id) from put p into changed;
	delete from sluis.certificate_subkey s where s.certificate = any (changed);
	insert into sluis.certificate_subkey (certificate, fingerprint)
	select distinct c, f from unnest(changed) c, unnest(subkeys || put_certificate.fingerprint) f;
	update sluis.outbox o set not_before = now()	-- what waits for it may leave
	where o.target in (select 'contact ' || c.contact from sluis.certificate c
	    where c.id = any (changed) and c.contact is not null)
	  and o.state = 'held' and o.keyless;
	if found or exists (select from sluis.certificate c where c.id = any (changed) and not c.heeded) then
		notify sluis_reception;
	end if;
	-- Who is to be called although no mail waits, a digest has told so, is not any more.
	if put_certificate.unusable is null and put_certificate.encryption is not null
	    and coalesce(put_certificate.expires, 'infinity') > now() then
		perform sluis.close_phone_task(p.case_no, 'contact ' || p.contact, 'key')
		from sluis.phone_task p where p.closed is null and p.why = 'key'
		  and p.contact in (select c.contact from sluis.certificate c where c.id = any (changed));
	end if;
	return fresh;
end
$$;
