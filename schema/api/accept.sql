-- accept(...) returns again: takes a mail, whose chunks accept_part() has kept
-- in the same transaction. Once this is committed the mail is durable, or was
-- before: again is true if these bytes were taken for this inbox already, and
-- then nothing has changed. SL003 when a commit would not be durable (T-4).
-- For in and work.
--
-- Postfix waits for this, in a session that has just been made: it is one
-- statement in plain SQL, since a first call of PL/pgSQL costs more than all
-- the rest.
create or replace function sluis.accept(inbox text, fingerprint bytea, origin bytea, size bigint,
    blob uuid, wrapped bytea, envelope bytea) returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	select sluis.refuse('SL003', 'the database does not keep what it commits')
	where current_setting('fsync') = 'off' or current_setting('synchronous_commit') = 'off';

	with fresh as (
		insert into sluis.reception (inbox, fingerprint, origin, size, blob, key_id, envelope)
		values (accept.inbox, accept.fingerprint, accept.origin, accept.size, accept.blob,
		    gen_random_uuid(), accept.envelope)
		on conflict on constraint reception_fingerprint_inbox_key do nothing returning key_id
	), key as (
		insert into sluis.message_key (id, wrapped)
		select f.key_id, accept.wrapped from fresh f returning pg_notify('sluis_reception', '')
	), needless as (
		delete from sluis.blob_part p
		where p.blob = accept.blob and not exists (select from fresh)
	)
	select not exists (select from fresh)
$$;
