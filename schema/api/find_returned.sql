-- find_returned(hashes, case_no, number, addresses) returns the mail of ours a
-- bounce is about, or no row: the first that has one of these Message-IDs (keyed
-- hashes, in hex); else, where a token named that party of that case, the newest
-- that went to one of these addresses, or to a reporter who is that party. Whom
-- it went to is named as far as the directory does; dead: mails to them came back
-- before; hidden: it wants to be named to nobody. For work.
create or replace function sluis.find_returned(hashes text[], case_no int, number int, addresses text[])
returns table (outbox bigint, kind text, state text, "case" int, party bigint, party_number int, contact int,
    analyst int, who text, address text, severity text, dead boolean,
    hidden boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	with mail as (
		select o.*, substring(o.target from '^contact ([0-9]{1,9})$')::int as contact_id,
		    substring(o.target from '^analyst ([0-9]{1,9})$')::int as analyst_id
		from sluis.outbox o
		where o.id in (select m.outbox from sluis.message_ref m
		        where m.id in (select decode(h, 'hex') from unnest(hashes) h))
		   or (o.case_no = find_returned.case_no and o.state in ('sent', 'failed'))
	), named as (
		select m.*, c.address as contact_address, p.name as participant, a.name as handle,
		    a.address as analyst_address, c.unreachable is not null or a.unreachable is not null as dead,
		    exists (select from sluis.message_ref r where r.outbox = m.id
		        and r.id in (select decode(h, 'hex') from unnest(hashes) h)) as by_id,
		    coalesce(lower(c.address), lower(a.address)) = any (addresses) as by_address
		from mail m
		left join sluis.contact c on c.id = m.contact_id
		left join sluis.participant p on p.id = c.participant
		left join sluis.analyst a on a.id = m.analyst_id
	)
	select n.id, n.kind, n.state, n.case_no, n.party, coalesce(y.number, 0), n.contact_id, n.analyst_id,
	    coalesce(n.handle, n.participant), coalesce(n.contact_address, n.analyst_address), k.severity,
	    coalesce(n.dead, false), n.party is not null and sluis.stays_hidden(n.party)
	from named n
	left join sluis.party y on y.id = n.party
	left join sluis.cases k on k.no = n.case_no
	where n.by_id or n.by_address or (n.target = 'party ' || find_returned.number and n.kind <> 'ack')
	order by n.by_id desc, n.by_address desc nulls last, n.id desc limit 1
$$;
