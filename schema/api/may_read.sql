-- may_read(analyst, message): is that message open to them? See is_reader. For work.
create or replace function sluis.may_read(analyst int, message bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select coalesce((select sluis.is_reader(may_read.analyst, y.case_no, y.role, r.class)
	    from sluis.message m join sluis.party y on y.id = m.party
	    left join sluis.reception r on r.id = m.reception
	    where m.id = may_read.message), false)
$$;
