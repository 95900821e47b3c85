-- consent_allows(party, what, other): may it be? other: whom a contact is with, null
-- for a name or a credit. For work.
create or replace function sluis.consent_allows(party bigint, what text, other bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select sluis.holding_consent(party, what, other) is not null
$$;
