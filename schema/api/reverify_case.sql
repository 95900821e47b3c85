-- reverify_case(tag) returns how many messages of this case are to be verified
-- again: all that came in and are not waiting for it already. SL001 if there is
-- no such case. For adm.
create or replace function sluis.reverify_case(tag text) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	one int;
	asked bigint;
begin
	select c.no into one from sluis.cases c where c.tag = upper(reverify_case.tag);
	if not found then
		raise exception 'there is no case %', upper(reverify_case.tag) using errcode = 'SL001';
	end if;
	insert into sluis.reverification (message)
	select m.id from sluis.message m join sluis.party p on p.id = m.party
	where p.case_no = one and m.direction = 'in' and m.reception is not null
	on conflict on constraint reverification_pkey do update set not_before = now(), tries = 0;
	get diagnostics asked = row_count;
	notify sluis_reception;		-- work does it
	return asked;
end
$$;
