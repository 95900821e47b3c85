-- A domain and all above it, by whole labels: a.b.c, b.c, c (T-37).
create or replace function sluis.suffixes(domain text) returns text[]
language sql immutable strict set search_path = pg_catalog, pg_temp
as $$
	select array_agg(array_to_string(l.labels[n:], '.'))
	from (select string_to_array(domain, '.')) l (labels), generate_subscripts(l.labels, 1) n
$$;
