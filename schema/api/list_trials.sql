-- list_trials() returns whom a trial was sent, and how it was answered; null: not
-- yet. For adm.
create or replace function sluis.list_trials()
returns table (analyst int, sent timestamptz, answered timestamptz, signed boolean, encrypted boolean,
    nonce boolean, subject boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select t.analyst, t.sent, t.answered, t.signed, t.encrypted, t.nonce, t.subject from sluis.trial t
$$;
