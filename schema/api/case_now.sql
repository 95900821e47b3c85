-- case_now(case_no) returns what an analyst can set in a case, as it is; moves
-- are the statuses it may go to, embargo the moment before which nothing of it is
-- public. For work.
create or replace function sluis.case_now(case_no int)
returns table (tag text, inboxes text[], status text, moves text[], class text, motive text, severity text,
    tlp text, owner text, revision int, opened timestamptz, replayed boolean, embargo timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select c.tag, array(select i.inbox from sluis.case_inbox i where i.case_no = c.no),
	    c.status, array(select s.s from unnest('{new,triage,forwarded,waiting,fixing,resolved,disclosed,closed}'::text[]) s (s)
	        where sluis.may_move(c.status, s.s)),
	    c.class, c.motive, c.severity, c.tlp, a.name, c.revision, c.opened, c.replayed,
	    (select max(k.due) from sluis.clock k where k.case_no = c.no and k.kind = 'embargo' and not k.replaced)
	from sluis.cases c left join sluis.analyst a on a.id = c.owner
	where c.no = case_now.case_no
$$;
