-- hold_answer(case_no, analyst, cause, hash, wrapped, own): keeps an answer whole
-- until it is confirmed; one of the same analyst in the same case that was kept
-- before is dropped. For work.
create or replace function sluis.hold_answer(case_no int, analyst int, cause text, hash text,
    wrapped bytea, own bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.held_answer h set state = 'dropped' where h.case_no is not distinct from hold_answer.case_no
	    and h.analyst = hold_answer.analyst and h.state = 'held';
	insert into sluis.held_answer (case_no, analyst, cause, hash, key_id, own)
	values (case_no, analyst, cause, hash, sluis.put_key(hold_answer.wrapped), hold_answer.own);
	if case_no is not null then
		perform sluis.note_act(case_no, analyst, 'answer held', hash);
	end if;
end
$$;
