-- settle_answer(id, state): a kept answer is done or dropped. SL003 if it was
-- settled in the meantime. For work.
create or replace function sluis.settle_answer(id bigint, state text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.held_answer h set state = settle_answer.state where h.id = settle_answer.id and h.state = 'held';
	if not found then
		raise exception 'this answer is settled' using errcode = 'SL003';
	end if;
end
$$;
