-- digest_observations(participant, since) returns what was found about that participant
-- since then, each thing once, the worst first: fresh says that it was not known
-- before, told that its contacts were told at once. It sees no other participant's
-- rows, whatever is asked (T-63). For work.
create or replace function sluis.digest_observations(participant int, since timestamptz)
returns table (id bigint, type text, severity text, address text, host text, port int,
    first timestamptz, last timestamptz, times int, fresh boolean, told boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	perform sluis.see(digest_observations.participant::text);
	return query select o.id, o.type, o.severity, host(o.address), o.host, o.port, o.first, o.last, o.times,
	    o.first >= digest_observations.since, o.told is not null
	from sluis.observation o where o.vouched and o.last >= digest_observations.since
	order by array_position(array['critical', 'high', 'medium', 'low'], o.severity), o.type, o.id;
	perform sluis.see('');
end
$$;
