/* store - receptions, cases and the outbox: states, locks, once and not twice */

#include "cluster.h"

#include "admin.h"
#include "buffer.h"
#include "cases.h"
#include "error.h"
#include "outbox.h"
#include "reception.h"

static Cluster *cluster;
static Db *in, *work, *other, *out, *adm;

static bool
is_word(GBytes *bytes, const char *text)
{
	g_autoptr(GBytes) wanted = bytes_text(text);

	return g_bytes_equal(bytes, wanted);
}

/* Gives the words of an array, one after the other. */
static GBytes *
next_part(void *source)
{
	const char ***words = source;

	return **words != NULL ? bytes_text(*(*words)++) : NULL;
}

static bool
accept_mail(const char *fingerprint, const char *origin, const char *inbox, bool *again, GError **error)
{
	const char *chunks[] = { "SLS1 one", "two", "three", NULL }, **source = chunks;
	g_autoptr(GBytes) print = bytes_text(fingerprint), from = bytes_text(origin);
	g_autoptr(GBytes) wrapped = bytes_text("wrapped"), envelope = bytes_text("envelope");
	const Acceptance acceptance = {
		.inbox = inbox, .fingerprint = print, .origin = from, .size = 11,
		.next_part = next_part, .source = &source, .wrapped = wrapped, .envelope = envelope,
	};

	return reception_accept(in, &acceptance, again, error);
}

/* A mail of its own, taken; its reception. */
static gint64
taken(const char *fingerprint)
{
	bool again;

	g_assert_true(accept_mail(fingerprint, fingerprint, "rd@sluis.example", &again, NULL));
	g_assert_false(again);
	return cluster_number(cluster, "select max(id) as n from sluis.reception");
}

/* "x from y where id =" of that id. */
static gint64
number(const char *what, gint64 id)
{
	g_autofree char *sql = g_strdup_printf("select (select %s %" G_GINT64_FORMAT ")::bigint as n", what, id);

	return cluster_number(cluster, sql);
}

static bool
has(const GArray *ids, gint64 id)
{
	for (guint i = 0; i < ids->len; i++)
		if (g_array_index(ids, gint64, i) == id)
			return true;
	return false;
}

static bool
is_due(gint64 id)
{
	g_autoptr(GArray) due = reception_due(other, 1000, NULL);

	return has(due, id);
}

static bool
may_leave(gint64 id)
{
	g_autoptr(GArray) due = outbox_due(out, 1000, NULL);

	return has(due, id);
}

static Reception *
begun(Db *db, gint64 id)
{
	Reception *reception = NULL;

	g_assert_cmpint(reception_try(db, id, 3, &reception, NULL), ==, TRY_GO);
	return reception;
}

/* T-5, T-6: the same bytes for the same inbox are taken once. */
static void
test_accept(void)
{
	bool again, notified;

	g_assert_true(db_listen(work, "sluis_reception", NULL));
	g_assert_true(accept_mail("print 1", "origin 1", "rd@sluis.example", &again, NULL));
	g_assert_false(again);
	g_assert_true(db_wait(work, -1, 10000, &notified, NULL));
	g_assert_true(notified);
	g_assert_true(accept_mail("print 1", "origin 1", "rd@sluis.example", &again, NULL));
	g_assert_true(again);
	g_assert_true(accept_mail("print 1", "origin 1", "cert@sluis.example", &again, NULL));
	g_assert_false(again);
	g_assert_true(accept_mail("print 2", "origin 1", "rd@sluis.example", &again, NULL));
	g_assert_false(again);
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from sluis.reception"), ==, 3);
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from sluis.message_key"), ==, 3);
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from sluis.blob_part"), ==, 9);
}

