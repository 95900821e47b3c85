-- list_verifications(case_no) returns how it was seen who the parties of a case are,
-- oldest first. For work and adm.
create or replace function sluis.list_verifications(case_no int)
returns table (id bigint, party bigint, method text, who text, asked timestamptz, sent text,
    done timestamptz, how text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select v.id, v.party, v.method, a.name, v.asked, v.sent, v.done, v.how
	from sluis.verification v
	join sluis.party p on p.id = v.party
	join sluis.analyst a on a.id = v.analyst
	where p.case_no = list_verifications.case_no order by v.id
$$;
