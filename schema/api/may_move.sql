-- may_move(from, to): may a case go from this status to that one? Forward as it
-- ripens, back for more work, to closed from anywhere; out of closed only by
-- being opened again.
create or replace function sluis.may_move("from" text, "to" text) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp
as $$
	select ("from", "to") in (
		('new', 'triage'), ('new', 'forwarded'), ('new', 'waiting'), ('new', 'closed'),
		('triage', 'forwarded'), ('triage', 'waiting'), ('triage', 'resolved'), ('triage', 'closed'),
		('forwarded', 'waiting'), ('forwarded', 'fixing'), ('forwarded', 'resolved'), ('forwarded', 'closed'),
		('waiting', 'triage'), ('waiting', 'forwarded'), ('waiting', 'fixing'), ('waiting', 'resolved'), ('waiting', 'closed'),
		('fixing', 'waiting'), ('fixing', 'resolved'), ('fixing', 'disclosed'), ('fixing', 'closed'),
		('resolved', 'fixing'), ('resolved', 'disclosed'), ('resolved', 'closed'),
		('disclosed', 'closed'), ('closed', 'triage'))
$$;
