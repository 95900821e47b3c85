-- digest_cases(participant) returns the cases it was told of, by their age: where it
-- and the case are; when the last mail of ours went to it (asked), when a person
-- there last wrote or spoke (heard), and the state last changed (moved); the days
-- that count, and when they were set. Sees the rows of this participant only. For
-- work.
create or replace function sluis.digest_cases(participant int)
returns table (case_no int, party bigint, tag text, severity text, tlp text, state text, status text,
    asked timestamptz, heard timestamptz, moved timestamptz, deadline timestamptz, deadline_set timestamptz,
    embargo timestamptz, embargo_set timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	perform set_config('sluis.participant', digest_cases.participant::text, true);
	return query
	select c.no, y.id, c.tag, c.severity, c.tlp, y.state, c.status, o.asked,
	    greatest(y.heard, m.heard), a.moved, d.due, d.set, e.due, e.set
	from sluis.party y join sluis.cases c on c.no = y.case_no and not c.test
	left join lateral (select max(x.sent) as asked from sluis.outbox x
	    where x.party = y.id and x.state = 'sent' and x.kind in ('ack', 'forward', 'relay', 'advisory')) o on true
	left join lateral (select max(x.time) as heard from sluis.message x
	    where x.party = y.id and x.direction = 'in' and x.kind is null) m on true
	left join lateral (select max(x.at) as moved from sluis.act x
	    where x.case_no = c.no and x.field = 'status' and not x.undone) a on true
	left join lateral (select x.due, x.set from sluis.clock x
	    where x.case_no = c.no and x.kind in ('deadline', 'repair') and not x.replaced order by x.set desc limit 1) d on true
	left join lateral (select x.due, x.set from sluis.clock x
	    where x.case_no = c.no and x.kind = 'embargo' and not x.replaced order by x.set desc limit 1) e on true
	where o.asked is not null or y.heard is not null or m.heard is not null
	order by c.no;
	perform set_config('sluis.participant', '', true);
end
$$;
