-- list_outbox(one, most) returns that outgoing mail, or the newest, all if most is
-- null, with the sealed record of it and its key; hidden: it goes to a party that
-- wants to be named to nobody. For adm.
create or replace function sluis.list_outbox(one bigint, most int)
returns table (id bigint, tag text, party bigint, kind text, state text, reason text, cause text,
    target text, attempts int, filed timestamptz, not_before timestamptz, sent timestamptz,
    wrapped bytea, record bytea, built boolean, hidden boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
	return query
		select o.id, c.tag, o.party, o.kind, o.state, o.reason, o.cause, o.target, o.attempts, o.filed,
		    o.not_before, o.sent, k.wrapped, o.record, o.blob is not null,
		    o.party is not null and sluis.stays_hidden(o.party)
		from sluis.outbox o
		left join sluis.cases c on c.no = o.case_no
		left join sluis.message_key k on k.id = o.key_id
		where one is null or o.id = one
		order by o.id desc limit most;
end
$$;
