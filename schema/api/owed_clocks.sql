-- owed_clocks() returns the cases somebody owes something in that no clock runs for
-- yet: an acknowledgement and an assessment, in a case that is open; a repair, in one
-- that was forwarded (told: when first) and has no day of its own for that. Not what
-- robots and spammers send, nor what comes from an old mailbox. For work.
create or replace function sluis.owed_clocks()
returns table (case_no int, opened timestamptz, told timestamptz, report boolean, repair boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	with open as (
		select c.no, c.opened, f.told,
		    not exists (select from sluis.clock k where k.case_no = c.no and k.kind = 'acknowledge') as report,
		    f.told is not null and not exists (select from sluis.clock k where k.case_no = c.no
		        and (k.kind = 'repair' or k.kind = 'deadline' and not k.replaced)) as repair
		from sluis.cases c
		left join lateral (select min(o.sent) as told from sluis.outbox o
		    where o.case_no = c.no and o.kind = 'forward' and o.state = 'sent') f on true
		where c.status <> 'closed' and not c.test
		  and coalesce(c.class, '') not in ('spam', 'feed', 'bounce', 'automatic')
		  and not exists (select from sluis.reception r where r.case_no = c.no and r.imported)
	)
	select o.no, o.opened, o.told, o.report, o.repair from open o where o.report or o.repair order by o.no
$$;
