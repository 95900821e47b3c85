-- quarantine_key(...) keeps a certificate that came in a mail, until somebody has
-- decided. content: keyed hash of the certificate and who sent it; the same again
-- from the same sender is counted and no more. For work.
create or replace function sluis.quarantine_key(reception bigint, case_no int, fingerprint bytea,
    content bytea, origin text, encrypted boolean, wrapped bytea, record bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.quarantine q set times = q.times + 1, last = now()
	where q.content = quarantine_key.content and q.reception <> quarantine_key.reception;
	if found then
		return;
	end if;
	insert into sluis.quarantine as q (reception, case_no, fingerprint, content, origin, encrypted, key_id, record)
	values (quarantine_key.reception, quarantine_key.case_no, quarantine_key.fingerprint,
	    quarantine_key.content, quarantine_key.origin, quarantine_key.encrypted,
	    gen_random_uuid(), quarantine_key.record)
	on conflict on constraint quarantine_content_key do nothing;
	if found then
		update sluis.quarantine q set key_id = sluis.put_key(quarantine_key.wrapped)
		where q.content = quarantine_key.content;
	end if;
end
$$;
