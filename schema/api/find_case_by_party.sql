-- find_case_by_party(case_no, number) returns the case and the party of that
-- number in it, as in a token, or no row. For work and adm.
create or replace function sluis.find_case_by_party(case_no int, number int) returns setof sluis.case_ref
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select f.* from sluis.party p cross join lateral sluis.case_ref_of(p.case_no, p.id) f
	where p.case_no = find_case_by_party.case_no and p.number = find_case_by_party.number
$$;
