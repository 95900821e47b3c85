#!/bin/sh
# Who may do what in the database: the whole list (T-56).
# shellcheck source=../lib.sh
. "${0%/*}/../lib.sh"
# shellcheck source=../lib/postgres.sh
. "$t/lib/postgres.sh"
skip_unless postgres postgres_bin

if ! { postgres_start "$work/pg" && postgres_schema "$work/pg"; } >"$work/log" 2>&1; then
	cat "$work/log" >&2
	exit 1
fi

sql() { postgres_ask "$work/pg" "$1"; }
sql_as() { postgres_ask "$work/pg" "$2" "$1" 2>&1; }

roles='sluis_in sluis_work sluis_out sluis_adm sluis_ro sluis_audit'

# may ROLE: what it may do, sorted, in one line.
may() {
	sql "select string_agg(distinct what, ' ' order by what) from (
		select proname from pg_proc p where pronamespace = 'sluis'::regnamespace
		    and has_function_privilege('$1', p.oid, 'execute')
		union all select relname || ':' || r from pg_class c,
		    unnest('{select,insert,update,delete,truncate,references,trigger}'::text[]) r
		    where relnamespace = 'sluis'::regnamespace and relkind in ('r', 'v', 'm', 'p')
		    and has_table_privilege('$1', c.oid, r)
		union all select relname || ':' || r from pg_class c, unnest('{usage,select,update}'::text[]) r
		    where relnamespace = 'sluis'::regnamespace and relkind = 'S'
		    and has_sequence_privilege('$1', c.oid, r)) q (what)"
}

words() { printf '%s\n' "$@" | LC_ALL=C sort | tr '\n' ' ' | sed 's/ $//'; }

digests='take_night team_night end_night digests_due take_digest digest_head digest_cases digest_contacts'
by_mail='find_nonce use_nonce keep_notice is_answered keep_answered note_act set_case
	last_act undo_act set_title watch_case set_duty readers may_read hold_answer find_held_answer held_cases settle_answer add_note untold ask_confirm replace_held
	confirm_outgoing stop_outgoing list_cases search_extracts set_clock owed_clocks owe_clock due_clocks told_clock put_triage link_case
	start_trial note_trial merge_case split_case last_merging move_message note_lesson what_was_learnt learning_due'
back='find_returned return_outgoing put_party_number mark_direct'
answers='note_consent consent_allows find_question introduce set_bridge forget_progress note_verification open_challenge answer_challenge find_contact keep_choice party_heard set_party_state silent_parties nudge_party silence_party'
feeds='begin_feed match_feed end_feed list_feeds list_faults due_hits tell_hits reserve_hits keep_hit finding:insert'
shared='acquaintances ask_party case_now list_advised last_night list_lessons replace_learnt accept_part add_audit add_event add_message add_party add_ref analysts_to_write case_concerns
	contacts_to_write correspondent file_outgoing find_identifiers sides_now find_case_by_party find_case_by_tag
	find_participant list_messages list_notes list_clocks tell_party triage_of links_of to_confirm list_parties list_consents list_verifications list_phone_tasks open_phone_task phone_facts stand_ins list_stragglers match_participants match_products policies_of past_of note_participant participant_of raw_of reached read_blob revoke_certificate keep_revocation version'

again='add_session_keys ask_again change_verdict due_reverifications find_session_keys heed_certificates
	keep_verdict postpone_reverifications take_reverifications unheeded_certificates'

