-- keep_verdict(message, reason): it was verified again, and its verdict stays. A
-- reason says why nothing could be found out. For work, under the lock of the
-- case.
create or replace function sluis.keep_verdict(message bigint, reason text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	one int;
begin
	select p.case_no into one from sluis.message m join sluis.party p on p.id = m.party
	where m.id = keep_verdict.message;
	perform sluis.hold(sluis.lock_key(7, one));
	delete from sluis.reverification v where v.message = keep_verdict.message;
	if reason is not null then
		perform sluis.add_event(one, 'unverifiable', 'message ' || keep_verdict.message || ': ' || reason);
	end if;
end
$$;
