-- queue_summary() returns one row of how many wait where, and since when. For
-- adm.
create or replace function sluis.queue_summary()
returns table (waiting bigint, waiting_since timestamptz, importing bigint, parked bigint,
    last_received timestamptz, ready bigint, ready_since timestamptz, held bigint,
    held_since timestamptz, failed bigint, last_sent timestamptz, open_cases bigint,
    last_opened timestamptz, paused_all boolean, paused_cases bigint, now timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select i.waiting, i.since, i.importing, i.parked, i.last,
	       o.ready, o.ready_since, o.held, o.held_since, o.failed, o.last,
	       c.open, c.last, p.everything, p.cases, clock_timestamp()
	from (select count(*) filter (where state in ('received', 'trying') and not imported) as waiting,
	             min(received) filter (where state in ('received', 'trying') and not imported) as since,
	             count(*) filter (where state in ('received', 'trying') and imported) as importing,
	             count(*) filter (where state = 'parked') as parked,
	             max(received) as last from sluis.reception) i,
	     (select count(*) filter (where state in ('ready', 'sending')) as ready,
	             min(greatest(filed, least(not_before, now())))
	                 filter (where state in ('ready', 'sending') and not_before <= now()) as ready_since,
	             count(*) filter (where state = 'held') as held,
	             min(filed) filter (where state = 'held') as held_since,
	             count(*) filter (where state = 'failed') as failed,
	             max(sent) as last from sluis.outbox) o,
	     (select count(*) filter (where status <> 'closed') as open,
	             max(opened) as last from sluis.cases where not test) c,
	     (select coalesce(bool_or(case_no = 0), false) as everything,
	             count(*) filter (where case_no <> 0) as cases from sluis.pause) p
$$;
