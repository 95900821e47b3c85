-- find_held_answer(case_no, analyst) returns the answer that is kept of this
-- analyst in this case. For work.
create or replace function sluis.find_held_answer(case_no int, analyst int)
returns table (id bigint, hash text, wrapped bytea, own bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select h.id, h.hash, k.wrapped, h.own
	from sluis.held_answer h join sluis.message_key k on k.id = h.key_id
	where h.case_no is not distinct from find_held_answer.case_no and h.analyst = find_held_answer.analyst and h.state = 'held'
$$;
