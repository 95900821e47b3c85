-- keep_revocation(...) keeps a signature by which somebody takes a key back, once.
-- Whether it holds is seen when that key is to be pinned. For work and adm.
create or replace function sluis.keep_revocation(fingerprint bytea, content bytea, wrapped bytea,
    record bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into sluis.revocation as r (content, fingerprint, key_id, record)
	values (keep_revocation.content, keep_revocation.fingerprint, gen_random_uuid(),
	    keep_revocation.record)
	on conflict on constraint revocation_pkey do nothing;
	if found then
		update sluis.revocation r set key_id = sluis.put_key(keep_revocation.wrapped)
		where r.content = keep_revocation.content;
	end if;
end
$$;
