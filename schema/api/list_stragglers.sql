-- list_stragglers() returns how many mails came encrypted to each former key of
-- the team after its grace, and how many senders were told. For work and adm.
create or replace function sluis.list_stragglers()
returns table (fingerprint text, mails bigint, told bigint, last timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select s.fingerprint, s.mails, (select count(*) from sluis.outbox o
	    where o.kind = 'straggler' and o.cause = 'key ' || s.fingerprint and o.state <> 'dropped'), s.last
	from sluis.straggler s order by s.last
$$;
