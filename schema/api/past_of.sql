-- past_of(reporter, hashes, case_no) returns one row about whoever that is: of the
-- other cases of that reporter, and of all in which somebody wrote with an address or
-- key of these, keyed hashes in hex, the newest hundred of each: how many, how they turned
-- out, how many in the last 90 days and the 90 before, the first, and the newest
-- whose reporter may be named: else it would name the one of that case; and
-- what analysts marked them with, if that still holds. For work and adm.
create or replace function sluis.past_of(reporter bigint, hashes text[], case_no int)
returns table (cases int, confirmed int, refuted int, unwelcome int, open int, recent int, before int,
    since timestamptz, last_tag text, last_class text, last_status text, verdicts text[],
    wrapped bytea, mark bytea, until timestamptz, who text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
#variable_conflict use_column
begin
	return query
	with mine as materialized (
		(select p.case_no, p.reporter from sluis.party p where p.reporter = past_of.reporter
		order by p.case_no desc limit 100)
		union
		(select p.case_no, p.reporter from unnest(hashes) h
		cross join lateral (select i.party from sluis.identifier i where i.hash = decode(h, 'hex')
		    order by i.party desc limit 100) i
		join sluis.party p on p.id = i.party and p.role = 'reporter')
	), theirs as materialized (
		select distinct c.no, c.tag, c.class, c.status, c.opened, t.confirmed
		from mine m join sluis.cases c on c.no = m.case_no left join sluis.triage t on t.case_no = c.no
		where c.no is distinct from past_of.case_no and not c.test and c.merged is null
	), marked as (
		select k.wrapped, r.mark, r.until, r.who
		from (select past_of.reporter union select m.reporter from mine m) w (reporter)
		join sluis.reporter_mark r on r.reporter = w.reporter
		join sluis.message_key k on k.id = r.key_id
		where r.until > now()
		order by r.until desc limit 1
	), newest as (
		select t.tag, t.class, t.status from (select t.* from theirs t order by t.no desc) t
		where not exists (select from sluis.party y
		    where y.case_no = t.no and y.role = 'reporter' and sluis.stays_hidden(y.id))
		order by t.no desc limit 1
	), sums as (
		select count(*)::int as cases,
		    (count(*) filter (where t.confirmed in ('yes', 'partly')))::int as confirmed,
		    (count(*) filter (where t.confirmed = 'no'))::int as refuted,
		    (count(*) filter (where t.class in ('spam', 'acquisition', 'extortion')))::int as unwelcome,
		    (count(*) filter (where t.status <> 'closed'))::int as open,
		    (count(*) filter (where t.opened > now() - interval '90 days'))::int as recent,
		    (count(*) filter (where t.opened between now() - interval '180 days' and now() - interval '90 days'))::int as before,
		    min(t.opened) as since,
		    coalesce((array_agg(t.confirmed order by t.no desc) filter (where t.confirmed is not null))[:5], '{}') as verdicts
		from theirs t
	)
	select s.cases, s.confirmed, s.refuted, s.unwelcome, s.open, s.recent, s.before, s.since,
	    n.tag, n.class, n.status, s.verdicts, m.wrapped, m.mark, m.until, m.who
	from sums s left join newest n on true left join marked m on true;
end
$$;
