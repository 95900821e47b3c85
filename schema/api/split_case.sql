-- split_case(merging, analyst): takes a merge back: what was moved for it goes where
-- it was, what came since stays. SL003 if it was taken back in the meantime. For
-- work.
create or replace function sluis.split_case(merging bigint, analyst int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	g sluis.merging;
begin
	update sluis.merging m set undone = true where m.id = split_case.merging and not m.undone returning m.* into g;
	if not found then
		raise exception 'this merge was taken back' using errcode = 'SL003';
	end if;
	perform from sluis.cases c where c.no in (g.into_no, g.other) order by c.no for update;
	update sluis.party p set case_no = g.other, number = v.old
	from sluis.moved v where v.merging = g.id and v.what = 'party' and p.id = v.id;
	update sluis.message x set party = v.old
	from sluis.moved v where v.merging = g.id and v.what = 'message' and x.id = v.id;
	update sluis.outbox o set case_no = v.old
	from sluis.moved v where v.merging = g.id and v.what = 'outbox' and o.id = v.id;
	delete from sluis.party_former f where f.case_no = g.other;
	update sluis.cases c set merged = null, status = g.status, revision = revision + 1 where c.no = g.other;
	perform sluis.note_act(g.into_no, split_case.analyst, 'split', (select c.tag from sluis.cases c where c.no = g.other));
	perform sluis.note_act(g.other, split_case.analyst, 'split', (select c.tag from sluis.cases c where c.no = g.into_no));
	perform sluis.touch_case(g.into_no);
end
$$;
