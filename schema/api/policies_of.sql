-- policies_of(case_no) returns, of each organisation a case is about or that is a
-- party of it, the policy in force, what that leaves out, and what was agreed. For
-- work and adm.
create or replace function sluis.policies_of(case_no int)
returns table (name text, policy text, out_of_scope text[], agreement text, tlp_default text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select p.name, p.policy, p.out_of_scope, p.agreement, p.tlp_default
	from sluis.participant p
	where p.id in (select n.participant from sluis.case_participant n where n.case_no = policies_of.case_no
	    union select y.participant from sluis.party y where y.case_no = policies_of.case_no)
	order by lower(p.name)
$$;
