-- find_participant(name) returns the participant of that handle, or no row. For
-- work and adm.
create or replace function sluis.find_participant(name text)
returns table (id int, title text, kind text, language text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select p.id, p.title, p.kind, p.languages[1] from sluis.participant p
	where lower(p.name) = lower(find_participant.name) and p.removed is null
$$;
