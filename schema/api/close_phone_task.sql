-- close_phone_task(case_no, target, how): nobody has to be called any more about
-- that case, once none of its mails to that target waits for a key. A key, or a mail
-- that is dropped, is no answer of who is silent or cannot be reached.
create or replace function sluis.close_phone_task(case_no int, target text, how text) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
	-- One by one: the last of two mails that are built at once sees both.
	perform from sluis.phone_task p
	where 'contact ' || p.contact = close_phone_task.target and p.closed is null
	  and p.case_no is not distinct from close_phone_task.case_no for update;
	if exists (select from sluis.outbox o where o.target = close_phone_task.target
	    and o.case_no is not distinct from close_phone_task.case_no and o.state = 'held' and o.keyless)
	then
		return;
	end if;
	update sluis.phone_task p set closed = now(), how = close_phone_task.how
	where 'contact ' || p.contact = close_phone_task.target and p.closed is null
	  and (p.why = 'key' or close_phone_task.how not in ('key', 'dropped'))
	  and p.case_no is not distinct from close_phone_task.case_no;
	if found and close_phone_task.case_no is not null then
		perform sluis.add_event(close_phone_task.case_no, 'call-over',
		    close_phone_task.target || ' ' || close_phone_task.how);
	end if;
end
$$;