/* T-4: what would not be kept is not taken. */
static void
test_not_durable(void)
{
	GError *error = NULL;
	bool again;

	g_assert_true(db_do(in, "set synchronous_commit = off", NULL, NULL));
	g_assert_false(accept_mail("print 3", "origin 3", "rd@sluis.example", &again, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_RETRY);
	g_assert_nonnull(strstr(error->message, "does not keep"));
	g_clear_error(&error);
	g_assert_true(db_do(in, "set synchronous_commit = on", NULL, NULL));
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from sluis.blob_part"), ==, 9);
	g_assert_true(accept_mail("print 3", "origin 3", "rd@sluis.example", &again, NULL));
	g_assert_false(again);
}

static void
test_try(void)
{
	gint64 id = taken("try");
	g_autoptr(Reception) reception = NULL, none = NULL;
	g_autoptr(GPtrArray) chunks = NULL;
	Finish done = { .state = "done", .class = "spam" };
	GError *error = NULL;

	g_assert_true(is_due(id));
	reception = begun(work, id);
	g_assert_cmpstr(reception->inbox, ==, "rd@sluis.example");
	g_assert_cmpint(reception->tries, ==, 1);
	g_assert_cmpint(reception->size, ==, 11);
	g_assert_true(is_word(reception->wrapped, "wrapped"));
	chunks = blob_read(work, reception->blob, NULL);
	g_assert_cmpint(chunks->len, ==, 3);
	g_assert_true(is_word(g_ptr_array_index(chunks, 2), "three"));
	g_assert_false(is_due(id));		/* locked */
	g_assert_cmpint(reception_try(other, id, 3, &none, NULL), ==, TRY_BUSY);
	g_assert_null(none);
	g_assert_false(reception_finish(other, id, &done, &error));	/* not its lock */
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_RETRY);
	g_clear_error(&error);
	g_assert_true(reception_finish(work, id, &done, NULL));
	g_assert_false(is_due(id));
	g_assert_cmpint(reception_try(other, id, 3, &none, NULL), ==, TRY_OVER);
	g_assert_false(reception_finish(work, id, &done, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_RETRY);
	g_clear_error(&error);
}

/* A finished try that is not committed yet is waited for, not done again. */
static void
test_handing_on(void)
{
	gint64 id = taken("handing on");
	g_autoptr(Reception) reception = begun(work, id), none = NULL;
	Finish done = { .state = "done" };

	g_assert_true(db_begin(work, NULL));
	g_assert_true(reception_finish(work, id, &done, NULL));
	g_assert_true(db_do(other, "set lock_timeout = '50ms'", NULL, NULL));
	g_assert_cmpint(reception_try(other, id, 3, &none, NULL), ==, TRY_BUSY);
	g_assert_true(db_do(other, "set lock_timeout = '10s'", NULL, NULL));
	g_assert_true(db_commit(work, NULL));
	g_assert_cmpint(reception_try(other, id, 3, &none, NULL), ==, TRY_OVER);
}

/* T-10: counted before it is tried; parked when the tries are used up. */
static void
test_died(void)
{
	gint64 id = taken("died");
	g_autoptr(Reception) spent = NULL, none = NULL;
	const Finish parked = { .state = "parked", .reason = "tries" };

	for (int i = 1; i <= 3; i++) {
		Db *dying = cluster_open(cluster, "sluis_work");
		g_autoptr(Reception) reception = begun(dying, id);

		g_assert_cmpint(reception->tries, ==, i);
		db_close(dying);
		while (!is_due(id))
			;	/* until the server has noticed */
	}
	g_assert_cmpint(reception_try(work, id, 3, &spent, NULL), ==, TRY_SPENT);
	g_assert_true(reception_finish(work, id, &parked, NULL));
	g_assert_cmpint(reception_try(work, id, 3, &none, NULL), ==, TRY_OVER);
	g_assert_true(admin_retry_reception(adm, id, NULL));
	g_assert_true(is_due(id));
}

static void
test_put_off(void)
{
	gint64 id = taken("put off");
	g_autoptr(Reception) one = begun(work, id), two = NULL, none = NULL;

	g_assert_true(reception_forgive(work, id, "agent", 0, NULL));	/* T-9 */
	two = begun(work, id);
	g_assert_cmpint(two->tries, ==, 1);
	g_assert_true(reception_blame(other, id, "signal", 3600, NULL));	/* the parent tells */
	g_assert_cmpint(number("tries from sluis.reception where id =", id), ==, 1);
	g_assert_false(is_due(id));
	g_assert_cmpint(reception_try(work, id, 3, &none, NULL), ==, TRY_BUSY);
}

static void
test_erased(void)
{
	gint64 id = taken("erased");
	g_autoptr(Reception) none = NULL;

	cluster_do(cluster, "delete from sluis.message_key using sluis.reception r "
	    "where r.key_id = message_key.id and r.fingerprint = 'erased'");
	g_assert_cmpint(reception_try(work, id, 3, &none, NULL), ==, TRY_PARKED);
}

static guint
reserved(gint64 reception, char **tag)
{
	guint case_no = 0;
	GError *error = NULL;

	case_reserve(work, reception, "RD", 2026, &case_no, tag, &error);
	g_assert_no_error(error);
	return case_no;
}

/* A case of its own with a reporter's party. */
static guint
opened(const char *name, gint64 *party)
{
	g_autofree char *tag = NULL;
	g_autoptr(GBytes) hash = bytes_text(name), wrapped = bytes_text("w"), record = bytes_text("r");
	guint case_no = reserved(0, &tag), party_number;
	const NewCase matter = {
		.case_no = case_no, .tag = tag, .inbox = "rd@sluis.example",
		.class = "vulnerability", .motive = "unknown",
	};
	gint64 reporter = reporter_put(work, hash, wrapped, record, NULL);

	g_assert_cmpint(reporter, >, 0);
	g_assert_true(case_open(work, &matter, NULL));
	*party = case_add_party(work, case_no, "reporter", 0, reporter, "en", &party_number, NULL);
	g_assert_cmpint(*party, >, 0);
	g_assert_cmpint(party_number, ==, 0);
	return case_no;
}

/* The check letter, written down once more and otherwise: weights 1 and 2 from
 * the right over the whole word, which then is a multiple of 32. */
static bool
luhn(const char *tag)
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	guint sum = 0, weight = 1;

	for (gssize i = (gssize)strlen(tag) - 1; i >= 0; i--) {
		guint value;

		if (tag[i] == '-')
			continue;
		g_assert_nonnull(strchr(letters, tag[i]));
		value = (guint)(strchr(letters, tag[i]) - letters) * weight;
		sum += value / 32 + value % 32;
		weight = 3 - weight;
	}
	return sum % 32 == 0;
}

