-- set_title(case_no, analyst, wrapped, title): a sealed title; the one before is
-- erased. For work.
create or replace function sluis.set_title(case_no int, analyst int, wrapped bytea, title bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	delete from sluis.message_key m using sluis.cases c where c.no = set_title.case_no and m.id = c.key_id;
	update sluis.cases c set key_id = sluis.put_key(set_title.wrapped), title = set_title.title
	where c.no = set_title.case_no;
	perform sluis.note_act(case_no, analyst, 'title', null);
	perform sluis.touch_case(case_no);
end
$$;
