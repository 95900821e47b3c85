-- start_trial(analyst): a trial is sent to the analyst. For work.
create or replace function sluis.start_trial(analyst int) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.trial as t (analyst) values (start_trial.analyst)
	on conflict on constraint trial_pkey do update
	set sent = now(), answered = null, signed = null, encrypted = null, nonce = null, subject = null
$$;
