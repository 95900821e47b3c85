-- reporter_of(tag) returns who reported that case, as a number of ours. SL001 if there
-- is no such case, or nobody is known to have reported it. For adm.
create or replace function sluis.reporter_of(tag text) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
	found_id bigint;
begin
	select p.reporter into found_id from sluis.party p join sluis.cases c on c.no = p.case_no
	where c.tag = upper(reporter_of.tag) and p.reporter is not null order by p.number limit 1;
	if found_id is null then
		raise exception 'there is no reporter of a case %', tag using errcode = 'SL001';
	end if;
	return found_id;
end
$$;
