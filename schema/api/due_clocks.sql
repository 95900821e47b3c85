-- due_clocks(now) returns the days that have come, in cases that are not closed, and
-- what they are for is not done, and who is to be told: of a reminder who set it, of
-- an embargo everybody (null), of what is owed whose case it is, else who has duty,
-- else everybody. told: when they were; then it is for who has duty as well, once the
-- owner has had time. For work.
create or replace function sluis.due_clocks(now timestamptz)
returns table (id bigint, case_no int, tag text, inbox text, kind text, due timestamptz, analyst int, told timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	with duty as (
		select a.id from sluis.analyst a
		where a.active and a.id = (select d.analyst from sluis.duty d order by d.id desc limit 1)
	), came as (
		select k.id, c.no, c.tag, c.inbox, k.kind, k.due, k.analyst, k.told, o.id as owner,
		    (select d.id from duty d) as duty, k.kind in ('embargo', 'remind') as day
		from sluis.clock k join sluis.cases c on c.no = k.case_no
		left join sluis.analyst o on o.id = c.owner and o.active
		where k.raised is null and not k.replaced and k.due <= due_clocks.now and c.status <> 'closed'
	)
	select m.id, m.no, m.tag, m.inbox, m.kind, m.due, case m.kind when 'remind' then m.analyst
	    when 'embargo' then null else case when m.told is null then coalesce(m.owner, m.duty) else m.duty end end,
	    m.told
	from came m
	where case when m.told is null then true else not m.day and m.owner <> m.duty end
	  and not sluis.clock_met(m.no, m.kind)
	order by m.due, m.id
$$;
