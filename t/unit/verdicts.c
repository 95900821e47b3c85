/*
 * verdicts - messages that are verified again, and the ledger of ciphertexts:
 * who waits for whom, what a try costs, what stays (T-10, T-26)
 */

#include "cluster.h"

#include "admin.h"
#include "buffer.h"
#include "cases.h"
#include "error.h"
#include "ledger.h"
#include "outbox.h"
#include "reception.h"
#include "verdicts.h"

#define KEY "00000000000000000000000000000000000000AA"

static Cluster *cluster;
static Db *in, *work, *other, *adm;

typedef struct {
	gint64 reception, message, party;
	guint case_no;
	char *tag;
} Filed;

static void
filed_clear(Filed *filed)
{
	g_free(filed->tag);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Filed, filed_clear)

static GBytes *
next_part(void *source)
{
	(void)source;
	return NULL;
}

static void
quick(Db *db, bool is)
{
	g_assert_true(db_do(db, is ? "set lock_timeout = '50ms'" : "set lock_timeout = '10s'", NULL, NULL));
}

/* A mail in a case of its own, filed with that verdict and that hash of its
 * signer. */
static Filed
filed(const char *name, const char *signature, const char *signer)
{
	g_autoptr(GBytes) print = bytes_text(name), sealed = bytes_text("sealed"),
	    hash = bytes_text(signer);
	const Acceptance acceptance = { .inbox = "rd@sluis.example", .fingerprint = print, .origin = print,
	    .size = 1, .next_part = next_part, .wrapped = sealed, .envelope = sealed };
	NewMessage message = { .time = 1, .encryption = "ok", .signature = signature, .verified = true,
	    .signer = hash, .wrapped = sealed, .extract = sealed };
	NewCase opened = { .inbox = "rd@sluis.example", .class = "vulnerability" };
	Filed filed = { 0 };
	bool again;

	g_assert_true(reception_accept(in, &acceptance, &again, NULL));
	filed.reception = cluster_number(cluster, "select max(id) as n from sluis.reception");
	g_assert_true(case_reserve(work, filed.reception, "RD", 2026, &filed.case_no, &filed.tag, NULL));
	opened.case_no = filed.case_no;
	opened.tag = filed.tag;
	g_assert_true(case_open(work, &opened, NULL));
	filed.party = case_add_party(work, filed.case_no, "reporter", 0, 0, "en", NULL, NULL);
	message.party = filed.party;
	message.reception = filed.reception;
	filed.message = case_add_message(work, &message, NULL);
	g_assert_cmpint(filed.message, >, 0);
	return filed;
}

static bool
is_due(gint64 case_no)
{
	g_autoptr(GArray) due = verdicts_due(work, 1000, NULL);

	for (guint i = 0; i < due->len; i++)
		if (g_array_index(due, gint64, i) == case_no)
			return true;
	return false;
}

static guint
taken(Db *db, const Filed *filed)
{
	g_autoptr(Rows) rows = verdicts_take(db, filed->case_no, 20, 3, NULL);

	g_assert_nonnull(rows);
	return rows_count(rows);
}

static void
let_go(Db *db)
{
	g_assert_true(db_give_back(db, NULL));
}

/* As if the time had come. */
static void
now_due(void)
{
	cluster_do(cluster, "update sluis.reverification set not_before = now()");
}

static gint64
events(const Filed *filed, const char *kind)
{
	g_autofree char *sql = g_strdup_printf("select count(*) as n from sluis.event "
	    "where case_no = %u and kind = '%s'", filed->case_no, kind);

	return cluster_number(cluster, sql);
}

/* T-26: of two with one ciphertext the second waits for the first. */
static void
test_ledger(void)
{
	g_auto(Filed) one = filed("ledger 1", "none", "x");
	g_auto(Filed) two = filed("ledger 2", "none", "x");
	g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	g_autoptr(GPtrArray) none = NULL, found = NULL;
	GError *error = NULL;
	Sighting *sighting;

	g_ptr_array_add(keys, bytes_text("key b"));
	g_ptr_array_add(keys, bytes_text("key a"));
	none = ledger_find(work, keys, NULL);
	g_assert_cmpint(none->len, ==, 0);
	quick(other, true);
	g_assert_null(ledger_find(other, keys, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_RETRY);
	g_clear_error(&error);
	quick(other, false);
	let_go(other);
	g_assert_true(ledger_add(work, keys, one.reception, one.case_no, one.party, NULL));
	let_go(work);
	g_ptr_array_set_size(keys, 1);
	found = ledger_find(other, keys, NULL);
	g_assert_cmpint(found->len, ==, 1);
	sighting = found->pdata[0];
	g_assert_cmpint(sighting->reception, ==, one.reception);
	g_assert_cmpint(sighting->case_no, ==, one.case_no);
	g_assert_cmpstr(sighting->tag, ==, one.tag);
	g_assert_cmpint(sighting->party, ==, one.party);
	g_assert_true(ledger_add(other, keys, two.reception, two.case_no, two.party, NULL));
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from sluis.session_key"), ==, 2);
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from sluis.session_key s "
	    "join sluis.message m using (reception) where m.id in (select min(id) from sluis.message)"), ==, 2);
	let_go(other);
}

