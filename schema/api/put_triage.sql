-- put_triage(case_no, analyst, wrapped, record, confirmed): the triage record as it now
-- is; the one before is erased. confirmed, the one answer kept in clear, may be null. For work.
create or replace function sluis.put_triage(case_no int, analyst int, wrapped bytea, record bytea,
    confirmed text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	key constant uuid := sluis.put_key(put_triage.wrapped);
begin
	delete from sluis.message_key m using sluis.triage t
	where t.case_no = put_triage.case_no and m.id = t.key_id;
	insert into sluis.triage as t (case_no, key_id, record, confirmed)
	values (put_triage.case_no, key, put_triage.record, put_triage.confirmed)
	on conflict on constraint triage_pkey do update set key_id = key, record = put_triage.record,
	    confirmed = put_triage.confirmed;
	perform sluis.note_act(case_no, analyst, 'triage', null);
	perform sluis.touch_case(case_no);
end
$$;
