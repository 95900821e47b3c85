-- list_advised(products, everybody, kind, umbrella) returns the participants an advisory
-- may be for, by name, one row for each of their products that is one of these, as whole
-- words: as the list has it, which of these (from 1), and what follows its name and is a
-- version, since another word would make it another product ("Citrix ADC 13.1" is "Citrix
-- ADC", "Citrix ADC Online" is not); whether the version is meant, is for the caller to
-- say. everybody: with or without any product, these once, without one. kind: of that
-- kind only, else members and the sector; umbrella: only who takes part through that one.
-- For work and adm.
create or replace function sluis.list_advised(products text[], everybody boolean, kind text, umbrella text)
returns table (name text, title text, kind text, product text, asked int, listed text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	with asked as (
		select string_to_array(sluis.usual_name(a.product), ' ') as words, a.place::int as place
		from unnest(list_advised.products) with ordinality a (product, place)
	), meant as (
		select p.* from sluis.participant p
		where p.removed is null
		  and case when list_advised.kind is null then p.kind in ('member', 'sector') else p.kind = list_advised.kind end
		  and (list_advised.umbrella is null or lower(p.umbrella) = lower(list_advised.umbrella))
	)
	select m.name, m.title, m.kind, u.product, u.place, u.listed
	from meant m left join lateral (
		select l.product, a.place, array_to_string(r.rest, '.') as listed
		from unnest(m.products) l (product)
		cross join lateral (select string_to_array(sluis.usual_name(l.product), ' ')) w (words)
		join asked a on w.words[:cardinality(a.words)] = a.words
		cross join lateral (select w.words[cardinality(a.words) + 1:]) r (rest)
		where cardinality(r.rest) = 0 or r.rest[1] ~ '^v?[0-9]') u on true
	where u.product is not null or list_advised.everybody
	order by lower(m.name), u.product, u.place
$$;
