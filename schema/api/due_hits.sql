-- due_hits(most) returns what is to be told at once and was not, or was seen again when
-- the time after which it is told again was over: of the first participants that have
-- such, as many as that. For work and adm.
create or replace function sluis.due_hits(most int)
returns table (id bigint, participant int, type text, severity text, address text, host text, port int,
    seen timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	perform sluis.see('*');
	return query
		with due as (
			select o.* from sluis.observation o join sluis.participant p on p.id = o.participant
			where o.vouched and o.severity in ('critical', 'high') and p.removed is null
			  and (o.told is null or (o.last >= o.told + o.again))
		)
		select d.id, d.participant, d.type, d.severity, host(d.address), d.host, d.port, coalesce(d.seen, d.last)
		from due d where d.participant in (select distinct e.participant from due e order by 1 limit due_hits.most)
		order by d.participant, array_position(array['critical', 'high'], d.severity), d.type, d.id;
	perform sluis.see('');
end
$$;
