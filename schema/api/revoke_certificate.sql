-- revoke_certificate(fingerprint, bytes) returns how many had that certificate pinned
-- and have it no more to encrypt to: its owner took it back, as the bytes show, which
-- the caller has verified (T-31). Nothing takes that back again. For work and adm.
create or replace function sluis.revoke_certificate(fingerprint text, bytes bytea) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	pinned bigint;
begin
	update sluis.certificate c set encryption = null, unusable = 'revoked',
	    bytes = revoke_certificate.bytes, heeded = c.heeded and c.bytes = revoke_certificate.bytes
	where c.fingerprint = upper(revoke_certificate.fingerprint);
	get diagnostics pinned = row_count;
	if pinned > 0 then
		notify sluis_reception;
	end if;
	return pinned;
end
$$;
