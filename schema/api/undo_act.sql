-- undo_act(id, analyst): what was there before is there again. SL003 if it was
-- taken back in the meantime. For work.
create or replace function sluis.undo_act(id bigint, analyst int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	t sluis.act;
begin
	update sluis.act o set undone = true where o.id = undo_act.id and not o.undone returning o.* into t;
	if not found then
		raise exception 'this was taken back' using errcode = 'SL003';
	end if;
	update sluis.cases k set
	    status = case t.field when 'status' then t.old else k.status end,
	    class = case t.field when 'class' then t.old else k.class end,
	    motive = case t.field when 'motive' then t.old else k.motive end,
	    severity = case t.field when 'severity' then t.old else k.severity end,
	    tlp = case t.field when 'tlp' then t.old else k.tlp end,
	    owner = case t.field when 'owner' then (select a.id from sluis.analyst a where a.name = t.old) else k.owner end
	where k.no = t.case_no;
	perform sluis.note_act(t.case_no, undo_act.analyst, 'undone', t.field);
	perform sluis.touch_case(t.case_no);
end
$$;