/* A case somebody has is nobody else's; what is under way is not due. */
static void
test_take(void)
{
	g_auto(Filed) mail = filed("take", "unknown-key", "y");
	GError *error = NULL;

	g_assert_false(is_due(mail.case_no));
	g_assert_cmpint(verdicts_ask(adm, mail.tag, NULL), ==, 1);
	g_assert_cmpint(verdicts_ask(adm, mail.tag, NULL), ==, 1);
	g_assert_true(is_due(mail.case_no));
	g_assert_cmpint(taken(work, &mail), ==, 1);
	g_assert_false(is_due(mail.case_no));
	g_assert_cmpint(taken(other, &mail), ==, 0);
	g_assert_false(verdicts_keep(other, mail.message, NULL, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_RETRY);
	g_clear_error(&error);
	g_assert_true(verdicts_keep(work, mail.message, NULL, NULL));
	let_go(work);
	now_due();
	g_assert_false(is_due(mail.case_no));
	g_assert_cmpint(events(&mail, "unverifiable"), ==, 0);
	g_assert_cmpint(verdicts_ask(adm, "RD-2026-00000", &error), ==, -1);
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_REFUSED);
	g_clear_error(&error);
}

/* T-10: what kills who looks at it is given up after three tries; trouble of
 * another kind is not counted. */
static void
test_tries(void)
{
	g_auto(Filed) mail = filed("tries", "unknown-key", "z");

	g_assert_cmpint(verdicts_ask(adm, mail.tag, NULL), ==, 1);
	for (guint i = 0; i < 5; i++) {
		now_due();
		g_assert_cmpint(taken(work, &mail), ==, 1);
		g_assert_true(verdicts_postpone(work, mail.case_no, 0, NULL));
		let_go(work);
	}
	for (guint i = 0; i < 3; i++) {
		now_due();
		g_assert_cmpint(taken(work, &mail), ==, 1);
		let_go(work);
	}
	now_due();
	g_assert_cmpint(taken(work, &mail), ==, 0);
	let_go(work);
	g_assert_cmpint(events(&mail, "unverifiable"), ==, 1);
	now_due();
	g_assert_false(is_due(mail.case_no));
}

static void
test_change(void)
{
	g_auto(Filed) mail = filed("change", "unknown-key", "w");
	g_autoptr(GBytes) fresh = bytes_text("fresh");
	const ChangedVerdict changed = { .message = mail.message, .signature = "good",
	    .signer = fresh, .wrapped = fresh, .extract = fresh };
	g_autoptr(Rows) rows = NULL, list = NULL;
	g_autoptr(GBytes) extract = NULL, wrapped = NULL;
	gint64 revision;

	g_assert_cmpint(verdicts_ask(adm, mail.tag, NULL), ==, 1);
	revision = cluster_number(cluster, "select max(revision) as n from sluis.cases");
	g_assert_cmpint(taken(work, &mail), ==, 1);
	g_assert_true(verdicts_change(work, &changed, NULL));
	let_go(work);
	rows = admin_messages(adm, mail.case_no, NULL);
	extract = rows_bytes(rows, 0, "extract");
	wrapped = rows_bytes(rows, 0, "wrapped");
	g_assert_cmpstr(rows_text(rows, 0, "signature"), ==, "good");
	g_assert_true(g_bytes_equal(extract, fresh));
	g_assert_true(g_bytes_equal(wrapped, fresh));
	g_assert_true(rows_bool(rows, 0, "verified"));
	list = admin_events(adm, mail.case_no, NULL);
	g_assert_nonnull(strstr(rows_text(list, rows_count(list) - 1, "detail"),
	    "signature unknown-key -> good"));
	g_assert_cmpint(cluster_number(cluster, "select max(revision) as n from sluis.cases"), ==, revision);
}

/* Pins one whose bytes are these. */
static void
pin(const char *bytes)
{
	g_autoptr(GPtrArray) subkeys = g_ptr_array_new(), ids = g_ptr_array_new();
	g_autoptr(GBytes) certificate = bytes_text(bytes);
	CertificateRecord record = { .fingerprint = KEY, .bytes = certificate, .algorithm = "ed25519",
	    .user_ids = ids, .subkeys = subkeys, .made = 1 };
	bool fresh;

	g_ptr_array_add(subkeys, (gpointer)KEY);
	g_ptr_array_add(ids, (gpointer)"A <a@x.example>");
	record.analyst = admin_put_analyst(adm, "ann", "a@x.example", NULL, NULL, NULL);
	g_assert_true(admin_put_certificate(adm, &record, &fresh, NULL));
}

