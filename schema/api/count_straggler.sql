-- count_straggler(fingerprint): one more mail came encrypted to a former key of
-- the team after its grace. For work, in the transaction that files the mail.
create or replace function sluis.count_straggler(fingerprint text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.straggler as s (fingerprint, mails, last)
	values (count_straggler.fingerprint, 1, now())
	on conflict on constraint straggler_pkey do update set mails = s.mails + 1, last = now()
$$;
