-- match_products(names, most) returns the products among these names, in their usual
-- form, that participants use: as the directory spells one of them, how many use it
-- (counted no further than most), and the first few by their handles. For work and
-- adm.
create or replace function sluis.match_products(names text[], most int)
returns table (product text, users int, few text[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off
as $$
#variable_conflict use_column
begin
	return query
	select min(u.spelled), count(*)::int, (array_agg(u.name order by u.name))[:3]
	from unnest(names) n (usual)
	cross join lateral (select p.name,
	        (select s from unnest(p.products) s where sluis.usual_name(s) = n.usual limit 1) as spelled
	    from sluis.participant p
	    where p.makes @> array[n.usual] and p.removed is null limit most) u
	where exists (select from sluis.participant p where p.makes @> array[n.usual])
	group by n.usual
	order by 1;
end
$$;
