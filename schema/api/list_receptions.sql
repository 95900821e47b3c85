-- list_receptions(one, most) returns that reception, or the newest, all if most
-- is null; with the sealed envelope, and the sealed extract of the message it
-- became; hidden: its sender wants to be named to nobody. For adm.
create or replace function sluis.list_receptions(one bigint, most int)
returns table (id bigint, state text, inbox text, size bigint, received timestamptz, tries int,
    reason text, tag text, class text, motive text, encryption text, signature text, wrapped bytea,
    envelope bytea, extract_wrapped bytea, "extract" bytea, blob text, hidden boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
	return query
		select r.id, r.state, r.inbox, r.size, r.received, r.tries, r.reason, c.tag,
		    coalesce(r.class, c.class), coalesce(r.motive, c.motive),
		    coalesce(r.encryption, m.encryption), coalesce(r.signature, m.signature), k.wrapped, r.envelope, e.wrapped, m.extract, r.blob::text,
		    coalesce(m.verified and sluis.stays_hidden(m.party), false)
		from sluis.reception r
		left join sluis.message_key k on k.id = r.key_id
		left join sluis.cases c on c.no = r.case_no
		left join sluis.message m on m.id = r.message
		left join sluis.message_key e on e.id = m.key_id
		where one is null or r.id = one
		order by r.id desc limit most;
end
$$;
