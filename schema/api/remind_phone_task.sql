-- remind_phone_task(id, day) says whether the team is still to be told today that
-- it is late, and that it was; not when it is over, or was told that day or, by a
-- clock that has jumped back, later. For work.
create or replace function sluis.remind_phone_task(id bigint, day date) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	task sluis.phone_task;
begin
	update sluis.phone_task p set reminded = remind_phone_task.day
	where p.id = remind_phone_task.id and p.closed is null
	  and (p.reminded is null or p.reminded < remind_phone_task.day) returning p.* into task;
	if not found then
		return false;
	end if;
	if task.case_no is not null then
		perform sluis.add_event(task.case_no, 'overdue', 'contact ' || task.contact);
	end if;
	return true;
end
$$;
