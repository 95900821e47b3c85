-- team_night(since) returns what the team is told at night, a row a line: cases that
-- are new since then (word: severity), mails that are held (word: why), organisations
-- that have not answered (word: who, at: since when), robots' and spammers' mails since
-- then by class (number), what stands still (word: what, number), and the last line
-- of the audit (number). For work.
create or replace function sluis.team_night(since timestamptz)
returns table (section text, tag text, word text, who text, at timestamptz, number bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select 'new', c.tag, c.severity, a.name, c.opened, null::bigint
	from sluis.cases c left join sluis.analyst a on a.id = c.owner
	where c.opened > team_night.since and not c.test and c.merged is null
	  and coalesce(c.class, '') not in ('spam', 'feed', 'bounce', 'automatic')
	union all
	select 'held', c.tag, o.reason, o.kind, o.filed, o.id
	from sluis.outbox o left join sluis.cases c on c.no = o.case_no where o.state = 'held'
	union all
	select 'waits', s.tag, s.name, null, s.told, null from sluis.silent_parties() s
	union all
	select 'robots', null, r.class, null, null, count(*)
	from sluis.reception r where r.received > team_night.since and not r.imported
	  and r.class in ('spam', 'feed', 'bounce', 'automatic') group by r.class
	union all
	select 'health', null, h.what, null, null, h.many
	from (select 'waiting', count(*) from sluis.reception r
	          where r.state in ('received', 'trying') and not r.imported and r.not_before < now() - interval '15 min'
	      union all select 'parked', count(*) from sluis.reception r where r.state = 'parked'
	      union all select 'failed', count(*) from sluis.outbox o where o.state = 'failed'
	      union all select 'calls', count(*) from sluis.phone_task p where p.closed is null) h (what, many)
	where h.many > 0
	union all
	select 'audit', null, null, null, max(u.at), max(u.id) from sluis.audit u having count(*) > 0
	order by 1, 5, 2
$$;
