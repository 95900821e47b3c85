-- find_case_by_tag(tag) returns the case of that name, in any case of letters,
-- without a party; or no row. For work and adm.
create or replace function sluis.find_case_by_tag(tag text) returns setof sluis.case_ref
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
	return query
	select f.* from sluis.cases c cross join lateral sluis.case_ref_of(c.no, null) f
	where c.tag = upper(find_case_by_tag.tag);
end
$$;
