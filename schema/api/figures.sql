-- figures(year, zone) returns the figures of a year in that zone, as rows of a topic
-- and a key: how many (n), of which (part), and in hours the median and the time nine
-- of ten were done in. No row names anybody: what few have is counted with "other",
-- and no time is told of fewer than three. Tests, robots, feeds and what was merged
-- into another case do not count. Names come by their number, months in their order.
-- For adm.
--
--   month        reports by the month they came in; part: those that are closed
--   class        reports by class
--   motive       reports by motive
--   umbrella     reports by the umbrella of whom they concern, "" for none; part: of
--                how many organisations
--   acknowledge  by month of the report: how many were, and in what time
--   assess       the same, until an analyst first said what it is
--   fix          the same, until it was resolved or disclosed
--   encrypted    mails of people by month; part: those that came encrypted
create or replace function sluis.figures(year int, zone text)
returns table (topic text, key text, n bigint, part bigint, middle double precision, most double precision)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	with span as materialized (
		select make_timestamptz(year, 1, 1, 0, 0, 0, zone) as since,
		    make_timestamptz(year + 1, 1, 1, 0, 0, 0, zone) as until
	), report as materialized (
		select c.no, c.status, coalesce(c.class, 'unknown') as class, coalesce(c.motive, 'unknown') as motive,
		    to_char(c.opened at time zone zone, 'YYYY-MM') as month, least(c.opened, r.received) as began
		from span, sluis.cases c left join (select case_no, min(received) as received
		    from sluis.reception where not imported group by case_no) r on r.case_no = c.no
		where c.opened >= span.since and c.opened < span.until and not c.test and c.merged is null
		    and coalesce(c.class, '') not in ('feed', 'bounce', 'automatic', 'spam')
	), done as materialized (
		select 'acknowledge' as step, o.case_no, min(o.sent) as at from sluis.outbox o
		where o.kind = 'ack' and o.state = 'sent' group by o.case_no
		union all
		select 'assess', e.case_no, min(e.at) from sluis.event e
		where e.who <> 'sluis' and (e.kind in ('class', 'motive', 'severity', 'triage')
		    or e.kind = 'status' and e.detail not in ('new', 'triage')) group by e.case_no
		union all
		select 'fix', e.case_no, min(e.at) from sluis.event e
		where e.kind = 'status' and e.detail in ('resolved', 'disclosed') group by e.case_no
	), took as (
		select d.step, r.month, extract(epoch from greatest(d.at - r.began, interval '0')) / 3600 as hours
		from done d join report r on r.no = d.case_no
	), concerned as (
		select u.umbrella, count(distinct u.no) as n, count(distinct u.id) as part
		from (select r.no, p.id, coalesce(p.umbrella, '') as umbrella from report r
		    join sluis.case_participant c on c.case_no = r.no
		    join sluis.participant p on p.id = c.participant and p.kind <> 'supplier') u
		group by u.umbrella
	)
	select * from (
	select 'month', r.month, count(*), count(*) filter (where r.status = 'closed'), null::float8, null::float8
	from report r group by r.month
	union all select 'class', r.class, count(*), null, null, null from report r group by r.class
	union all select 'motive', r.motive, count(*), null, null, null from report r group by r.motive
	union all
	select 'umbrella', k.name, sum(c.n)::bigint, sum(c.part)::bigint, null, null
	from concerned c, lateral (select case when c.umbrella = '' or (c.n >= 3 and c.part >= 3)
	    then c.umbrella else 'other' end as name) k group by k.name
	union all
	select t.step, t.month, count(*), null,
	    case when count(*) >= 3 then percentile_cont(0.5) within group (order by t.hours) end,
	    case when count(*) >= 3 then percentile_cont(0.9) within group (order by t.hours) end
	from took t group by t.step, t.month
	union all
	select t.step, 'year', count(*), null,
	    case when count(*) >= 3 then percentile_cont(0.5) within group (order by t.hours) end,
	    case when count(*) >= 3 then percentile_cont(0.9) within group (order by t.hours) end
	from took t group by t.step
	union all
	select 'encrypted', to_char(m.time at time zone zone, 'YYYY-MM'), count(*),
	    count(*) filter (where m.encryption like 'ok%'), null, null
	from span, sluis.message m join sluis.party p on p.id = m.party join sluis.cases c on c.no = p.case_no
	where m.direction = 'in' and m.kind is null and not c.test and m.time >= span.since and m.time < span.until
	group by 2) f (topic, key, n, part, middle, most)
	order by f.topic, case when f.topic in ('class', 'motive', 'umbrella') then -f.n end, f.key
$$;
