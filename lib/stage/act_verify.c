/* act_verify - who a party is; see act.h */

#include "act.h"

#include <string.h>

#include "proofs.h"
#include "reporter.h"
#include "seal.h"

typedef struct {
	gint64 party;
	const char *method, *sent;
	GBytes *word;			/* NULL: none was sent */
} Check;

static void
check_free(gpointer data)
{
	Check *check = data;

	g_clear_pointer(&check->word, g_bytes_unref);
	g_free(check);
}

static bool
file_check(const Acting *acting, gconstpointer what, GError **error)
{
	const Check *check = what;

	return proofs_note(acting->run->db, check->party, acting->authority->analyst, check->method,
	    check->word, check->sent, error);
}

static void
note(Acting *acting, const Side *side, const char *method, const char *sent, GBytes *word)
{
	Check *check = g_new(Check, 1);
	g_autofree char *more = g_strdup_printf("%s %s", side->name, method);

	*check = (Check){ side->id, method, sent, word != NULL ? g_bytes_ref(word) : NULL };
	acting_step(acting, file_check, check, check_free);
	acting_did(acting, word != NULL ? "did-ask" : "did-verify", more);
}

/* An organisation is written to by pinned keys alone; a reporter may have none. */
static bool
has_key(const Acting *acting, const Side *side, bool *has, GError **error)
{
	g_autoptr(Reporter) reporter = NULL;

	*has = side->participant != 0;
	if (*has || side->record == NULL)
		return true;
	reporter = reporter_open(acting->run->tools, side->wrapped, side->record, error);
	if (reporter != NULL)
		*has = reporter->certificate != NULL && reporter->subkey != NULL;
	return reporter != NULL;
}

/* A random word, to where the party is known to be. */
static bool
challenge(Acting *acting, Side *side, GError **error)
{
	g_autofree char *word = seal_random_word(16);
	g_autoptr(GBytes) hash = tools_hash_nonce(acting->run->tools, word);
	bool encrypted;

	if (!has_key(acting, side, &encrypted, error) ||
	    !act_send_fixed(acting, side, encrypted ? "verify" : "verify-clear", word, !encrypted, error))
		return false;
	if (acting->refusal == NULL)
		note(acting, side, "mailback", encrypted ? "encrypted" : "clear", hash);
	return true;
}

bool
act_verify(Acting *acting, const Command *command, GError **error)
{
	static const char *const methods[] = {
		"mailback", "callback", "signature", "directory", "person", NULL
	};
	g_autofree char *method = g_ascii_strdown(g_ptr_array_index(command->words, 0), -1);
	Side *side;

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	if (!g_strv_contains(methods, method))
		return acting_refuse(acting, "refused-value", method);
	side = act_side(acting, command->words->len > 1 ? g_ptr_array_index(command->words, 1) : NULL);
	if (side == NULL)
		return true;
	if (strcmp(method, "mailback") == 0)
		return challenge(acting, side, error);
	for (guint i = 0; methods[i] != NULL; i++)
		if (strcmp(methods[i], method) == 0)
			note(acting, side, methods[i], NULL, NULL);
	return true;
}
