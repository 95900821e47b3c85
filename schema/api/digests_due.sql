-- digests_due(day) returns the participants that get digests and have had none of
-- that local date, or a later one: a clock that is set back makes none due. For
-- work.
create or replace function sluis.digests_due(day date) returns table (id int)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select p.id from sluis.participant p left join sluis.digest d on d.participant = p.id
	where p.kind = 'member' and p.digest and p.removed is null
	  and (d.day is null or d.day < digests_due.day)
	order by p.id
$$;
