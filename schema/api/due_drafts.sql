-- due_drafts(most) returns ids of held mails without bytes that may leave and
-- now wait to be built: they were released, or there is a key for them now. For
-- work.
create or replace function sluis.due_drafts(most int) returns setof bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	busy constant bigint[] := sluis.locked(3);
begin
	return query
	select o.id from sluis.outbox o
	where o.state = 'held' and (o.reason = 'waiting' or o.keyless) and o.not_before <= now()
	  and o.id <> all (busy) and sluis.draft_is_due(o)
	order by o.not_before, o.id limit most;
end
$$;
