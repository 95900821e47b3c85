-- due_reverifications(most) returns numbers of cases with messages to be
-- verified again that nobody works on; 0 when there are certificates nobody has
-- heeded yet. For work.
create or replace function sluis.due_reverifications(most int) returns setof bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	busy constant bigint[] := sluis.locked(7);
begin
	return query
	(select 0::bigint where exists (select from sluis.certificate c where not c.heeded))
	union all
	(select p.case_no from sluis.reverification v
	    join sluis.message m on m.id = v.message join sluis.party p on p.id = m.party
	    where v.not_before <= now() and p.case_no <> all (busy)
	    group by p.case_no order by min(v.not_before), p.case_no limit most);
end
$$;
