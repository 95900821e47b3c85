-- May that analyst read what a party of that role wrote or was told in a case of
-- that class? Counsel's mail is for legal readers only; extortion for them, its
-- owner, and who has duty; all else for everybody.
create or replace function sluis.is_reader(analyst int, case_no int, role text, class text) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
	return (select case
	    when 'legal' = any (a.reads) then true
	    when is_reader.role = 'legal' then false
	    when is_reader.class = 'extortion' or c.class = 'extortion' then
	        c.owner is not distinct from a.id
	        or a.id is not distinct from (select d.analyst from sluis.duty d order by d.id desc limit 1)
	    else true end
	    from sluis.analyst a left join sluis.cases c on c.no = is_reader.case_no
	    where a.id = is_reader.analyst);
end
$$;
