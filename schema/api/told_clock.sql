-- told_clock(id): analysts are told with this transaction, the second time who has
-- duty. SL003 if they were in the meantime. For work.
create or replace function sluis.told_clock(id bigint, again boolean) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.clock k set told = coalesce(k.told, now()), raised = case when told_clock.again then now() end
	where k.id = told_clock.id and k.raised is null and (k.told is not null) = told_clock.again;
	if not found then
		raise exception 'they were told' using errcode = 'SL003';
	end if;
end
$$;
