-- revocations_of(fingerprint) returns the signatures that came and take that key
-- back, if they hold: sealed, with their keys, newest first. Anybody can send such
-- a thing, so there is an end to them. For adm.
create or replace function sluis.revocations_of(fingerprint bytea)
returns table (wrapped bytea, record bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select k.wrapped, r.record
	from sluis.revocation r
	join sluis.message_key k on k.id = r.key_id
	where r.fingerprint = revocations_of.fingerprint
	order by r.arrived desc
	limit 64
$$;
