/* proof - see proof.h */

#include "proof.h"

#include "own.h"
#include "proofs.h"
#include "template.h"
#include "times.h"

void
proof_free(Proof *proof)
{
	if (proof == NULL)
		return;
	g_free(proof->lines);
	g_free(proof);
}

static const char *
word_of_method(GHashTable *words, const char *method)
{
	g_autofree char *key = g_strconcat("verify-", method, NULL);

	return template_word(words, key);
}

/* "mail-back 2026-11-24T01:11 (ann; encrypted, good)" */
static void
add_line(GString *lines, const Rows *rows, guint row, GHashTable *words)
{
	bool done = !rows_null(rows, row, "done");
	g_autofree char *time = times_rfc3339(rows_time(rows, row, done ? "done" : "asked"));
	const char *sent = rows_text(rows, row, "sent"), *how = rows_text(rows, row, "how");

	g_string_append_printf(lines, "%s %s %.16s (%s%s%s%s%s)\n", template_word(words, done ? "verified" : "verify-asked"),
	    word_of_method(words, rows_text(rows, row, "method")), time, rows_text(rows, row, "who"),
	    sent != NULL ? "; " : "", sent != NULL ? template_word(words, g_str_equal(sent, "clear") ? "in-clear" : sent) : "",
	    how != NULL ? ", " : "", how != NULL ? how : "");
}

char *
proof_lines(Db *db, guint case_no, gint64 party, GHashTable *words, GError **error)
{
	g_autoptr(Rows) rows = proofs_list(db, case_no, error);
	GString *lines;

	if (rows == NULL)
		return NULL;
	lines = g_string_new(NULL);
	for (guint i = 0; i < rows_count(rows); i++)
		if (rows_int(rows, i, "party") == party)
			add_line(lines, rows, i, words);
	return g_string_free(lines, FALSE);
}

/* Only the party itself, and a person, answers. */
static bool
may_answer(const Run *run)
{
	return run->placement.place == PLACE_PARTY && run->mail->kind == MAIL_PERSONAL &&
	    run->before == NULL && !run->mail->malformed;
}

static bool
find_answered(const Run *run, Proof *proof, GError **error)
{
	g_autoptr(GPtrArray) found = own_nonces(run->mail->text);
	g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);

	for (guint i = 0; i < found->len; i++)
		g_ptr_array_add(hashes, tools_hash_nonce(run->tools, g_ptr_array_index(found, i)));
	if (hashes->len > 0)
		proof->answers = proofs_waiting(run->db, run->placement.party, hashes, error);
	return proof->answers >= 0;
}

bool
proof_look(Run *run, GHashTable *words, GError **error)
{
	g_autoptr(Proof) proof = g_new0(Proof, 1);

	if (run->placement.party == 0)
		return true;
	proof->lines = proof_lines(run->db, run->placement.case_no, run->placement.party, words, error);
	if (proof->lines == NULL || (may_answer(run) && !find_answered(run, proof, error)))
		return false;
	run->proof = g_steal_pointer(&proof);
	return true;
}

void
proof_tell(const Run *run, GHashTable *words, GString *out)
{
	if (run->proof == NULL)
		return;
	g_string_append(out, run->proof->lines);
	if (run->proof->answers != 0)
		g_string_append_printf(out, "%s %s (%s %s)\n", template_word(words, "verified"),
		    word_of_method(words, "mailback"), template_word(words, "signature"),
		    signed_word(run->opened->is_signed));
}

bool
proof_file(const Run *run, gint64 message, GError **error)
{
	return run->proof == NULL || run->proof->answers == 0 ||
	    proofs_answer(run->db, run->proof->answers, message, signed_word(run->opened->is_signed), error);
}
