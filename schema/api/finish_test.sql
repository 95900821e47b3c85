-- finish_test(id): the case it opened, if it is a test, is closed, and the id no
-- longer expected. For adm.
create or replace function sluis.finish_test(id bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	which int;
begin
	for which in update sluis.cases c set status = 'closed', changed = now(), revision = c.revision + 1
	    from sluis.message_ref f
	    where f.id = finish_test.id and f.kind = 'seen' and c.no = f.case_no and c.test
	      and c.status <> 'closed' returning c.no loop
		perform sluis.add_event(which, 'test', 'closed');
	end loop;
	delete from sluis.expected_test e where e.id = finish_test.id;
end
$$;
