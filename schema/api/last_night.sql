-- last_night() returns when the team's last digest was made, null if none was. For
-- work and adm.
create or replace function sluis.last_night() returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select max(n.made) from sluis.night n
$$;
