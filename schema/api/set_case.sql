-- set_case(case_no, analyst, field, value): an analyst sets something in a case;
-- what was there is kept, so that it can be taken back. owner is a handle. SL003
-- for a move that is not lawful any more. For work.
create or replace function sluis.set_case(case_no int, analyst int, field text, value text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	c sluis.cases;
	was text;
begin
	select * into c from sluis.cases k where k.no = set_case.case_no for update;
	was := case field when 'status' then c.status when 'class' then c.class when 'motive' then c.motive
	    when 'severity' then c.severity when 'tlp' then c.tlp
	    when 'owner' then (select a.name from sluis.analyst a where a.id = c.owner) end;
	if field = 'status' and not sluis.may_move(was, value) then
		raise exception 'a case cannot go from % to %', was, value using errcode = 'SL003';
	end if;
	update sluis.cases k set
	    status = case field when 'status' then value else k.status end,
	    class = case field when 'class' then value else k.class end,
	    motive = case field when 'motive' then value else k.motive end,
	    severity = case field when 'severity' then value else k.severity end,
	    tlp = case field when 'tlp' then value else k.tlp end,
	    owner = case field when 'owner' then (select a.id from sluis.analyst a where lower(a.name) = lower(value)) else k.owner end
	where k.no = set_case.case_no;
	insert into sluis.act (case_no, analyst, field, old, new) values (case_no, analyst, field, was, value);
	perform sluis.note_act(case_no, analyst, field, value);
	perform sluis.touch_case(case_no);
end
$$;
