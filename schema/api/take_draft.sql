-- take_draft(id) returns the draft, and takes its lock; no row when somebody
-- else has it or it does not wait to be built. For work.
create or replace function sluis.take_draft(id bigint)
returns table (case_no int, party bigint, kind text, cause text, target text, wrapped bytea,
    record bytea, draft text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	if not pg_try_advisory_lock(sluis.lock_key(3, take_draft.id)) then
		return;
	end if;
	perform from sluis.outbox o where o.id = take_draft.id for update;
	return query
		select o.case_no, o.party, o.kind, o.cause, o.target, k.wrapped, o.record, o.draft::text
		from sluis.outbox o join sluis.message_key k on k.id = o.key_id
		where o.id = take_draft.id and o.not_before <= clock_timestamp() and sluis.draft_is_due(o);
	if not found then
		perform sluis.leave(sluis.lock_key(3, take_draft.id));
	end if;
end
$$;
