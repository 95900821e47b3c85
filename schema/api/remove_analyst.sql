-- remove_analyst(name): no mail to or right for this analyst from now on (T-42).
-- Pinned keys stay, for what was signed; nothing is encrypted to them. SL001 if
-- there is none. For adm.
create or replace function sluis.remove_analyst(name text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.analyst a set active = false
	where lower(a.name) = lower(remove_analyst.name) and a.active;
	if not found then
		raise exception 'there is no analyst %', name using errcode = 'SL001';
	end if;
end
$$;
