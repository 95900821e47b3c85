-- Who may do what: the whole list. Runs as superuser, at every migrate, and
-- begins by taking everything away, so that nothing is left from an older
-- version. What is named nowhere here is for the owner's functions only.

revoke all on all tables in schema sluis from public, sluis_in, sluis_work, sluis_out, sluis_adm, sluis_ro, sluis_audit, sluis_digest;
revoke all on all sequences in schema sluis from public, sluis_in, sluis_work, sluis_out, sluis_adm, sluis_ro, sluis_audit;
revoke all on all functions in schema sluis from public, sluis_in, sluis_work, sluis_out, sluis_adm, sluis_ro, sluis_audit;
revoke all on schema sluis from public, sluis_in, sluis_work, sluis_out, sluis_adm, sluis_ro, sluis_audit, sluis_digest;

-- Nobody finds anything in this database by being nobody in particular: not the
-- database itself, nor the schema PostgreSQL leaves open, nor a language to
-- write code in.
do $$
begin
	execute format('revoke all on database %I from public, sluis_in, sluis_work, sluis_out, sluis_adm, sluis_ro, sluis_audit',
	    current_database());
	execute format('grant connect on database %I to sluis_in, sluis_work, sluis_out, sluis_adm, sluis_ro, sluis_audit',
	    current_database());
	if exists (select from pg_catalog.pg_namespace where nspname = 'public') then
		revoke all on schema public from public;
	end if;
end
$$;
revoke usage on language plpgsql, sql from public;
grant usage on language plpgsql, sql to sluis_owner;

grant usage on schema sluis to sluis_in, sluis_work, sluis_out, sluis_adm, sluis_ro, sluis_audit;
grant execute on function sluis.version() to sluis_in, sluis_work, sluis_out, sluis_adm, sluis_ro, sluis_audit;

-- What a digest shows of a participant: these columns, of its own rows only. The
-- functions that read them are of the role that may see no others (T-63).
alter function sluis.digest_head(int) owner to sluis_digest;
alter function sluis.digest_cases(int) owner to sluis_digest;
alter function sluis.digest_contacts(int) owner to sluis_digest;
grant usage on schema sluis to sluis_digest;
grant execute on function sluis.digest_of, sluis.best_certificate to sluis_digest;
grant select (id, name, title, languages, kind, digest, removed) on sluis.participant to sluis_digest;
grant select (participant, day, until) on sluis.digest to sluis_digest;
grant select (id, participant, address, name, phone, hours, deputy_of, language, receives, unreachable) on sluis.contact to sluis_digest;
grant select (id, contact, analyst, fingerprint, encryption, bytes, made, expires, unusable) on sluis.certificate to sluis_digest;
grant select (id, case_no, participant, state, heard) on sluis.party to sluis_digest;
grant select (no, tag, status, severity, tlp, test) on sluis.cases to sluis_digest;
grant select (case_no, kind, due, set, replaced) on sluis.clock to sluis_digest;
grant select (case_no, field, at, undone) on sluis.act to sluis_digest;
grant select (party, kind, state, sent) on sluis.outbox to sluis_digest;
grant select (party, direction, time, kind) on sluis.message to sluis_digest;
grant execute on function sluis.take_night, sluis.team_night, sluis.end_night, sluis.digests_due, sluis.take_digest, sluis.digest_head, sluis.digest_cases, sluis.digest_contacts to sluis_work;

grant execute on function sluis.last_night to sluis_work, sluis_adm;

-- Taking a mail. work takes what is filed by hand.
grant execute on function sluis.accept_part, sluis.accept to sluis_in, sluis_work;

-- Working on it.
grant execute on function
	sluis.find_reception, sluis.due_receptions, sluis.try_reception, sluis.forgive_reception, sluis.blame_reception, sluis.finish_reception,
	sluis.find_case_by_origin, sluis.find_case_by_refs, sluis.find_case_by_reporter,
	sluis.same_texts, sluis.keep_sketch, sluis.reserve_case, sluis.open_case, sluis.note_inbox, sluis.add_nonce,
	sluis.find_reporter, sluis.put_reporter, sluis.note_identifiers, sluis.quarantine_key, sluis.keep_revocation,
	sluis.count_straggler, sluis.may_acknowledge, sluis.due_drafts, sluis.take_draft, sluis.build_outgoing, sluis.postpone_draft,
	sluis.take_clock, sluis.expiring_keys, sluis.note_key_warning, sluis.remind_phone_task,
	sluis.analyst_of, sluis.owner_of_key, sluis.certificates_of, sluis.certificates_by_key
to sluis_work;

-- What the operator's tool does as well: looking up, and filing a forward.
grant execute on function
	sluis.read_blob,
	sluis.find_case_by_party, sluis.find_case_by_tag, sluis.case_concerns,
	sluis.note_participant, sluis.add_party, sluis.add_message, sluis.add_ref, sluis.add_event,
	sluis.file_outgoing, sluis.sides_now, sluis.find_identifiers,
	sluis.case_now, sluis.past_of, sluis.match_participants, sluis.match_products, sluis.policies_of, sluis.participant_of, sluis.find_participant,
	sluis.analysts_to_write, sluis.contacts_to_write, sluis.correspondent,
	sluis.phone_facts, sluis.stand_ins, sluis.open_phone_task, sluis.list_phone_tasks,
	sluis.revoke_certificate,
	sluis.list_parties, sluis.list_messages, sluis.raw_of, sluis.list_notes, sluis.list_clocks, sluis.tell_party, sluis.triage_of, sluis.links_of, sluis.to_confirm, sluis.list_stragglers
