-- import_mail(...) is accept() for a mail from an old mailbox, with the time it
-- came in there: it becomes a case or part of one, and causes nothing. again as
-- with accept(): a mail that was taken the usual way stays what it is. For adm.
create or replace function sluis.import_mail(inbox text, fingerprint bytea, origin bytea, size bigint,
    blob uuid, wrapped bytea, envelope bytea, received timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	if sluis.accept(import_mail.inbox, import_mail.fingerprint, import_mail.origin, import_mail.size,
	    import_mail.blob, import_mail.wrapped, import_mail.envelope) then
		return true;
	end if;
	update sluis.reception r set imported = true,
	    received = least(coalesce(import_mail.received, now()), now())
	where r.fingerprint = import_mail.fingerprint and r.inbox = import_mail.inbox;
	return false;
end
$$;
