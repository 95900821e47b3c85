-- list_cases(one, most) returns the case of that name, or the newest, all if
-- most is null. For adm.
create or replace function sluis.list_cases(one text, most int)
returns table (case_no int, tag text, inbox text, status text, class text, motive text, severity text,
    tlp text, participants text[], inboxes text[], wrapped bytea, title bytea, opened timestamptz, changed timestamptz,
    owner text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan	-- for one case another plan than for all
as $$
begin
	return query
		select c.no, c.tag, c.inbox, c.status, c.class, c.motive, c.severity, c.tlp,
		    array(select p.name from sluis.participant p where p.id in
		        (select n.participant from sluis.case_participant n where n.case_no = c.no
		         union select y.participant from sluis.party y where y.case_no = c.no)
		        order by lower(p.name)),
		    array(select i.inbox from sluis.case_inbox i where i.case_no = c.no
		        order by i.inbox <> c.inbox, i.inbox),
		    k.wrapped, c.title, c.opened, c.changed, a.name
		from sluis.cases c
		left join sluis.message_key k on k.id = c.key_id
		left join sluis.analyst a on a.id = c.owner
		where one is null or c.tag = upper(one)
		order by c.no desc limit most;
end
$$;