to sluis_work, sluis_adm;
grant execute on function sluis.accept_part, sluis.add_audit to sluis_adm;

-- Working by mail.
grant execute on function
	sluis.find_nonce, sluis.use_nonce, sluis.keep_notice, sluis.is_answered, sluis.keep_answered,
	sluis.note_act, sluis.add_audit, sluis.set_case, sluis.last_act, sluis.undo_act,
	sluis.set_title, sluis.watch_case, sluis.set_duty, sluis.readers, sluis.may_read,
	sluis.hold_answer, sluis.find_held_answer, sluis.held_cases, sluis.settle_answer, sluis.add_note, sluis.untold,
	sluis.ask_confirm, sluis.replace_held, sluis.confirm_outgoing, sluis.stop_outgoing,
	sluis.list_cases, sluis.search_extracts,
	sluis.set_clock, sluis.owed_clocks, sluis.owe_clock, sluis.due_clocks, sluis.told_clock, sluis.put_triage, sluis.link_case,
	sluis.start_trial, sluis.note_trial,
	sluis.merge_case, sluis.split_case, sluis.last_merging, sluis.move_message
to sluis_work;

-- Learning from what was decided.
grant execute on function sluis.note_lesson, sluis.what_was_learnt, sluis.learning_due to sluis_work;
grant execute on function sluis.list_lessons, sluis.replace_learnt to sluis_work, sluis_adm;
grant execute on function sluis.give_lesson to sluis_adm;

-- Who is it.
grant execute on function sluis.note_verification, sluis.open_challenge, sluis.answer_challenge to sluis_work;
grant execute on function sluis.list_verifications to sluis_work, sluis_adm;

-- Who agrees to what.
grant execute on function sluis.note_consent, sluis.consent_allows, sluis.find_question,
	sluis.introduce, sluis.set_bridge, sluis.forget_progress
to sluis_work;
grant execute on function sluis.list_consents, sluis.acquaintances to sluis_work, sluis_adm;

-- What organisations answer, or do not.
grant execute on function
	sluis.find_contact, sluis.keep_choice, sluis.party_heard, sluis.set_party_state,
	sluis.silent_parties, sluis.nudge_party, sluis.silence_party
to sluis_work;

-- Feeds: their rows come by COPY, and are read by functions only.
grant insert on sluis.finding to sluis_work, sluis_adm;
grant execute on function sluis.begin_feed, sluis.match_feed, sluis.end_feed, sluis.list_feeds, sluis.list_faults,
	sluis.due_hits, sluis.tell_hits, sluis.reserve_hits, sluis.keep_hit
to sluis_work, sluis_adm;
grant execute on function sluis.digest_observations, sluis.find_hit, sluis.answer_hit to sluis_work;
grant execute on function sluis.list_observations, sluis.accept_feed to sluis_adm;

-- Advisories.
grant execute on function sluis.list_advised, sluis.ask_party to sluis_work, sluis_adm;
grant execute on function sluis.open_advisory, sluis.release_advisory to sluis_adm;

-- What comes back, and who writes to whom.
grant execute on function
	sluis.find_returned, sluis.return_outgoing, sluis.put_party_number, sluis.mark_direct
to sluis_work;
grant execute on function sluis.reached to sluis_work, sluis_adm;

-- The ledger of ciphertexts, and verifying again.
grant execute on function
	sluis.find_session_keys, sluis.add_session_keys,
	sluis.ask_again, sluis.unheeded_certificates, sluis.heed_certificates, sluis.due_reverifications,
	sluis.take_reverifications, sluis.keep_verdict, sluis.change_verdict, sluis.postpone_reverifications
to sluis_work;
grant execute on function sluis.reverify_case to sluis_adm;

-- Sending.
grant execute on function
	sluis.read_blob, sluis.due_outgoing, sluis.take_outgoing,
	sluis.sent_outgoing, sluis.defer_outgoing, sluis.fail_outgoing, sluis.hold_outgoing
to sluis_out;

-- The operator's own.
grant execute on function
	sluis.put_participant, sluis.remove_participant, sluis.list_participants,
	sluis.put_contact, sluis.remove_contact, sluis.list_contacts,
	sluis.put_analyst, sluis.remove_analyst, sluis.list_analysts,
	sluis.put_certificate, sluis.remove_certificate, sluis.list_certificates, sluis.known_certificate,
	sluis.list_quarantine, sluis.settle_quarantine, sluis.keep_revocation, sluis.revocations_of,
	sluis.list_cases, sluis.list_events,
	sluis.list_receptions, sluis.retry_reception,
	sluis.list_outbox, sluis.release_outgoing, sluis.drop_outgoing,
	sluis.pause_outgoing, sluis.resume_outgoing, sluis.list_pauses, sluis.retry_parked,
	sluis.search_extracts, sluis.import_mail,
	sluis.expect_test, sluis.find_test, sluis.finish_test,
	sluis.put_subscriber, sluis.remove_subscriber, sluis.list_subscribers, sluis.list_addressees,
	sluis.mark_reporter, sluis.reporter_of,
	sluis.list_trials, sluis.list_audit, sluis.figures,
	sluis.queue_summary, sluis.check_database
to sluis_adm;

-- Only looking.
grant select on sluis.case_view, sluis.party_view, sluis.message_view, sluis.reception_view,
	sluis.outbox_view, sluis.participant_view, sluis.event_view to sluis_ro;
grant select on sluis.event_view to sluis_audit;
grant execute on function sluis.list_audit to sluis_audit;
