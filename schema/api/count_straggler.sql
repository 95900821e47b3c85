-- count_straggler(fingerprint, reception) returns whether this mail counts, which
-- came encrypted to a former key of the team after its grace: one from an old
-- mailbox does not. For work, in the transaction that files the mail.
create or replace function sluis.count_straggler(fingerprint text, reception bigint) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	if exists (select from sluis.reception r where r.id = count_straggler.reception and r.imported) then
		return false;
	end if;
	insert into sluis.straggler as s (fingerprint, mails, last)
	values (count_straggler.fingerprint, 1, now())
	on conflict on constraint straggler_pkey do update set mails = s.mails + 1, last = now();
	return true;
end
$$;
