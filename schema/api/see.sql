-- see(who): whose rows of the tables with row-level security there are to be seen until
-- the transaction ends: a participant's, by number, or "*", everybody's; '' nobody's.
-- Only for other functions, each of which ends with nobody's.
create or replace function sluis.see(who text) returns void
language sql volatile set search_path = pg_catalog, pg_temp
as $$
	select set_config('sluis.participant', see.who, true)
$$;
