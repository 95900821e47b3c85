-- accept(...) returns again: takes a mail, whose chunks accept_part() has kept
-- in the same transaction. Once this is committed the mail is durable, or was
-- before: again is true if these bytes were taken for this inbox already, and
-- then nothing has changed. SL003 when a commit would not be durable (T-4).
-- For in and work.
create or replace function sluis.accept(inbox text, fingerprint bytea, origin bytea, size bigint,
    blob uuid, wrapped bytea, envelope bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	if current_setting('fsync') = 'off' or current_setting('synchronous_commit') = 'off' then
		raise exception 'the database does not keep what it commits' using errcode = 'SL003';
	end if;
	insert into sluis.reception (inbox, fingerprint, origin, size, blob, key_id, envelope)
	values (accept.inbox, accept.fingerprint, accept.origin, accept.size, accept.blob,
	    gen_random_uuid(), accept.envelope)
	on conflict on constraint reception_fingerprint_inbox_key do nothing;
	if not found then
		delete from sluis.blob_part p where p.blob = accept.blob;
		return true;
	end if;
	insert into sluis.message_key (id, wrapped)
	select r.key_id, accept.wrapped from sluis.reception r
	where r.fingerprint = accept.fingerprint and r.inbox = accept.inbox;
	notify sluis_reception;
	return false;
end
$$;
