-- reached(address): mails to that address get through again, so nobody has to be
-- called because they came back. Returns how many contacts and analysts were
-- marked. For work and adm.
create or replace function sluis.reached(address text) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	marked bigint;
	more bigint;
begin
	update sluis.phone_task t set closed = now(), how = 'reached'
	from sluis.contact c
	where lower(c.address) = lower(reached.address) and c.unreachable is not null
	  and t.contact = c.id and t.closed is null and t.why = 'bounce';
	update sluis.contact c set unreachable = null, unreachable_status = null
	where lower(c.address) = lower(reached.address) and c.unreachable is not null;
	get diagnostics marked = row_count;
	update sluis.analyst a set unreachable = null, unreachable_status = null
	where lower(a.address) = lower(reached.address) and a.unreachable is not null;
	get diagnostics more = row_count;
	return marked + more;
end
$$;
