-- match_feed(feed, at) returns how many of the rows in sluis.finding concern a participant
-- (matched), and how many nobody of ours (others), keeps the former as
-- observations of that time, and forgets all of them. By sets: every address once, cut to each length a listed
-- network has and looked up by hash, the smallest network counting; every host once,
-- and all above it by whole labels (T-37), the longest listed name counting. What has
-- severity "none" is counted and not kept. For work and adm.
create or replace function sluis.match_feed(feed bigint, at timestamptz, out matched bigint, out others bigint)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
set work_mem = '64MB' set enable_nestloop = off set enable_mergejoin = off
as $$
begin
	perform sluis.see('*');
	analyze sluis.finding (address, host);
	with lengths as materialized (
		select distinct masklen(n.network) as length, family(n.network) as family
		from sluis.participant_network n
	), address as materialized (
		select distinct f.address from sluis.finding f where f.address is not null
	), in_network as materialized (
		select a.address, n.participant, l.length,
		       max(l.length) over (partition by a.address) as most
		from address a join lengths l on l.family = family(a.address)
		join sluis.participant_network n on n.network = set_masklen(a.address::cidr, l.length)
	), by_address as materialized (
		select n.address, n.participant from in_network n where n.length = n.most
	), name as materialized (
		with recursive above (host, name) as (
			select distinct f.host, f.host from sluis.finding f where f.host is not null
			union all
			select a.host, substr(a.name, strpos(a.name, '.') + 1) from above a where strpos(a.name, '.') > 0
		)
		select a.host, d.participant, length(a.name) as length,
		       max(length(a.name)) over (partition by a.host) as most
		from above a join sluis.participant_domain d on d.domain = a.name
	), by_host as materialized (
		select n.host, n.participant from name n where n.length = n.most
	), hit as materialized (
		select f.line, b.participant, f.type, f.severity, f.address, f.host, f.port, f.again, f.time
		from sluis.finding f join by_address b on b.address = f.address
		union all
		select f.line, b.participant, f.type, f.severity, f.address, f.host, f.port, f.again, f.time
		from sluis.finding f join by_host b on b.host = f.host
	), kept as (
		insert into sluis.observation as o (participant, vouched, type, severity, address, host, port, feed,
		    again, first, last, seen)
		select h.participant, t.vouched, h.type,
		       (array['critical', 'high', 'medium', 'low'])[min(array_position(array['critical', 'high', 'medium', 'low'], h.severity))],
		       h.address, h.host, coalesce(h.port, 0), t.id, make_interval(secs => min(h.again)), match_feed.at, match_feed.at, max(h.time)
		from hit h cross join sluis.feed t
		where t.id = match_feed.feed and h.severity <> 'none'
		group by t.id, h.participant, h.type, h.address, h.host, coalesce(h.port, 0)
		on conflict (participant, type, vouched, (coalesce(host(address), '')), (coalesce(host, '')), port)
		do update set severity = excluded.severity, feed = excluded.feed, last = greatest(o.last, excluded.last),
		    seen = greatest(o.seen, excluded.seen), times = o.times + 1, again = excluded.again
	)
	select count(distinct h.line) into matched from hit h;
	select count(*) - match_feed.matched into others from sluis.finding;
	truncate sluis.finding;
	perform sluis.see('');
end
$$;