# shellcheck disable=SC2046,SC2086 # lists of words
{
is "$(may sluis_in)" "$(words accept accept_part version)" 'in may take mails'
is "$(may sluis_work)" "$(words $shared $feeds digest_observations find_hit answer_hit $again $by_mail $answers $back $digests accept add_nonce analyst_of blame_reception \
    build_outgoing certificates_by_key certificates_of due_drafts due_receptions \
    find_case_by_origin find_case_by_refs find_case_by_reporter find_reporter \
    find_reception finish_reception forgive_reception may_acknowledge count_straggler note_inbox open_case owner_of_key \
    postpone_draft put_reporter quarantine_key reserve_case same_texts keep_sketch take_draft try_reception \
    expiring_keys note_identifiers note_key_warning remind_phone_task take_clock)" 'work may work'
is "$(may sluis_out)" "$(words defer_outgoing due_outgoing fail_outgoing hold_outgoing \
    read_blob sent_outgoing take_outgoing version)" 'out may send'
is "$(may sluis_adm)" "$(words $shared $feeds list_observations accept_feed open_advisory release_advisory reverify_case check_database drop_outgoing expect_test figures mark_reporter reporter_of find_test \
    finish_test give_lesson put_subscriber remove_subscriber list_subscribers list_addressees import_mail list_analysts list_audit list_trials list_cases list_certificates list_contacts \
    list_events list_outbox list_participants list_pauses list_receptions pause_outgoing \
    known_certificate revocations_of list_quarantine settle_quarantine put_analyst put_certificate put_contact put_participant queue_summary release_outgoing \
    remove_analyst remove_certificate remove_contact remove_participant resume_outgoing \
    retry_parked retry_reception search_extracts)" 'adm may do what operators do'
is "$(may sluis_ro)" "$(words case_view:select event_view:select message_view:select \
    outbox_view:select participant_view:select party_view:select reception_view:select \
    version)" 'ro may look'
is "$(may sluis_audit)" "$(words event_view:select list_audit version)" 'audit may look at events and the audit'
}
is "$(may sluis_digest)" "$(words best_certificate digest_cases digest_contacts digest_head digest_of)" 'the role of digests may look up what they show'
is "$(may public)" '' 'whoever else may connect one day may do nothing'

# What is asked above is what happens.
tables=$(sql "select relname from pg_class where relnamespace = 'sluis'::regnamespace and relkind = 'r'")
for table in $tables; do
	printf '%s;\n' "select * from sluis.$table" "delete from sluis.$table" "truncate sluis.$table"
done >"$work/statements"
count=0
for role in $roles; do
	count=$((count + $(postgres_told "$work/pg" "$role" <"$work/statements" 2>&1 | grep -c 'permission denied')))
done
is "$count" "$((6 * $(wc -l <"$work/statements")))" \
	'T-56: no role reads, empties or changes a table'
diag "T-56: $count statements refused"

is "$(sql "select count(*) from pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
    where pronamespace = 'sluis'::regnamespace and grantee = 0")" 0 'PUBLIC may run no function'
is "$(sql "select count(*) from pg_class, aclexplode(relacl)
    where relnamespace = 'sluis'::regnamespace and grantee = 0")" 0 'nor touch a table'
is "$(sql "select count(*) from pg_type, aclexplode(coalesce(typacl, acldefault('T', typowner)))
    where typnamespace = 'sluis'::regnamespace and typtype = 'c' and typname = 'case_ref' and grantee = 0")" 0 'nor a type'
is "$(sql "select count(*) from pg_namespace, aclexplode(nspacl)
    where nspname in ('sluis', 'public') and grantee = 0")" 0 'nor a schema'
is "$(sql "select count(*) from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
    where datname = current_database() and grantee = 0")" 0 'nor the database'
is "$(sql "select count(*) from pg_language, aclexplode(coalesce(lanacl, acldefault('l', lanowner)))
    where lanpltrusted and grantee = 0")" 0 'nor a language'

is "$(sql "select string_agg(proname, ' ') from pg_proc where pronamespace = 'sluis'::regnamespace
    and (proconfig is null or not proconfig @> '{\"search_path=pg_catalog, pg_temp\"}')")" '' \
	'every function pins its search_path'
is "$(sql "select string_agg(distinct rolname, ' ') from (
    select relowner from pg_class where relnamespace = 'sluis'::regnamespace
    union all select proowner from pg_proc where pronamespace = 'sluis'::regnamespace and proname !~ '^digest_(head|cases|contacts)$'
    union all select nspowner from pg_namespace where nspname = 'sluis') o (oid) join pg_roles using (oid)")" \
	sluis_owner 'everything is the owner'\''s'
is "$(sql "select string_agg(distinct rolname, ' ') from pg_proc p join pg_roles r on r.oid = p.proowner
    where pronamespace = 'sluis'::regnamespace and proname ~ '^digest_(head|cases|contacts)$'")" \
	sluis_digest 'but for what a digest shows'
is "$(sql "select rolcanlogin::text || rolsuper || rolbypassrls || rolcreaterole || rolcreatedb
    from pg_roles where rolname = 'sluis_owner'")" falsefalsefalsefalsefalse 'who is nobody much'
