-- replace_held(party, analyst): a new text takes the place of those to the same
-- party that wait for this analyst's word. For work.
create or replace function sluis.replace_held(party bigint, analyst int) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	update sluis.outbox o set state = 'dropped', reason = 'replaced'
	from sluis.confirmation c
	where c.outbox = o.id and c.analyst = replace_held.analyst and o.state = 'held'
	  and o.party = replace_held.party
$$;
