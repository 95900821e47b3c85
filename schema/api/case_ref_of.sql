-- What is known of a case, and of one of its parties (null: of none). A case that
-- was merged is the one it was merged into.
create or replace function sluis.case_ref_of(case_no int, party bigint) returns setof sluis.case_ref
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
	return query
	select c.no, c.tag, c.status, c.inbox, c.revision, c.replayed,
	       p.id, p.number, p.epoch, p.role, p.participant, p.reporter, p.language
	from sluis.cases b join sluis.cases c on c.no = coalesce(b.merged, b.no)
	left join sluis.party p on p.id = case_ref_of.party and p.case_no = c.no
	where b.no = case_ref_of.case_no;
end
$$;
