-- remove_participant(name): takes its domains, networks, contacts and pinned
-- keys away, and the participant itself, or, while cases name it, all but its
-- name. SL001 if there is none. For adm.
create or replace function sluis.remove_participant(name text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	gone int;
begin
	update sluis.participant p set removed = now()
	where lower(p.name) = lower(remove_participant.name) and p.removed is null returning p.id into gone;
	if not found then
		raise exception 'there is no participant %', name using errcode = 'SL001';
	end if;
	delete from sluis.participant_domain d where d.participant = gone;
	delete from sluis.participant_network n where n.participant = gone;
	delete from sluis.contact c where c.participant = gone;
	delete from sluis.participant p where p.id = gone
	  and not exists (select from sluis.case_participant c where c.participant = gone)
	  and not exists (select from sluis.party c where c.participant = gone);
end
$$;
