-- readers(case_no, role, participant, class) returns which analysts are told of a
-- mail of that class from a party of that role, or of that participant: reads says
-- whether its words are for them, duty whether they have it; owner is whose case it
-- is. A case with an owner goes to its owner, duty and watchers, if any of these
-- has a usable key; counsel's mail to legal readers, if there are any. Else all
-- are told. For work.
create or replace function sluis.readers(case_no int, role text, participant int, class text)
returns table (analyst int, reads boolean, duty boolean, owner text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	return query
	with lane as (
		select case when p.kind = 'counsel' then 'legal' else readers.role end as role, o.name as owner,
		    c.owner as owner_id, (select d.analyst from sluis.duty d order by d.id desc limit 1) as duty
		from (select) one
		left join sluis.participant p on p.id = readers.participant
		left join sluis.cases c on c.no = readers.case_no
		left join sluis.analyst o on o.id = c.owner
	), who as (
		select a.id, sluis.is_reader(a.id, readers.case_no, l.role, readers.class) as reads,
		    a.id is not distinct from l.duty as duty, l.owner, b.encryption is not null as usable,
		    case when l.role = 'legal' then 'legal' = any (a.reads)
		         when l.owner_id is null then false
		         else a.id = l.owner_id or a.id is not distinct from l.duty
		             or exists (select from sluis.watcher w
		                 where w.case_no = readers.case_no and w.analyst = a.id) end as meant
		from lane l cross join sluis.analyst a
		left join lateral sluis.best_certificate(null, a.id) b on true
		where a.active
	)
	select w.id, w.reads, w.duty, w.owner from who w
	where w.meant or not exists (select from who m where m.meant and m.usable)
	order by w.id;
end
$$;
