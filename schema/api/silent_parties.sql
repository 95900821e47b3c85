-- silent_parties() returns the organisations that a report was forwarded to and that
-- have not answered since, in cases that are under way: since when, and whether they
-- were reminded. For work.
create or replace function sluis.silent_parties()
returns table (party bigint, case_no int, tag text, inbox text, severity text, number int, epoch int,
    participant int, name text, title text, language text, told timestamptz, nudged timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select y.id, c.no, c.tag, c.inbox, c.severity, y.number, y.epoch, p.id, p.name, p.title, y.language,
	    f.told, y.nudged
	from sluis.party y
	join sluis.cases c on c.no = y.case_no and c.status not in ('resolved', 'disclosed', 'closed')
	join sluis.participant p on p.id = y.participant and p.removed is null
	join lateral (select min(o.sent) as told from sluis.outbox o
	    where o.party = y.id and o.kind = 'forward' and o.state = 'sent') f on f.told is not null
	where y.state in ('none', 'told') and y.heard is null and not c.test
	order by f.told, y.id
$$;
