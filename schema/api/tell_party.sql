-- tell_party(tag, party, how, at): the party of that name, a participant's
-- handle, was told another way. What waits for a key of its is dropped, and
-- nobody has to call: somebody there was spoken to. SL001 if there is no such
-- party. Returns how many mails were dropped. For work and adm.
create or replace function sluis.tell_party(tag text, party text, how text, at timestamptz) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	y sluis.party;
	dropped bigint;
begin
	select p.* into y from sluis.party p join sluis.cases c on c.no = p.case_no
	join sluis.participant m on m.id = p.participant
	where c.tag = upper(tell_party.tag) and lower(m.name) = lower(tell_party.party);
	if not found then
		raise exception '% has no party %', upper(tag), party using errcode = 'SL001';
	end if;
	perform sluis.add_event(y.case_no, 'told', format('%s %s %s', y.id, tell_party.how,
	    to_char(tell_party.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')));
	with gone as (
		update sluis.outbox o set state = 'dropped'
		where o.party = y.id and o.state = 'held' and o.keyless returning o.kind, o.id
	), noted as (
		select sluis.add_event(y.case_no, 'dropped', g.kind || ' ' || g.id) from gone g order by g.id
	)
	select count(*) into dropped from noted;
	perform sluis.close_phone_task(y.case_no, 'contact ' || p.contact, tell_party.how)
	from sluis.phone_task p where p.party = y.id and p.closed is null;
	update sluis.party p set heard = coalesce(p.heard, tell_party.at),
	    state = case when p.state in ('none', 'silent') then 'told' else p.state end
	where p.id = y.id;
	return dropped;
end
$$;
