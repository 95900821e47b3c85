-- match_participants(hosts, addresses, names) returns the participants concerned,
-- and by what: of the domains that are a host or above it the longest, of the
-- networks an address is in the smallest, and titles and aliases in their usual
-- form, as the directory spells them. sole: nobody else was found by the same. By
-- name go those whose systems can be reported only, since suppliers' names stand in
-- half of all reports. One question for a whole mail; each thing is one descent of
-- an index, however large the directory. For work and adm.
create or replace function sluis.match_participants(hosts text[], addresses text[], names text[])
returns table (participant int, name text, title text, how text, what text, sole boolean,
    policy text, out_of_scope text[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off	-- also right after a large import, when nothing is analysed
as $$
#variable_conflict use_column
begin
	return query
	select m.participant, p.name, p.title, m.how, m.what,
	    count(*) over (partition by m.how, m.what) = 1, p.policy, p.out_of_scope
	from (select d.participant, 'domain' as how, h.host as what
	      from (select distinct lower(u) from unnest(hosts) u) h (host)
	      cross join lateral (select d.participant from sluis.participant_domain d
	          where d.domain = any (sluis.suffixes(h.host))
	          order by length(d.domain) desc fetch first row with ties) d
	      union
	      select n.participant, 'network', host(a.address)
	      from (select distinct sluis.try_inet(u) from unnest(addresses) u) a (address)
	      cross join lateral (select n.participant from sluis.participant_network n
	          where n.network >>= a.address
	          order by masklen(n.network) desc fetch first row with ties) n
	      union
	      select q.id, 'name', s.spelled
	      from sluis.participant q cross join unnest(q.title || q.aliases) s (spelled)
	      where q.names && match_participants.names and q.removed is null
	        and q.kind in ('member', 'sector', 'self')
	        and sluis.usual_name(s.spelled) = any (match_participants.names)) m
	join sluis.participant p on p.id = m.participant
	order by p.name, p.id, m.how, m.what;
end
$$;
