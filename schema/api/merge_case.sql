-- merge_case(case_no, other, analyst): the other case is this one: its parties and
-- what they wrote move here, a party that is in both becomes one, named to nobody if it
-- wanted that in either (T-49), and the other is closed. SL003 if one of them was
-- merged in the meantime. For work.
create or replace function sluis.merge_case(case_no int, other int, analyst int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	this constant int := merge_case.case_no;
	m bigint;
	p sluis.party;
	same bigint;
	next int;
begin
	perform from sluis.cases c where c.no in (this, merge_case.other) order by c.no for update;
	insert into sluis.merging as g (into_no, other, analyst, status)
	select this, o.no, merge_case.analyst, o.status from sluis.cases o, sluis.cases c
	where o.no = merge_case.other and c.no = this and o.merged is null and c.merged is null
	  and not exists (select from sluis.cases x where x.merged = o.no)
	returning g.id into m;
	if m is null then
		raise exception 'one of these cases was merged' using errcode = 'SL003';
	end if;
	for p in select y.* from sluis.party y where y.case_no = merge_case.other order by y.number loop
		select y.id into same from sluis.party y where y.case_no = this
		  and (y.participant = p.participant or y.reporter = p.reporter);
		if same is null then
			select coalesce(max(y.number) + 1, 0) into next from sluis.party y where y.case_no = this;
			insert into sluis.moved values (m, 'party', p.id, p.number);
			update sluis.party y set case_no = this, number = next where y.id = p.id;
		else
			insert into sluis.consent (party, what, state, how, analyst)
			select same, 'name', 'withdrawn', 'analyst', merge_case.analyst
			where sluis.stays_hidden(p.id) and not sluis.stays_hidden(same);
			insert into sluis.moved select m, 'message', x.id, x.party from sluis.message x where x.party = p.id;
			update sluis.message x set party = same where x.party = p.id;
		end if;
		insert into sluis.party_former values (merge_case.other, p.number, coalesce(same, p.id))
		on conflict on constraint party_former_pkey do update set party = excluded.party;
	end loop;
	insert into sluis.moved select m, 'outbox', o.id, o.case_no from sluis.outbox o where o.case_no = merge_case.other;
	update sluis.outbox o set case_no = this where o.case_no = merge_case.other;
	insert into sluis.case_participant select this, c.participant, c.how from sluis.case_participant c
	where c.case_no = merge_case.other on conflict do nothing;
	insert into sluis.case_inbox select this, i.inbox from sluis.case_inbox i
	where i.case_no = merge_case.other on conflict do nothing;
	update sluis.cases c set merged = this, status = 'closed', revision = revision + 1 where c.no = merge_case.other;
	perform sluis.note_act(this, merge_case.analyst, 'merged', (select c.tag from sluis.cases c where c.no = merge_case.other));
	perform sluis.note_act(merge_case.other, merge_case.analyst, 'merged into', (select c.tag from sluis.cases c where c.no = this));
	perform sluis.touch_case(this);
end
$$;
