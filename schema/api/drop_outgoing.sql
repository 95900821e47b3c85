-- drop_outgoing(id): a held or ready mail never leaves. SL001 if it is under way
-- or gone. For adm.
create or replace function sluis.drop_outgoing(id bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	o sluis.outbox;
begin
	update sluis.outbox t set state = 'dropped'
	where t.id = drop_outgoing.id and t.state in ('held', 'ready') returning t.* into o;
	if not found then
		select * into o from sluis.outbox t where t.id = drop_outgoing.id;
		raise exception 'outgoing mail % is %', id, coalesce(o.state, 'not there') using errcode = 'SL001';
	end if;
	if o.case_no is not null then
		perform sluis.add_event(o.case_no, 'dropped', o.kind || ' ' || o.id);
	end if;
	perform sluis.close_phone_task(o.case_no, o.target, 'dropped');
end
$$;
