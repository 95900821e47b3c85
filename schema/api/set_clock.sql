-- set_clock(case_no, analyst, kind, due): a day that counts. A case has one
-- deadline and one embargo: a new one takes the place of the old, a deadline also of
-- the day a repair is owed by. For work.
create or replace function sluis.set_clock(case_no int, analyst int, kind text, due timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.clock c set replaced = true
	where c.case_no = set_clock.case_no and c.kind <> 'remind'
	  and (c.kind = set_clock.kind or c.kind = 'repair' and set_clock.kind = 'deadline');
	insert into sluis.clock (case_no, analyst, kind, due) values (case_no, analyst, kind, due);
	perform sluis.note_act(case_no, analyst, kind, to_char(due at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
	perform sluis.touch_case(case_no);
end
$$;
