-- keep_choice(message, answer, how): that message is one of the three answers to a
-- report, or to an advisory. What vouches for it ("signature", "dmarc") moves its party; with "none" it
-- is only kept. For work.
create or replace function sluis.keep_choice(message bigint, answer int, how text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	y sluis.party;
begin
	select p.* into y from sluis.party p join sluis.message m on m.party = p.id
	where m.id = keep_choice.message;
	insert into sluis.choice (message, party, answer, how)
	values (keep_choice.message, y.id, keep_choice.answer, keep_choice.how)
	on conflict on constraint choice_pkey do nothing;
	if not found then
		return;
	end if;
	perform sluis.add_event(y.case_no, 'choice', format('%s %s %s', y.id, keep_choice.answer, keep_choice.how));
	if keep_choice.how <> 'none' then
		update sluis.party p set state = case y.asked when 'advisory' then (array['affected', 'fixed', 'not-ours'])[keep_choice.answer]
		    else (array['acked', 'own', 'not-ours'])[keep_choice.answer] end
		where p.id = y.id;
	end if;
end
$$;
