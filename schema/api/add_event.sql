-- add_event(case_no, kind, detail): what happened, in words and numbers of ours.
-- For work and adm; who it was is taken from the session.
create or replace function sluis.add_event(case_no int, kind text, detail text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into sluis.event (case_no, kind, who, detail)
	values (add_event.case_no, add_event.kind,
	    case session_user when 'sluis_adm' then 'operator' else 'sluis' end, add_event.detail);
end
$$;
