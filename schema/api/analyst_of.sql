-- analyst_of(address) returns the active analyst with this mail address, or
-- null. For work.
create or replace function sluis.analyst_of(address text) returns int
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
	return (select a.id from sluis.analyst a
	    where lower(a.address) = lower(analyst_of.address) and a.active);
end
$$;
