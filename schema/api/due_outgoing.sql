-- due_outgoing(most) returns ids of mails that may leave now, longest due
-- first. One whose sender died is due again (T-7), what is paused is not, nor what
-- waits for the end of an embargo. For out.
create or replace function sluis.due_outgoing(most int) returns setof bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	busy constant bigint[] := sluis.locked(3);
begin
	return query
	select o.id from sluis.outbox o
	where o.state in ('ready', 'sending') and o.not_before <= now()
	  and o.id <> all (busy)
	  and not exists (select from sluis.pause p where p.case_no in (0, o.case_no))
	  and not (o.embargoed and sluis.under_embargo(o.case_no))
	order by o.not_before, o.id limit most;
end
$$;
