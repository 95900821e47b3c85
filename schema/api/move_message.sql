-- move_message(message, other, analyst): a mail that strayed belongs to the other
-- case, to the same party there. A case nothing is left in is closed. For work.
create or replace function sluis.move_message(message bigint, other int, analyst int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	p sluis.party;
	there bigint;
begin
	select y.* into p from sluis.party y join sluis.message m on m.party = y.id where m.id = move_message.message for update;
	perform from sluis.cases c where c.no in (p.case_no, move_message.other) order by c.no for update;
	select a.id into there from sluis.add_party(move_message.other, p.role, p.participant, p.reporter, p.language) a;
	update sluis.message m set party = there where m.id = move_message.message;
	perform sluis.note_act(p.case_no, move_message.analyst, 'filed elsewhere', (select c.tag from sluis.cases c where c.no = move_message.other));
	perform sluis.note_act(move_message.other, move_message.analyst, 'filed here', (select c.tag from sluis.cases c where c.no = p.case_no));
	if not exists (select from sluis.message m join sluis.party y on y.id = m.party
	    where y.case_no = p.case_no and m.direction = 'in') then
		update sluis.cases c set status = 'closed' where c.no = p.case_no;
	end if;
	perform sluis.touch_case(p.case_no);
	perform sluis.touch_case(move_message.other);
end
$$;
