-- ask_confirm(outbox, case_no, analyst, hash): this held letter waits for the
-- analyst's word. What that analyst had waiting for the same party of the case
-- is dropped: a new text takes the place of the old one. For work.
create or replace function sluis.ask_confirm(outbox bigint, case_no int, analyst int, hash text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.outbox o set state = 'dropped', reason = 'replaced'
	from sluis.confirmation c, sluis.outbox n
	where n.id = ask_confirm.outbox and c.outbox = o.id and c.case_no = ask_confirm.case_no
	  and c.analyst = ask_confirm.analyst and o.state = 'held'
	  and o.party is not distinct from n.party and o.cause <> n.cause;
	insert into sluis.confirmation values (outbox, case_no, analyst, hash);
end
$$;
