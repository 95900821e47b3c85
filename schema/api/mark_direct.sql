-- mark_direct(parties): these parties of one case write to each other, so none is
-- hidden from another any more. What was known is not told again. For work.
create or replace function sluis.mark_direct(parties bigint[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	fresh bigint;
begin
	update sluis.party p set direct = now() where p.id = any (parties) and p.direct is null;
	get diagnostics fresh = row_count;
	if fresh > 0 then
		perform sluis.add_event(d.case_no, 'direct-contact', d.numbers)
		from (select p.case_no, string_agg(p.number::text, ' ' order by p.number) as numbers
		      from sluis.party p where p.id = any (parties) group by p.case_no) d;
	end if;
end
$$;