/* What work does with them; how many there were. */
static guint
heed(Db *db, const char *signer, GError **error)
{
	g_autoptr(Rows) rows = verdicts_unheeded(db, 100, NULL);
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);

	for (guint i = 0; i < rows_count(rows); i++) {
		gint64 id = rows_int(rows, i, "id");

		g_array_append_val(ids, id);
	}
	g_ptr_array_add(hashes, bytes_text(signer));
	return verdicts_heed(db, ids, hashes, error) ? ids->len : 0;
}

/* A certificate is heeded when it is new, and when it is another one than it was. */
static void
test_heed(void)
{
	g_auto(Filed) mail = filed("heed", "unknown-key", "signer");

	pin("one");
	g_assert_true(is_due(0));
	g_assert_cmpint(heed(work, "signer", NULL), ==, 1);
	g_assert_false(is_due(0));
	g_assert_true(is_due(mail.case_no));
	pin("one");
	g_assert_false(is_due(0));
	pin("two");
	g_assert_true(is_due(0));
	g_assert_cmpint(heed(work, "nobody", NULL), ==, 1);
}

/* Pinned while a mail is filed: either the one sees the key, or the other waits
 * and then sees the mail. */
static void
test_race(void)
{
	g_auto(Filed) known = filed("race 1", "unknown-key", "racer");
	g_auto(Filed) mail = filed("race 2", "unknown-key", "racer");
	GError *error = NULL;

	g_assert_true(verdicts_ask_again(work, known.message, KEY, NULL));
	g_assert_true(is_due(known.case_no));
	g_assert_true(verdicts_ask_again(work, mail.message, "FFFFFFFFFFFFFFFF", NULL));
	g_assert_false(is_due(mail.case_no));
	g_assert_true(verdicts_ask_again(work, mail.message, "00000000000000AA", NULL));
	g_assert_true(is_due(mail.case_no));

	pin("three");
	g_assert_true(db_begin(work, NULL));
	g_assert_true(verdicts_ask_again(work, mail.message, "FFFFFFFFFFFFFFFF", NULL));
	quick(other, true);
	g_assert_cmpint(heed(other, "racer", &error), ==, 0);
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_RETRY);
	g_clear_error(&error);
	quick(other, false);
	g_assert_true(db_commit(work, NULL));
	g_assert_cmpint(heed(other, "racer", NULL), ==, 1);
}

/* T-26: whoever files it, and whatever is said of it. */
static void
test_held(void)
{
	g_auto(Filed) mail = filed("held", "none", "v");
	g_autoptr(GBytes) sealed = bytes_text("sealed");
	g_autoptr(GPtrArray) chunks = g_ptr_array_new();
	g_autofree char *sql = g_strdup_printf("update sluis.cases set replayed = true where no = %u", mail.case_no);
	NewOutgoing outgoing = { .case_no = mail.case_no, .party = mail.party, .kind = "relay", .cause = "held",
	    .target = "party 1", .state = "ready", .send_wrapped = sealed, .envelope = sealed,
	    .bytes = chunks, .wrapped = sealed, .record = sealed };
	bool again;

	g_assert_cmpint(outbox_file(work, &outgoing, &again, NULL), >, 0);
	cluster_do(cluster, sql);
	outgoing.target = "party 2";
	g_assert_cmpint(outbox_file(work, &outgoing, &again, NULL), >, 0);
	outgoing.kind = "notice";
	outgoing.target = "analyst 1";
	g_assert_cmpint(outbox_file(work, &outgoing, &again, NULL), >, 0);
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from sluis.outbox where state = 'ready'"), ==, 2);
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from sluis.outbox "
	    "where state = 'held' and kind = 'relay' and reason ~ '^replayed: '"), ==, 1);
}

int
main(int argc, char *argv[])
{
	static const ClusterSession sessions[] = {
		{ &in, "sluis_in" }, { &work, "sluis_work" }, { &other, "sluis_work" },
		{ &adm, "sluis_adm" }, { 0 }
	};
	static const ClusterTest tests[] = {
		{ "/ledger/first", test_ledger }, { "/verdicts/take", test_take },
		{ "/verdicts/tries", test_tries }, { "/verdicts/change", test_change },
		{ "/verdicts/heed", test_heed }, { "/verdicts/race", test_race },
		{ "/ledger/held", test_held },
		{ 0 }
	};

	return cluster_prove(argc, argv, &cluster, sessions, tests);
}
