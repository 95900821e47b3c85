-- answer_hit(hit, case_no, party): a participant has answered what it was told of, in
-- that case: whatever answers the same letters finds it by their Message-IDs. A second
-- time changes nothing. For work.
create or replace function sluis.answer_hit(hit bigint, case_no int, party bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	types text[];
begin
	update sluis.hit h set case_no = answer_hit.case_no
	where h.id = answer_hit.hit and h.case_no is null returning h.types into types;
	if not found then
		return;
	end if;
	insert into sluis.message_ref (id, kind, case_no, party)
	select l.id, 'minted', answer_hit.case_no, answer_hit.party from sluis.hit_letter l
	where l.hit = answer_hit.hit on conflict do nothing;
	perform sluis.add_event(answer_hit.case_no, 'hit', array_to_string(types, ', '));
end
$$;
