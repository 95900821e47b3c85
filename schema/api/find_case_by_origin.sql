-- find_case_by_origin(origin) returns the case and party the first copy of this
-- mail was filed under, or no row. Takes the lock of that origin, waiting for
-- whoever has it, and keeps it to the end of the session, so that two copies
-- cannot both open a case (T-5). For work.
create or replace function sluis.find_case_by_origin(origin bytea) returns setof sluis.case_ref
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	perform pg_advisory_lock(sluis.lock_key(2, find_case_by_origin.origin));
	return query
		select f.* from (select r.case_no, r.message from sluis.reception r
		    where r.origin = find_case_by_origin.origin and r.case_no is not null
		    order by r.id limit 1) r
		left join sluis.message m on m.id = r.message
		cross join lateral sluis.case_ref_of(r.case_no, m.party) f;
end
$$;
