-- acquaintances(party) returns the parties of its case that are not hidden from it any
-- more: both agree on record, or they were introduced. For work.
create or replace function sluis.acquaintances(party bigint) returns setof bigint
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select o.id from sluis.party p join sluis.party o on o.case_no = p.case_no and o.id <> p.id
	where p.id = acquaintances.party
	  and (sluis.met(p.id, o.id)
	       or (sluis.holding_consent(p.id, 'contact', o.id) is not null
	           and sluis.holding_consent(o.id, 'contact', p.id) is not null))
$$;
