-- find_case_by_party(case_no, number) returns the case and the party of that
-- number in it, as in a token, or no row; also a party that was called so before
-- its case was merged. For work and adm.
create or replace function sluis.find_case_by_party(case_no int, number int) returns setof sluis.case_ref
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select f.* from (
		select p.id, p.case_no from sluis.party p
		where p.case_no = find_case_by_party.case_no and p.number = find_case_by_party.number
		  and not exists (select from sluis.party_former o
		      where o.case_no = p.case_no and o.number = p.number)
		union all
		select p.id, p.case_no from sluis.party_former o join sluis.party p on p.id = o.party
		where o.case_no = find_case_by_party.case_no and o.number = find_case_by_party.number
	) p cross join lateral sluis.case_ref_of(p.case_no, p.id) f
$$;
