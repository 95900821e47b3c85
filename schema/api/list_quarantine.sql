-- list_quarantine(id) returns the certificates that came in mails, or that one,
-- with the sealed record and its key: what is to be decided first, newest first;
-- hidden: who sent it wants to be named to nobody. For adm.
create or replace function sluis.list_quarantine(id bigint)
returns table (id bigint, state text, origin text, encrypted boolean, arrived timestamptz,
    last timestamptz, times int, decided timestamptz, reception bigint, tag text,
    wrapped bytea, record bytea, hidden boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select q.id, q.state, q.origin, q.encrypted, q.arrived, q.last, q.times, q.decided, q.reception,
	       c.tag, k.wrapped, q.record, exists (select from sluis.message m
	           where m.reception = q.reception and m.verified and sluis.stays_hidden(m.party))
	from sluis.quarantine q
	left join sluis.cases c on c.no = q.case_no
	left join sluis.message_key k on k.id = q.key_id
	where list_quarantine.id is null or q.id = list_quarantine.id
	order by q.state = 'waiting' desc, q.id desc
$$;
