-- The number a pause of that case goes by; 0, all cases, for null.
create or replace function sluis.pause_of(tag text) returns int
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
	which int;
begin
	if tag is null then
		return 0;
	end if;
	select c.no into which from sluis.cases c where c.tag = upper(pause_of.tag);
	if not found then
		raise exception 'there is no case of that name' using errcode = 'SL001';
	end if;
	return which;
end
$$;
