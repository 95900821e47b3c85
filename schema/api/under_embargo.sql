-- Is the embargo of that case, or of one that was merged into it, not over yet? A new one
-- takes the place of the one before.
create or replace function sluis.under_embargo(case_no int) returns boolean
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
	return exists (select from sluis.clock k
	    where (k.case_no = under_embargo.case_no
	       or k.case_no in (select c.no from sluis.cases c where c.merged = under_embargo.case_no))
	      and k.kind = 'embargo' and not k.replaced and k.due > clock_timestamp());
end
$$;
