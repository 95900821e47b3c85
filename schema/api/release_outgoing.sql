-- release_outgoing(id): a held mail may leave. With its bytes it is ready; a
-- draft goes on being held, as "waiting", until work has built it. SL001 if it
-- is not held. For adm.
create or replace function sluis.release_outgoing(id bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	o sluis.outbox;
begin
	update sluis.outbox t set not_before = now(),
	    state = case when t.blob is null then 'held' else 'ready' end,
	    reason = case when t.blob is null then 'waiting' end
	where t.id = release_outgoing.id and t.state = 'held' returning t.* into o;
	if not found then
		select * into o from sluis.outbox t where t.id = release_outgoing.id;
		raise exception 'outgoing mail % is %, not held', id, coalesce(o.state, 'not there') using errcode = 'SL001';
	end if;
	update sluis.confirmation c set confirmed = now() where c.outbox = release_outgoing.id;
	if o.case_no is not null then
		perform sluis.add_event(o.case_no, 'released', o.kind || ' ' || o.id);
	end if;
	notify sluis_outbox;
	notify sluis_reception;		-- work builds drafts
end
$$;
