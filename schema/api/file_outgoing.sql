-- file_outgoing(...) returns id and again: a mail that shall leave, once for
-- this cause, kind and target; again means that it was filed before, and that
-- nothing has changed. Its chunks are kept by accept_part() afterwards, in the
-- same transaction, unless again. delay: seconds before it may leave. keyless:
-- held for want of a key, so that it leaves once there is one. embargoed: not before
-- the embargo of its case is over, whoever lets it go. What is for a
-- party of a case with a ciphertext that came before, elsewhere, is held for that
-- (T-26), whoever files it and whatever was said. What a test or a mail from an
-- old mailbox causes is filed as dropped, without its bytes, and again as well:
-- it was never to leave. For work and adm.
create or replace function sluis.file_outgoing(case_no int, party bigint, kind text, cause text,
    target text, state text, reason text, delay bigint, sender_hash bytea, send_key bytea,
    envelope bytea, blob uuid, wrapped bytea, record bytea, draft uuid, keyless boolean,
    embargoed boolean, out id bigint, out again boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	key constant uuid := gen_random_uuid();
	quiet constant text := case
	    when exists (select from sluis.cases c where c.no = file_outgoing.case_no and c.test) then 'test'
	    when file_outgoing.cause ~ '^reception [0-9]+$' and exists (select from sluis.reception r
	        where r.id = substr(file_outgoing.cause, 11)::bigint and r.imported) then 'imported' end;
	replayed constant text := case
	    when file_outgoing.kind in ('forward', 'relay') and exists (select from sluis.cases c
	        where c.no = file_outgoing.case_no and c.replayed)
	    then 'replayed: a ciphertext of this case came before, elsewhere' end;
begin
	if file_outgoing.state not in ('ready', 'held') or (file_outgoing.state = 'ready' and file_outgoing.blob is null) then
		raise exception 'a mail is filed ready with its bytes, or held' using errcode = 'SL002';
	end if;
	insert into sluis.outbox as o (case_no, party, kind, cause, target, state, reason, not_before,
	    sender_hash, send_key, envelope, blob, key_id, record, draft, keyless, embargoed)
	values (file_outgoing.case_no, file_outgoing.party, file_outgoing.kind, file_outgoing.cause,
	    file_outgoing.target, case when quiet is not null then 'dropped'
	        when replayed is not null then 'held' else file_outgoing.state end,
	    coalesce(quiet, replayed, file_outgoing.reason),
	    now() + make_interval(secs => file_outgoing.delay), file_outgoing.sender_hash,
	    file_outgoing.send_key, file_outgoing.envelope,
	    case when quiet is null then file_outgoing.blob end, key, file_outgoing.record,
	    case when quiet is null then file_outgoing.draft end,
	    quiet is null and replayed is null and file_outgoing.keyless, file_outgoing.embargoed)
	on conflict on constraint outbox_cause_kind_target_key do nothing returning o.id into id;
	again := not found;
	if again then
		select o.id into id from sluis.outbox o where o.cause = file_outgoing.cause
		    and o.kind = file_outgoing.kind and o.target = file_outgoing.target;
		return;
	end if;
	insert into sluis.message_key (id, wrapped) values (key, file_outgoing.wrapped);
	again := quiet is not null;
	notify sluis_outbox;
end
$$;
