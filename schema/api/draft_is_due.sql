-- May this held mail without bytes be built: was it released, or is there a
-- usable key now of whom it could not be encrypted to? Not while an embargo holds it
-- back: whom to call for want of a key is the business of that hour, too.
create or replace function sluis.draft_is_due(o sluis.outbox) returns boolean
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
	return o.state = 'held' and o.draft is not null
	   and not (o.embargoed and sluis.under_embargo(o.case_no))
	   and (o.reason = 'waiting' or (o.keyless and exists (
	       select from sluis.correspondent(o.target) c where c.unusable is null)));
end
$$;
