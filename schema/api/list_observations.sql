-- list_observations(handle, of_feed) returns what was found about that participant, by
-- its handle (null: about all), in that feed (null: in any), the worst first. For adm.
create or replace function sluis.list_observations(handle text, of_feed bigint)
returns table (id bigint, participant text, type text, severity text, address text, host text, port int,
    feed bigint, source text, vouched boolean, first timestamptz, last timestamptz, times int, told timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	perform sluis.see('*');
	return query
		select o.id, p.name, o.type, o.severity, host(o.address), o.host, o.port, o.feed, f.source, o.vouched,
		       o.first, o.last, o.times, o.told
		from sluis.observation o join sluis.participant p on p.id = o.participant
		join sluis.feed f on f.id = o.feed
		where (list_observations.handle is null or lower(p.name) = lower(list_observations.handle))
		  and (list_observations.of_feed is null or o.feed = list_observations.of_feed)
		order by array_position(array['critical', 'high', 'medium', 'low'], o.severity), o.last desc, o.id
		limit 10000;
	perform sluis.see('');
end
$$;
