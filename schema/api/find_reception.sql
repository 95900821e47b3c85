-- find_reception(fingerprint, inbox) returns what became of the mail that was
-- accepted with these: its state, and the case and party it was filed under,
-- null while or if there are none. fresh: the case was opened by it. For work,
-- which files a mail by hand.
create or replace function sluis.find_reception(fingerprint bytea, inbox text)
returns table (id bigint, state text, tag text, party bigint, fresh boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select r.id, r.state, c.tag, m.party, coalesce(r.message = (
	    select min(f.id) from sluis.party p join sluis.message f on f.party = p.id
	    where p.case_no = r.case_no), false)
	from sluis.reception r left join sluis.cases c on c.no = r.case_no
	-- Of a copy that came through another inbox the first one has the message.
	left join lateral (select f.message from sluis.reception f
	    where f.origin = r.origin and f.case_no = r.case_no and f.message is not null
	    order by f.id limit 1) first on r.message is null
	left join sluis.message m on m.id = coalesce(r.message, first.message)
	where r.fingerprint = find_reception.fingerprint and r.inbox = find_reception.inbox
$$;