static void
test_tags(void)
{
	gint64 id = taken("tags");
	g_autofree char *one = NULL, *same = NULL;
	guint first = reserved(id, &one);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GError *error = NULL;

	g_assert_cmpint(reserved(id, &same), ==, first);
	g_assert_cmpstr(same, ==, one);
	for (int i = 0; i < 300; i++) {
		char *tag = NULL;

		reserved(0, &tag);
		g_assert_true(g_regex_match_simple("^RD-2026-[0-9A-HJKMNP-TV-Z]{5}$", tag, 0, 0));
		g_assert_true(luhn(tag));
		tag[9] = tag[9] == 'A' ? 'B' : 'A';	/* any one wrong letter is noticed */
		g_assert_false(luhn(tag));
		g_hash_table_add(seen, tag);
	}
	g_assert_cmpint(g_hash_table_size(seen), >, 250);	/* random, not counted up */
	g_assert_false(case_reserve(work, 0, "rd; drop", 2026, &first, &same, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	g_clear_error(&error);
}

static void
test_case(void)
{
	gint64 party, again;
	guint case_no = opened("case", &party), party_number;
	g_autoptr(CaseRef) by_party = case_by_party(work, case_no, 0, NULL);
	g_autoptr(CaseRef) by_tag = case_by_tag(adm, by_party->tag, NULL);
	g_autoptr(CaseRef) by_reporter = case_by_reporter(work, by_party->reporter, false, NULL);
	GError *error = NULL;

	g_assert_cmpint(by_party->party, ==, party);
	g_assert_cmpstr(by_party->role, ==, "reporter");
	g_assert_cmpstr(by_party->inbox, ==, "rd@sluis.example");
	g_assert_cmpint(by_tag->case_no, ==, case_no);
	g_assert_cmpint(by_tag->party, ==, 0);
	g_assert_null(by_tag->role);
	g_assert_cmpint(by_reporter->case_no, ==, case_no);
	again = case_add_party(work, case_no, "reporter", 0, by_party->reporter, "en", &party_number, NULL);
	g_assert_cmpint(again, ==, party);
	again = case_add_party(work, case_no, "supplier", 0, 0, NULL, &party_number, NULL);
	g_assert_cmpint(again, !=, party);
	g_assert_cmpint(party_number, ==, 1);
	g_assert_null(case_by_party(work, case_no, 7, &error));
	g_assert_no_error(error);
	g_assert_null(case_by_tag(work, "RD-2026-00000'", &error));
	g_assert_no_error(error);
}

/* One change a transaction; a nonce is bound to what the case then is. */
static void
test_revision(void)
{
	gint64 party;
	guint case_no;
	g_autoptr(GBytes) nonce = bytes_text("nonce"), notice = bytes_text("notice"),
	    sealed = bytes_text("x");
	NewMessage message = { .time = 1, .verified = true, .wrapped = sealed, .extract = sealed };
	int analyst = admin_put_analyst(adm, "nonce", "nonce@sluis.example", NULL, NULL, NULL);

	g_assert_true(db_begin(work, NULL));
	case_no = opened("revision", &party);
	message.party = party;
	g_assert_cmpint(case_add_message(work, &message, NULL), >, 0);
	g_assert_true(db_commit(work, NULL));
	g_assert_cmpint(number("revision from sluis.cases where no =", case_no), ==, 1);
	g_assert_true(db_begin(work, NULL));
	g_assert_cmpint(case_add_message(work, &message, NULL), >, 0);
	g_assert_cmpint(case_add_message(work, &message, NULL), >, 0);
	g_assert_true(case_add_nonce(work, nonce, analyst, case_no, notice, "reception 1", 1, 0, NULL));
	g_assert_true(db_commit(work, NULL));
	g_assert_cmpint(number("revision from sluis.cases where no =", case_no), ==, 2);
	g_assert_cmpint(number("revision from sluis.nonce where case_no =", case_no), ==, 2);
	message.out = true;
	g_assert_cmpint(case_add_message(work, &message, NULL), >, 0);
	g_assert_cmpint(number("revision from sluis.cases where no =", case_no), ==, 2);
}

static void
test_refs(void)
{
	gint64 party, elsewhere;
	guint case_no = opened("refs", &party), second = opened("refs elsewhere", &elsewhere);
	g_autoptr(GBytes) a = bytes_text("id a"), b = bytes_text("id b"), c = bytes_text("id c");
	g_autoptr(GPtrArray) hashes = g_ptr_array_new();
	g_autofree char *kind = NULL, *none = NULL;
	int analyst = 0;
	g_autoptr(CaseRef) ref = NULL;
	GError *error = NULL;

	g_assert_true(case_add_ref(work, a, "seen", case_no, party, 0, NULL));
	g_assert_true(case_add_ref(work, a, "seen", case_no, party, 0, NULL));
	g_assert_true(case_add_ref(work, b, "seen", second, elsewhere, 0, NULL));
	g_assert_true(case_add_ref(work, b, "minted", case_no, party, 0, NULL));
	g_ptr_array_add(hashes, c);
	g_assert_null(case_by_refs(work, hashes, &none, &analyst, &error));
	g_assert_no_error(error);
	g_ptr_array_add(hashes, b);
	g_ptr_array_add(hashes, a);
	ref = case_by_refs(work, hashes, &kind, &analyst, NULL);
	g_assert_cmpstr(kind, ==, "minted");
	g_assert_cmpint(ref->party, ==, party);
}

/* Two copies of one mail: the second waits, and then finds the case. */
static void
test_origin(void)
{
	gint64 id = taken("origin"), party;
	guint case_no = opened("origin", &party);
	g_autoptr(GBytes) origin = bytes_text("origin"), sealed = bytes_text("x");
	g_autoptr(Reception) reception = begun(work, id);
	g_autoptr(CaseRef) found = NULL;
	const NewMessage message = { .party = party, .time = 1, .reception = id,
	    .wrapped = sealed, .extract = sealed };
	Finish done = { .state = "done", .case_no = case_no };
	Db *first = cluster_open(cluster, "sluis_work");
	GError *error = NULL;

	g_assert_null(case_by_origin(first, origin, &error));
	g_assert_no_error(error);
	g_assert_true(db_do(other, "set lock_timeout = '50ms'", NULL, NULL));
	g_assert_null(case_by_origin(other, origin, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_RETRY);
	g_clear_error(&error);
	g_assert_true(db_do(other, "set lock_timeout = '10s'", NULL, NULL));
	done.message = case_add_message(work, &message, NULL);
	g_assert_true(reception_finish(work, id, &done, NULL));
	db_close(first);
	found = case_by_origin(other, origin, &error);
	g_assert_no_error(error);
	g_assert_cmpint(found->case_no, ==, case_no);
	g_assert_cmpint(found->party, ==, party);
}

static void
test_reporter(void)
{
	g_autoptr(GBytes) hash = bytes_text("who"), one = bytes_text("1"), two = bytes_text("2");
	g_autoptr(GBytes) wrapped = NULL, record = NULL;
	GError *error = NULL;
	gint64 id, keys;

	g_assert_cmpint(reporter_find(work, hash, &wrapped, &record, &error), ==, 0);
	g_assert_no_error(error);
	id = reporter_put(work, hash, one, one, NULL);
	keys = cluster_number(cluster, "select count(*) as n from sluis.message_key");
	g_assert_cmpint(reporter_put(work, hash, two, two, NULL), ==, id);
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from sluis.message_key"), ==, keys);
	g_assert_cmpint(reporter_find(work, hash, &wrapped, &record, NULL), ==, id);
	g_assert_true(g_bytes_equal(wrapped, two));
	g_assert_true(g_bytes_equal(record, two));
}

static gint64
filed(const char *cause, const char *state, bool with_bytes, bool *again)
{
	g_autoptr(GPtrArray) chunks = g_ptr_array_new();
	g_autoptr(GBytes) sealed = bytes_text("sealed");
	const NewOutgoing outgoing = {
		.kind = "forward", .cause = cause, .target = "contact 1", .state = state,
		.reason = strcmp(state, "held") == 0 ? "no-key" : NULL,
		.send_wrapped = with_bytes ? sealed : NULL, .envelope = with_bytes ? sealed : NULL,
		.bytes = with_bytes ? chunks : NULL, .draft = with_bytes ? NULL : chunks,
		.wrapped = sealed, .record = sealed,
	};
	GError *error = NULL;
	gint64 id;

	g_ptr_array_add(chunks, sealed);
	id = outbox_file(work, &outgoing, again, &error);
	g_assert_no_error(error);
	return id;
}

static void
test_once(void)
{
	bool again;
	gint64 id = filed("once", "ready", true, &again), parts;

	g_assert_false(again);
	parts = cluster_number(cluster, "select count(*) as n from sluis.blob_part");
	g_assert_cmpint(filed("once", "ready", true, &again), ==, id);
	g_assert_true(again);
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from sluis.blob_part"), ==, parts);
	g_assert_cmpint(filed("twice", "ready", true, &again), !=, id);
	g_assert_false(again);
}

static void
test_send(void)
{
	bool again;
	gint64 id = filed("send", "ready", true, &again);
	Db *second = cluster_open(cluster, "sluis_out");
	g_autoptr(Outgoing) one = NULL, none = NULL, two = NULL;
	g_autoptr(GPtrArray) chunks = NULL;
	GError *error = NULL;

	g_assert_true(may_leave(id));
	one = outbox_take(out, id, NULL);
	g_assert_cmpint(one->attempts, ==, 1);
	chunks = blob_read(out, one->blob, NULL);
	g_assert_cmpint(chunks->len, ==, 1);
	g_assert_false(may_leave(id));
	none = outbox_take(second, id, &error);
	g_assert_no_error(error);
	g_assert_null(none);
	g_assert_false(outbox_sent(second, id, &error));	/* somebody else has it */
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_RETRY);
	g_clear_error(&error);
	g_assert_false(admin_drop(adm, id, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_REFUSED);
	g_clear_error(&error);
	g_assert_true(outbox_defer(out, id, "sendmail", 0, NULL));
	two = outbox_take(second, id, NULL);
	g_assert_cmpint(two->attempts, ==, 2);
	db_close(second);				/* dies: due again (T-7) */
	while (!may_leave(id))
		;
	g_assert_true(outbox_sent(out, id, NULL));	/* it had left after all */
	g_assert_true(outbox_sent(out, id, NULL));
	g_assert_false(may_leave(id));
	g_assert_false(outbox_fail(out, id, "x", &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	g_clear_error(&error);
}

/* out reads the bytes of what it sends, and no others. */
static void
test_out_reads(void)
{
	bool again;
	gint64 id = filed("reads", "ready", true, &again);
	g_autoptr(Outgoing) one = outbox_take(out, id, NULL);
	g_autoptr(GPtrArray) chunks = NULL;
	GError *error = NULL;

	g_assert_true(outbox_sent(out, id, NULL));
	chunks = blob_read(out, one->blob, &error);
	g_assert_null(chunks);
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	g_clear_error(&error);
}

static void
test_held(void)
{
	bool again;
	gint64 id = filed("held", "held", true, &again);
	g_autoptr(Outgoing) one = NULL;
	GError *error = NULL;

	g_assert_false(may_leave(id));
	g_assert_null(outbox_take(out, id, NULL));
	g_assert_true(admin_release(adm, id, NULL));
	g_assert_true(may_leave(id));
	one = outbox_take(out, id, NULL);
	g_assert_true(outbox_hold(out, id, "guard-fields", NULL));	/* T-53 */
	g_assert_false(may_leave(id));
	g_assert_true(admin_drop(adm, id, NULL));
	g_assert_false(admin_release(adm, id, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_REFUSED);
	g_assert_nonnull(strstr(error->message, "dropped, not held"));
	g_clear_error(&error);
}

static void
test_draft(void)
{
	bool again;
	gint64 id = filed("draft", "held", false, &again);
	g_autoptr(GArray) before = outbox_due_drafts(work, 100, NULL), after = NULL;
	g_autoptr(HeldDraft) draft = NULL, none = NULL;
	g_autoptr(GPtrArray) chunks = g_ptr_array_new();
	g_autoptr(GBytes) sealed = bytes_text("final");
	NewOutgoing built = { .state = "held", .reason = "no-key" };
	GError *error = NULL;

	g_assert_false(has(before, id));
	g_assert_true(admin_release(adm, id, NULL));
	g_assert_false(may_leave(id));
	after = outbox_due_drafts(work, 100, NULL);
	g_assert_true(has(after, id));
	draft = outbox_take_draft(work, id, NULL);
	g_assert_cmpstr(draft->target, ==, "contact 1");
	none = outbox_take_draft(other, id, &error);
	g_assert_no_error(error);
	g_assert_null(none);
	g_assert_true(outbox_build(work, id, &built, NULL));		/* still no key */
	g_assert_null(outbox_take_draft(work, id, NULL));
	g_assert_true(admin_release(adm, id, NULL));
	held_draft_free(outbox_take_draft(work, id, NULL));
	g_ptr_array_add(chunks, sealed);
	built = (NewOutgoing){ .state = "ready", .send_wrapped = sealed, .envelope = sealed, .bytes = chunks };
	g_assert_false(outbox_build(other, id, &built, &error));	/* not its lock */
	g_clear_error(&error);
	g_assert_true(outbox_build(work, id, &built, NULL));
	g_assert_true(may_leave(id));
	g_assert_cmpint(number("count(*) from sluis.outbox where draft is not null and id =", id), ==, 0);
}

/* T-51: counted for each sender, and for all. */
static void
test_budget(void)
{
	g_autoptr(GBytes) who = bytes_text("sender hash"), else_who = bytes_text("another"),
	    sealed = bytes_text("x");
	g_autoptr(GPtrArray) chunks = g_ptr_array_new();
	NewOutgoing ack = { .kind = "ack", .target = "party 1", .state = "ready", .sender_hash = who,
	    .send_wrapped = sealed, .envelope = sealed, .wrapped = sealed, .record = sealed, .bytes = chunks };
	bool may, again;

	for (int i = 0; i < 4; i++) {
		g_autofree char *cause = g_strdup_printf("budget %d", i);

		g_assert_true(outbox_may_acknowledge(work, who, 3, 1000, &may, NULL));
		g_assert_cmpint(may, ==, i < 3);
		ack.cause = cause;
		ack.state = i < 3 ? "ready" : "held";
		g_assert_cmpint(outbox_file(work, &ack, &again, NULL), >, 0);
	}
	g_assert_true(outbox_may_acknowledge(work, else_who, 3, 1000, &may, NULL));
	g_assert_true(may);
	g_assert_true(outbox_may_acknowledge(work, else_who, 3, 3, &may, NULL));
	g_assert_false(may);
}

static void
test_lists(void)
{
	g_autoptr(Rows) receptions = admin_receptions(adm, 0, NULL), two = admin_receptions(adm, 2, NULL);
	g_autoptr(Rows) cases = admin_cases(adm, 0, NULL), outbox = admin_outbox(adm, 0, NULL);
	g_autoptr(Rows) one = admin_reception(adm, rows_int(two, 1, "id"), NULL);
	g_autoptr(Rows) matter = admin_case(adm, rows_text(cases, 0, "tag"), NULL);
	guint case_no = (guint)rows_int(matter, 0, "case_no");
	g_autoptr(Rows) parties = admin_parties(adm, case_no, NULL);
	g_autoptr(Rows) messages = admin_messages(adm, case_no, NULL);
	g_autoptr(Rows) events = admin_events(adm, case_no, NULL);
	GError *error = NULL;

	g_assert_cmpint(rows_count(receptions), >, 5);
	g_assert_cmpint(rows_count(two), ==, 2);
	g_assert_cmpint(rows_int(two, 0, "id"), >, rows_int(two, 1, "id"));
	g_assert_cmpstr(rows_text(one, 0, "blob"), ==, rows_text(two, 1, "blob"));
	g_assert_cmpint(rows_count(outbox), >, 5);
	g_assert_nonnull(rows_text(outbox, 0, "state"));
	g_assert_cmpint(rows_count(parties), >=, 1);
	g_assert_nonnull(messages);
	g_assert_nonnull(events);
	g_assert_null(admin_case(adm, "RD-2026-XXXXX", &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_REFUSED);
	g_clear_error(&error);
}

int
main(int argc, char *argv[])
{
	static const ClusterSession sessions[] = {
		{ &in, "sluis_in" }, { &work, "sluis_work" }, { &other, "sluis_work" },
		{ &out, "sluis_out" }, { &adm, "sluis_adm" }, { 0 }
	};
	static const ClusterTest tests[] = {
		{ "/reception/accept", test_accept }, { "/reception/not-durable", test_not_durable },
		{ "/reception/try", test_try }, { "/reception/handing-on", test_handing_on },
		{ "/reception/died", test_died }, { "/reception/put-off", test_put_off },
		{ "/reception/erased", test_erased },
		{ "/cases/tags", test_tags }, { "/cases/case", test_case },
		{ "/cases/revision", test_revision }, { "/cases/refs", test_refs },
		{ "/cases/origin", test_origin }, { "/cases/reporter", test_reporter },
		{ "/outbox/once", test_once }, { "/outbox/send", test_send },
		{ "/outbox/out-reads", test_out_reads }, { "/outbox/held", test_held },
		{ "/outbox/draft", test_draft }, { "/outbox/budget", test_budget },
		{ "/admin/lists", test_lists },
		{ 0 }
	};

	return cluster_prove(argc, argv, &cluster, sessions, tests);
}
