-- A domain and all above it, by whole labels: a.b.c, b.c, c (T-37).
create or replace function sluis.suffixes(domain text) returns text[]
language plpgsql immutable strict set search_path = pg_catalog, pg_temp
as $$
declare
	labels constant text[] := string_to_array(domain, '.');
begin
	return (select array_agg(array_to_string(labels[n:], '.')) from generate_subscripts(labels, 1) n);
end
$$;
