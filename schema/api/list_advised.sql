-- list_advised(products, versions, everybody, kind, umbrella) returns the participants an
-- advisory is for, by name, and by which product: those whose list has one of these
-- products, as whole words, and where it says a version and the advisory does too, one
-- that is not another ("13" and "13.1" are not, "12.1" is). everybody: with or without
-- any product. kind: of that kind only, else members and the sector; umbrella: only who
-- takes part through that one. For work and adm.
create or replace function sluis.list_advised(products text[], versions text[], everybody boolean,
    kind text, umbrella text)
returns table (name text, title text, kind text, product text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	with asked as (
		select string_to_array(sluis.usual_name(a.product), ' ') as words,
		       coalesce(string_to_array(nullif(sluis.usual_name(regexp_replace(a.version, '^[vV]', '')), ''), ' '), '{}') as version
		from unnest(list_advised.products, list_advised.versions) a (product, version)
	), meant as (
		select p.* from sluis.participant p
		where p.removed is null
		  and case when list_advised.kind is null then p.kind in ('member', 'sector') else p.kind = list_advised.kind end
		  and (list_advised.umbrella is null or lower(p.umbrella) = lower(list_advised.umbrella))
	)
	select m.name, m.title, m.kind, u.product
	from meant m left join lateral (
		select l.product from unnest(m.products) l (product)
		cross join lateral (select string_to_array(sluis.usual_name(l.product), ' ')) w (words)
		join asked a on w.words[:cardinality(a.words)] = a.words
		cross join lateral (select w.words[cardinality(a.words) + 1:]) r (rest)
		where cardinality(r.rest) = 0
		   or (r.rest[1] ~ '^v?[0-9]'
		       and (ltrim(r.rest[1], 'v') || r.rest[2:])[:least(cardinality(r.rest), cardinality(a.version))]
		           = a.version[:least(cardinality(r.rest), cardinality(a.version))])
		order by l.product limit 1) u on true
	where u.product is not null or list_advised.everybody
	order by lower(m.name)
$$;
