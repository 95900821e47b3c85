-- May this held mail without bytes be built: was it released, or is there a
-- usable key now of whom it could not be encrypted to?
create or replace function sluis.draft_is_due(o sluis.outbox) returns boolean
language sql stable set search_path = pg_catalog, pg_temp
as $$
	select o.state = 'held' and o.draft is not null
	   and (o.reason = 'waiting' or (o.keyless and exists (
	       select from sluis.correspondent(o.target) c where c.unusable is null)))
$$;
