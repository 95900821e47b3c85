/* authority - see authority.h */

#include "authority.h"

#include <string.h>

#include "own.h"

#define OLDEST ((gint64)24 * 60 * 60 * G_USEC_PER_SEC)	/* before arrival */
#define NEWEST ((gint64)5 * 60 * G_USEC_PER_SEC)	/* after it */

void
authority_free(Authority *authority)
{
	if (authority == NULL)
		return;
	nonce_free(authority->nonce);
	g_free(authority->notice);
	g_free(authority->handle);
	g_clear_pointer(&authority->content, g_bytes_unref);
	g_free(authority);
}

static bool
limit(Authority *authority, AuthorityReach reach, const char *because)
{
	if (authority->because == NULL || reach < authority->reach) {
		authority->reach = reach;
		authority->because = because;
	}
	return true;
}

/* Whose signature it is. A removed analyst's key is nobody's from the next mail
 * on (T-42). */
static bool
check_signer(const Run *run, const GPtrArray *analysts, Authority *authority, GError **error)
{
	int participant = 0, signer = 0;

	if (run->opened->is_signed != SIGNED_GOOD)
		return limit(authority, AUTHORITY_NONE, run->opened->is_signed == SIGNED_NONE ?
		    "unsigned" : "signature");
	if (!directory_owner_of_key(run->db, run->opened->signer, &participant, &signer, error))
		return false;
	if (signer == 0 || correspondent_among(analysts, signer) == NULL)
		return limit(authority, AUTHORITY_NONE, "stranger");
	authority->analyst = signer;
	return true;
}

static bool
check_time(const Run *run, Authority *authority)
{
	gint64 arrived = run->reception->received, made = run->opened->signed_at;

	if (made < arrived - OLDEST)
		return limit(authority, AUTHORITY_NONE, "late");
	if (made > arrived + NEWEST)
		return limit(authority, AUTHORITY_NONE, "early");
	return true;
}

/* The words are the canonical form of what was signed: the same ones under the
 * same signature are the same answer, in whatever cloth. */
static bool
check_replay(const Run *run, Authority *authority, GError **error)
{
	int answered;

	authority->content = seal_mac(run->tools->index, "answer", run->mail->text,
	    strlen(run->mail->text));
	answered = acts_is_answered(run->db, authority->content, run->opened->signer,
	    run->opened->signed_at, error);
	if (answered > 0)
		limit(authority, AUTHORITY_NONE, "replayed");
	return answered >= 0;
}

static bool
read_notice(const Run *run, Authority *authority, GError **error)
{
	const Nonce *nonce = authority->nonce;
	GError *because = NULL;

	authority->notice = tools_unseal_text(run->tools, nonce->wrapped, nonce->body, "notice",
	    &because);
	if (because != NULL)
		g_propagate_error(error, because);
	return because == NULL;
}

static bool
find_nonce(const Run *run, Authority *authority, GError **error)
{
	g_autoptr(GPtrArray) words = own_nonces(run->mail->text);
	g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	GError *because = NULL;

	for (guint i = 0; i < words->len; i++)
		g_ptr_array_add(hashes, tools_hash_nonce(run->tools, g_ptr_array_index(words, i)));
	if (hashes->len > 0)
		authority->nonce = acts_find_nonce(run->db, hashes, &because);
	if (because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	return authority->nonce == NULL || read_notice(run, authority, error);
}

/* Why the one-time word does not give the right to change anything; NULL if it
 * does. */
static const char *
nonce_fails(const Authority *authority)
{
	const Nonce *nonce = authority->nonce;

	if (nonce == NULL)
		return "no-nonce";
	if (nonce->analyst != authority->analyst)
		return "nonce-other";
	if (nonce->used)
		return "nonce-used";
	if (nonce->expired)
		return "nonce-expired";
	return nonce->changed ? "changed" : NULL;
}

/* The case a word names must be one of the inbox the answer came to (T-38). */
static bool
check_inbox(const Run *run, Authority *authority, GError **error)
{
	GError *because = NULL;
	g_autoptr(CaseNow) now = authority->case_no != 0 ?
	    acts_case(run->db, authority->case_no, &because) : NULL;

	if (because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	if (now != NULL && !g_ptr_array_find_with_equal_func(now->inboxes, run->inbox->address,
	    g_str_equal, NULL))
		limit(authority, AUTHORITY_NONE, "inbox");
	return true;
}

/* What an answer names must be one case: by the words that hold in it, and by the
 * tags beside them (T-38). */
static bool
names_another(const Run *run, const Nonce *nonce)
{
	g_autoptr(GPtrArray) tags = own_marked(run->mail->text);

	return nonce->several || (nonce->tag != NULL && tags->len > 0 &&
	    !g_ptr_array_find_with_equal_func(tags, nonce->tag, g_str_equal, NULL));
}

static bool
check_nonce(const Run *run, Authority *authority, GError **error)
{
	const char *fails;

	if (!find_nonce(run, authority, error))
		return false;
	authority->case_no = authority->nonce != NULL ? authority->nonce->case_no :
	    run->placement.case_no;
	if (!check_inbox(run, authority, error))
		return false;
	if (authority->nonce != NULL && names_another(run, authority->nonce))
		limit(authority, AUTHORITY_NONE, "case");
	fails = nonce_fails(authority);
	if (fails != NULL)
		limit(authority, AUTHORITY_READS, fails);
	return true;
}

/* Who reads why nothing happened: nobody but an active analyst. */
static void
name_analyst(const GPtrArray *analysts, Authority *authority)
{
	const Correspondent *analyst = correspondent_among(analysts, authority->analyst);

	authority->analyst = analyst != NULL ? analyst->id : 0;
	authority->handle = g_strdup(analyst != NULL ? analyst->name : "unknown");
}

Authority *
authority_of(const Run *run, const GPtrArray *analysts, GError **error)
{
	g_autoptr(Authority) authority = g_new0(Authority, 1);

	authority->reach = AUTHORITY_CHANGES;
	authority->analyst = run->placement.analyst;
	if (!check_signer(run, analysts, authority, error) ||
	    !check_replay(run, authority, error) || !check_nonce(run, authority, error))
		return NULL;
	if (authority->reach != AUTHORITY_NONE)
		check_time(run, authority);
	if (run->mail->malformed)
		limit(authority, AUTHORITY_NONE, "malformed");
	if (run->opened->encryption != ENCRYPTION_OK || !run->opened->inner_whole)
		limit(authority, AUTHORITY_READS, "clear");
	name_analyst(analysts, authority);
	return g_steal_pointer(&authority);
}
