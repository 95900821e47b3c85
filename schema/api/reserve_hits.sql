-- reserve_hits(many) returns numbers for letters about hits that are being written, since
-- each names its own. For work and adm.
create or replace function sluis.reserve_hits(many int) returns setof bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	select nextval('sluis.hit_number') from generate_series(1, reserve_hits.many)
$$;
