-- put_analyst(name, address, reads) returns id and fresh: makes the analyst of that
-- handle, changes the address and, unless null, the compartments open to them;
-- makes a removed one active again. SL001 if another active analyst has the
-- address. For adm.
create or replace function sluis.put_analyst(name text, address text, reads text[],
    out id int, out fresh boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.analyst a set address = put_analyst.address, active = true,
	    reads = coalesce(put_analyst.reads, a.reads)
	where lower(a.name) = lower(put_analyst.name) returning a.id into id;
	fresh := not found;
	if fresh then
		insert into sluis.analyst as a (name, address, reads)
		values (put_analyst.name, put_analyst.address, coalesce(put_analyst.reads, '{}'))
		returning a.id into id;
	end if;
exception
	when unique_violation then
		raise exception 'another analyst has the address %', address using errcode = 'SL001';
	when check_violation then
		raise exception '% is no name for an analyst, or there is no such compartment', name
		    using errcode = 'SL001';
end
$$;