is "$(sql "select rolcanlogin::text || rolsuper || rolbypassrls || rolcreaterole || rolcreatedb
    from pg_roles where rolname = 'sluis_digest'")" falsefalsefalsefalsefalse 'nor is the role of digests'
is "$(sql "select count(*) from pg_roles where rolname ~ '^sluis_' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)")" \
	0 'nor are the others'

# What a digest shows is of one participant, whichever column is asked for (T-63).
sql "insert into sluis.participant (name, title) values ('one', 'One'), ('two', 'Two');
    insert into sluis.contact (participant, address) select id, name || '@x.example' from sluis.participant;
    insert into sluis.tag (tag, case_no) values ('RD-1', 1), ('RD-2', 2);
    insert into sluis.cases (no, tag, inbox) values (1, 'RD-1', 'rd@x.example'), (2, 'RD-2', 'rd@x.example');
    insert into sluis.party (case_no, number, role, participant, heard)
        select id, 0, 'participant', id, now() from sluis.participant" >/dev/null
# seen AS-WHOM: of the tables with a policy how many rows, of all of them.
seen() {
	sql "begin; set local role sluis_digest; select set_config('sluis.participant', '$1', true);
	    select (select count(id) from sluis.participant) || ' ' || (select count(id) from sluis.contact) || ' ' ||
	        (select count(no) from sluis.cases) || ' ' || (select count(id) from sluis.party)" | tail -n 1
}
is "$(seen '')" '0 0 0 0' 'T-63: with no participant set the role of digests sees no row'
is "$(seen 1) $(seen 2)" '1 1 1 1 1 1 1 1' 'T-63: with one set, the rows of that one'
is "$(sql "select string_agg(relname, ' ' order by relname) from pg_class where relnamespace = 'sluis'::regnamespace
    and relkind = 'r' and relrowsecurity and relforcerowsecurity")" \
	'act cases certificate clock contact digest message observation outbox participant party' 'T-63: row security is forced where it looks'
is "$(sql "select string_agg(distinct c.relname, ' ') from pg_class c join pg_attribute a on a.attrelid = c.oid
    where relnamespace = 'sluis'::regnamespace and not relforcerowsecurity and has_column_privilege('sluis_digest', c.oid, a.attnum, 'select')")" \
	'' 'T-63: and it looks nowhere else'
is "$(sql "select count(*) from pg_attribute a join pg_class c on c.oid = a.attrelid where relnamespace = 'sluis'::regnamespace
    and relkind = 'r' and attnum > 0 and atttypid = 'bytea'::regtype and relname <> 'certificate'
    and has_column_privilege('sluis_digest', c.oid, a.attnum, 'select')")" 0 'T-64: nothing sealed is within its sight'
is "$(sql_as sluis_work "select string_agg(tag, ' ') from sluis.digest_cases(1)")" RD-1 'T-63: nor may a function of it show another'
sql 'delete from sluis.party; delete from sluis.cases; delete from sluis.tag; delete from sluis.participant' >/dev/null

# A role cannot put something of its own where a function of ours would find it.
for role in $roles; do
	for try in 'create table public.x (n int)' 'create table sluis.x (n int)' 'create temp table x (n int)' \
	    'create schema x' "create function public.lower(text) returns text language sql as 'select 1'" \
	    "do 'begin end'" 'set role sluis_owner' 'alter role sluis_owner login'; do
		refused=$(sql_as "$role" "$try")
		case $refused in
		*'permission denied'* | *'must be'*) ;;
		*) result 1 "$role may not: $try" "$refused" ;;
		esac
	done
done
result 0 'no role makes anything'

for role in $roles; do
	is "$(sql_as "$role" "select concat_ws(' ', current_setting('search_path'), current_setting('synchronous_commit'),
	    current_setting('statement_timeout'), current_setting('lock_timeout'),
	    current_setting('idle_in_transaction_session_timeout'), current_setting('jit'))")" '"" on 30s 10s 1min off' "$role has its session"
done

is "$(sql "select count(*) from pg_attribute a join pg_class c on c.oid = a.attrelid
    where relnamespace = 'sluis'::regnamespace and relkind = 'v' and attnum > 0
    and atttypid in ('bytea'::regtype, 'uuid'::regtype)")" 0 'a view shows nothing sealed'

done_testing
