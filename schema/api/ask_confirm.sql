-- ask_confirm(outbox, case_no, analyst, hash): this held letter waits for the
-- analyst's word. For work.
create or replace function sluis.ask_confirm(outbox bigint, case_no int, analyst int, hash text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.confirmation values (outbox, case_no, analyst, hash)
$$;
