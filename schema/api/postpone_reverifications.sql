-- postpone_reverifications(case_no, seconds): what this session has taken could
-- not be done now, through no fault of the messages: uncounted, and due again in
-- so many seconds. For work, under the lock of the case.
create or replace function sluis.postpone_reverifications(case_no bigint, seconds bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	perform sluis.hold(sluis.lock_key(7, postpone_reverifications.case_no));
	update sluis.reverification v set tries = v.tries - 1, not_before = now() + make_interval(secs => seconds)
	from sluis.message m join sluis.party p on p.id = m.party
	where m.id = v.message and p.case_no = postpone_reverifications.case_no
	  and v.tries > 0 and v.not_before > now();
end
$$;
