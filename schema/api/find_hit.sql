-- find_hit(id, hashes) returns what a participant was told of, by its number (null: not
-- known) or else the first of these keyed hashes (in hex) of Message-IDs: the hit, whose
-- it is, when, the types, and the case and party it is answered in, if there is one: its
-- own, else an open one of the same participant about one of these types. For work.
create or replace function sluis.find_hit(id bigint, hashes text[])
returns table (hit bigint, whose int, told timestamptz, types text, ref sluis.case_ref)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	with known as (
		select h.* from sluis.hit h where h.id = coalesce(find_hit.id, (
		    select l.hit from unnest(hashes) with ordinality g (hash, place)
		    join sluis.hit_letter l on l.id = decode(g.hash, 'hex') order by g.place limit 1))
	)
	select k.id, k.participant, k.told, array_to_string(k.types, ', '), f
	from known k
	left join lateral (
		select o.case_no from sluis.hit o join sluis.cases c on c.no = o.case_no
		where o.participant = k.participant and (o.id = k.id or (o.types && k.types and c.status <> 'closed'))
		order by (o.id = k.id) desc, o.id desc limit 1) a on true
	left join lateral (
		select p.id, p.case_no from sluis.party p join sluis.cases c on c.no = p.case_no
		where p.participant = k.participant
		  and p.case_no = (select coalesce(b.merged, b.no) from sluis.cases b where b.no = a.case_no)
		order by p.number limit 1) y on true
	left join lateral sluis.case_ref_of(y.case_no, y.id) f on true
$$;
