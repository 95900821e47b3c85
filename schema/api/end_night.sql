-- end_night(day, made): the team's digest of that local date is filed with this
-- transaction. False if it had one of that date or a later one (T-62). For work.
create or replace function sluis.end_night(day date, made timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into sluis.night (day, made)
	select end_night.day, end_night.made
	where not exists (select from sluis.night n where n.day >= end_night.day);
	return found;
end
$$;
