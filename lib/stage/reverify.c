/* reverify - see reverify.h */

#include "reverify.h"

#include <string.h>

#include "blob.h"
#include "extract.h"
#include "stage.h"
#include "team.h"
#include "verdicts.h"

#define MOST_AT_ONCE 20
#define MOST_TRIES 3
#define MOST_HEEDED 500
#define TROUBLE_PAUSE 15	/* seconds until a tool may be well again */

/* What was found out about one message. */
typedef struct {
	gint64 message;
	const char *kept;		/* why nothing could be found out; NULL */
	const char *signature;		/* the new word; NULL: the verdict stays */
	GBytes *signer;			/* keyed hash of the key it names; NULL */
	GBytes *wrapped, *extract;
} Finding;

typedef struct {
	const Tools *tools;
	Db *db;
	gint64 case_no;
	Rows *rows;			/* what was taken */
	GArray *findings;		/* of Finding, in their order */
	GString *lines;			/* of the letter */
	char *cause;			/* the first message to be told of; NULL: none */
	GPtrArray *letters;		/* of Dispatch */
} Again;

static void
finding_clear(gpointer data)
{
	Finding *finding = data;

	g_clear_pointer(&finding->signer, g_bytes_unref);
	g_clear_pointer(&finding->wrapped, g_bytes_unref);
	g_clear_pointer(&finding->extract, g_bytes_unref);
}

