-- heed_certificates(ids, signers) returns how many messages are to be verified
-- again: those signed by keys with these ids, by keyed hash in hex. The
-- certificates are thereby done with. For work.
create or replace function sluis.heed_certificates(ids bigint[], signers text[]) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	asked bigint;
begin
	perform pg_advisory_xact_lock(sluis.lock_key(8, 0));
	insert into sluis.reverification (message)
	select m.id from sluis.message m
	where m.signer in (select decode(h, 'hex') from unnest(signers) h)
	on conflict do nothing;
	get diagnostics asked = row_count;
	update sluis.certificate c set heeded = true where c.id = any (ids);
	return asked;
end
$$;
