-- note_trial(analyst, signed, encrypted, nonce, subject): how the answer to a trial
-- came; without its one-time word only while a trial waits for one. For work.
create or replace function sluis.note_trial(analyst int, signed boolean, encrypted boolean, nonce boolean,
    subject boolean) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	update sluis.trial t
	set answered = now(), signed = note_trial.signed, encrypted = note_trial.encrypted,
	    nonce = note_trial.nonce, subject = note_trial.subject
	where t.analyst = note_trial.analyst and (note_trial.nonce or t.answered is null)
$$;