static void
again_clear(Again *again)
{
	rows_free(again->rows);
	g_clear_pointer(&again->findings, g_array_unref);
	g_string_free(again->lines, TRUE);
	g_free(again->cause);
	g_clear_pointer(&again->letters, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Again, again_clear)

static GBytes *
raw_of(const Again *again, guint row, GError **error)
{
	g_autoptr(GBytes) wrapped = rows_bytes(again->rows, row, "raw_wrapped");
	g_autoptr(SealKey) key = seal_unwrap(wrapped, again->tools->storage_public,
	    again->tools->storage_secret, error);
	g_autoptr(GPtrArray) chunks = key == NULL ? NULL :
	    blob_read(again->db, rows_text(again->rows, row, "raw"), error);

	return chunks != NULL ? unseal_chunks(key, "raw", chunks, error) : NULL;
}

static Extract *
extract_at(const Again *again, guint row, GError **error)
{
	g_autoptr(GBytes) wrapped = rows_bytes(again->rows, row, "wrapped");
	g_autoptr(GBytes) sealed = rows_bytes(again->rows, row, "extract");

	return extract_open(wrapped, sealed, again->tools->storage_public,
	    again->tools->storage_secret, error);
}

/* Why what is opened now says nothing of what was verified then; NULL if it
 * does. */
static const char *
incomparable(const Run *run, const char *encryption)
{
	if (run->parked != NULL)
		return "over a limit";
	if (g_strcmp0(encryption, encryption_word(ENCRYPTION_OK)) == 0 &&
	    run->opened->encryption != ENCRYPTION_OK)
		return "no key opens it any more";
	return NULL;
}

static void
tell(Again *again, guint row, const Finding *finding, const char *key)
{
	const char *was = rows_text(again->rows, row, "signature");

	if (rows_bool(again->rows, row, "imported"))
		return;
	if (again->cause == NULL)
		again->cause = g_strdup_printf("message %" G_GINT64_FORMAT " verdict %" G_GINT64_FORMAT,
		    finding->message, rows_int(again->rows, row, "revised") + 1);
	g_string_append_printf(again->lines, "message %" G_GINT64_FORMAT ": %s -> %s%s%s\n",
	    finding->message, was != NULL ? was : "none", finding->signature,
	    key != NULL ? ", key " : "", key != NULL ? key : "");
}

static bool
compare(Again *again, guint row, const Run *run, Finding *finding, GError **error)
{
	g_autoptr(Extract) extract = extract_at(again, row, error);
	const char *word = signed_word(run->opened->is_signed);
	const char *signer = run->opened->signer;

	if (extract == NULL)
		return false;
	if (g_strcmp0(extract->signature, word) == 0 && g_strcmp0(extract->signer, signer) == 0)
		return true;
	finding->signature = word;
	finding->signer = signer != NULL ? tools_hash_signer(again->tools, signer) : NULL;
	tell(again, row, finding, signer);
	g_free(extract->signature);
	extract->signature = g_strdup(word);
	g_free(extract->signer);
	extract->signer = g_strdup(signer);
	extract->signed_at = run->opened->signed_at;
	extract_seal(extract, again->tools->storage_public, &finding->wrapped, &finding->extract);
	return true;
}

static bool
look(Again *again, guint row, Finding *finding, GError **error)
{
	g_autoptr(GBytes) raw = NULL;
	g_autoptr(Run) run = NULL;

	finding->message = rows_int(again->rows, row, "message");
	if (rows_null(again->rows, row, "wrapped") || rows_null(again->rows, row, "raw_wrapped")) {
		finding->kept = "erased";
		return true;
	}
	raw = raw_of(again, row, error);
	if (raw == NULL)
		return false;
	run = run_of_mail(again->tools, again->db, raw, rows_text(again->rows, row, "inbox"));
	if (!stage_open(run, error))
		return false;
	finding->kept = incomparable(run, rows_text(again->rows, row, "encryption"));
	return finding->kept != NULL || compare(again, row, run, finding, error);
}

static bool
look_at_all(Again *again, GError **error)
{
	guint count = rows_count(again->rows);

	g_array_set_size(again->findings, count);
	for (guint i = 0; i < count; i++)
		if (!look(again, i, &g_array_index(again->findings, Finding, i), error))
			return false;
	return true;
}

/* One letter for all that has changed. */
static bool
write_letter(Again *again, GError **error)
{
	g_autoptr(GHashTable) values = g_hash_table_new(g_str_hash, g_str_equal);
	const char *tag = rows_text(again->rows, 0, "tag");
	g_autofree char *outer = g_strdup_printf("[%s] verdict", tag);
	const TeamLetter letter = {
		.kind = "verdict", .cause = again->cause, .template = "verdict", .values = values,
		.inbox = rows_text(again->rows, 0, "inbox"), .outer_subject = outer,
		.case_no = (guint)again->case_no,
	};

	if (again->cause == NULL)
		return true;
	g_hash_table_insert(values, (gpointer)"tag", (gpointer)tag);
	g_hash_table_insert(values, (gpointer)"lines", again->lines->str);
	return team_tell(again->tools, again->db, &letter, again->letters, error) &&
	    dispatch_finish(again->tools, again->letters, error);
}

static bool
file_finding(const Again *again, const Finding *finding, GError **error)
{
	const ChangedVerdict changed = {
		.message = finding->message, .signature = finding->signature,
		.signer = finding->signer, .wrapped = finding->wrapped, .extract = finding->extract,
	};

	return finding->signature != NULL ? verdicts_change(again->db, &changed, error) :
	    verdicts_keep(again->db, finding->message, finding->kept, error);
}

static bool
file_steps(const Again *again, GError **error)
{
	for (guint i = 0; i < again->findings->len; i++)
		if (!file_finding(again, &g_array_index(again->findings, Finding, i), error))
			return false;
	for (guint i = 0; i < again->letters->len; i++)
		if (!dispatch_file(again->tools, again->db, g_ptr_array_index(again->letters, i), error))
			return false;
	return true;
}

static bool
file_all(const Again *again, GError **error)
{
	if (db_begin(again->db, error) && file_steps(again, error) && db_commit(again->db, error))
		return true;
	db_rollback(again->db);
	return false;
}

/* Trouble of a tool is not the messages': what was counted is uncounted. */
static bool
reverify_case(const Tools *tools, Db *db, gint64 case_no, GError **error)
{
	g_auto(Again) again = {
		.tools = tools, .db = db, .case_no = case_no,
		.rows = verdicts_take(db, case_no, MOST_AT_ONCE, MOST_TRIES, error),
		.findings = g_array_new(FALSE, TRUE, sizeof(Finding)),
		.lines = g_string_new(NULL),
		.letters = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free),
	};

	g_array_set_clear_func(again.findings, finding_clear);
	if (again.rows == NULL || rows_count(again.rows) == 0)
		return again.rows != NULL;
	if (look_at_all(&again, error) && write_letter(&again, error) && file_all(&again, error))
		return true;
	verdicts_postpone(db, case_no, TROUBLE_PAUSE, NULL);
	return false;
}

/* Some certificates; *done when there were no more of them. */
static bool
heed_some(const Tools *tools, Db *db, bool *done, GError **error)
{
	g_autoptr(Rows) rows = verdicts_unheeded(db, MOST_HEEDED, error);
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);

	if (rows == NULL)
		return false;
	for (guint i = 0; i < rows_count(rows); i++) {
		g_autoptr(GPtrArray) keys = rows_texts(rows, i, "subkeys");
		gint64 id = rows_int(rows, i, "id");

		g_array_append_val(ids, id);
		for (guint j = 0; j < keys->len; j++)
			g_ptr_array_add(hashes, tools_hash_signer(tools, g_ptr_array_index(keys, j)));
	}
	*done = rows_count(rows) < MOST_HEEDED;
	return ids->len == 0 || verdicts_heed(db, ids, hashes, error);
}

bool
reverify(const Tools *tools, Db *db, gint64 case_no, GError **error)
{
	bool done = false;

	if (case_no != 0)
		return reverify_case(tools, db, case_no, error);
	while (!done)
		if (!heed_some(tools, db, &done, error))
			return false;
	return true;
}
