-- find_identifiers(case_no, participant, reporter, hashes, addresses, hosts, names,
-- keys, phones, lines) returns which of these name anybody but that participant or
-- that reporter, one of whom a text is for (T-47): by keyed hash in hex whoever
-- wrote in any case ("hash"), the others in clear and in their usual form the people
-- and members of the directory, and the analysts. A host is found where it is a
-- listed domain itself; of suppliers only in a case they are a party of, since
-- their domains stand in half of all reports. What also names whom it is for is no
-- finding; "own" are listed domains of the participant itself. For work and adm.
create or replace function sluis.find_identifiers(case_no int, participant int, reporter bigint,
    hashes text[], addresses text[], hosts text[], names text[], keys text[], phones text[],
    lines text[])
returns table (kind text, value text)
language sql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off	-- by index, whatever the planner believes of sets: the
set enable_hashjoin = off	-- cost is that of the text, not of what is known
set enable_mergejoin = off
as $$
	select 'hash', encode(i.hash, 'hex')
	from (select distinct decode(h, 'hex') as hash from unnest(hashes) h) w
	join sluis.identifier i on i.hash = w.hash
	where not exists (
		select from sluis.identifier o join sluis.party y on y.id = o.party
		where o.hash = i.hash and (y.participant = find_identifiers.participant
		    or y.reporter = find_identifiers.reporter))
	union
	select 'address', lower(c.address) from sluis.contact c
	where lower(c.address) = any (addresses)
	  and c.participant is distinct from find_identifiers.participant
	union
	select 'address', lower(a.address) from sluis.analyst a
	where a.active and lower(a.address) = any (addresses)
	union
	select 'name', sluis.usual_name(c.name) from sluis.contact c
	where sluis.usual_name(c.name) = any (names)
	  and c.participant is distinct from find_identifiers.participant
	union
	select 'phone', sluis.usual_phone(c.phone) from sluis.contact c
	where sluis.usual_phone(c.phone) = any (phones)
	  and c.participant is distinct from find_identifiers.participant
	union
	select 'name', n from unnest(names) n join sluis.participant p on p.usual @> array[n]
	where p.kind not in ('self', 'supplier')
	  and p.id is distinct from find_identifiers.participant
	union
	select 'host', d.domain from sluis.participant_domain d join sluis.participant p on p.id = d.participant
	where d.domain = any (hosts) and p.kind <> 'self'
	  and p.id is distinct from find_identifiers.participant
	  and (p.kind <> 'supplier' or exists (select from sluis.party y
	      where y.case_no = find_identifiers.case_no and y.participant = p.id))
	  and not exists (select from sluis.participant_domain o
	      where o.domain = d.domain and o.participant = find_identifiers.participant)
	union
	select 'own', d.domain from sluis.participant_domain d
	where d.domain = any (hosts) and d.participant = find_identifiers.participant
	union
	select 'key', k.key_id from sluis.certificate_subkey k join sluis.certificate t on t.id = k.certificate
	left join sluis.contact c on c.id = t.contact
	where k.key_id = any (keys) and (c.id is null or c.participant is distinct from find_identifiers.participant)
	union
	select 'name', u.usual from sluis.certificate t join sluis.analyst a on a.id = t.analyst and a.active,
	    unnest(t.user_ids) i, lateral (select sluis.usual_name(split_part(i, '<', 1)) as usual) u
	where u.usual = any (names) and strpos(u.usual, ' ') > 0
	union
	select 'line', l from sluis.analyst a, unnest(lines) l
	where a.active and (l = sluis.usual_name(a.name) or exists (
		select from sluis.certificate t, unnest(t.user_ids) i
		where t.analyst = a.id and l in (sluis.usual_name(split_part(i, '<', 1)),
		    split_part(sluis.usual_name(split_part(i, '<', 1)), ' ', 1))))
$$;
