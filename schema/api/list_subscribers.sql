-- list_subscribers() returns who asked to hear of changes of the team's key. For
-- adm.
create or replace function sluis.list_subscribers()
returns table (id int, address text, language text, added timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select s.id, s.address, s.language, s.added from sluis.subscriber s order by lower(s.address)
$$;
