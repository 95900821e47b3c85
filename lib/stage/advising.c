/* advising - see advising.h */

#include "advising.h"

#include <string.h>

#include "acts.h"
#include "hold.h"
#include "keyless.h"
#include "times.h"

void
advise_filed_free(AdviseFiled *filed)
{
	if (filed == NULL)
		return;
	g_free(filed->tag);
	g_free(filed->hash);
	g_free(filed->cause);
	g_clear_pointer(&filed->letters, g_ptr_array_unref);
	g_free(filed);
}

char *
advising_hash(const Advising *advising)
{
	return advise_hash(advising->file, advising->enclosures, advising->to, advising->early);
}

/* The first inbox is the one reports come to; a case of its own begins there. */
static bool
open_case(const Tools *tools, Db *db, const Advising *advising, AdviseFiled *filed, GError **error)
{
	const Inbox *inbox = tools_inbox(tools, NULL);
	g_autoptr(GBytes) content = seal_mac(tools->index, "advisory", filed->hash, strlen(filed->hash));
	const AdvisedCase wanted = {
		.content = content, .named = advising->named, .prefix = inbox->prefix,
		.inbox = inbox->address, .severity = advising->advisory->severity,
		.year = times_year(g_get_real_time(), tools->settings->team_zone),
	};
	bool again;

	return advised_open(db, &wanted, &filed->case_no, &filed->tag, &again, error);
}

static Advices *
write_letters(const Tools *tools, Db *db, const Advising *advising, const char *cause,
    const CaseNow *now, GPtrArray *sides, GError **error)
{
	g_autoptr(GPtrArray) advice = advise_names(tools->settings, advising->advisory, error);
	const Advise advise = {
		.tools = tools, .db = db, .case_no = now->case_no, .tag = now->tag,
		.inbox = tools_inbox(tools, NULL), .sides = sides, .advisory = advising->advisory,
		.to = advising->to, .advice = advice, .enclosures = advising->enclosures, .cause = cause,
		.unusual = hold_name(HOLD_ADVISORY), .early = advising->early,
		.replayed = now->replayed, .embargo = now->embargo,
	};

	return advice != NULL ? advise_write(&advise, error) : NULL;
}

static bool
file_steps(const Tools *tools, Db *db, const AdviseFiled *filed, const Advices *advices,
    GError **error)
{
	if (!advise_file_parties(db, filed->case_no, advices, error))
		return false;
	for (guint i = 0; i < filed->letters->len; i++)
		if (!dispatch_file(tools, db, g_ptr_array_index(filed->letters, i), error))
			return false;
	return true;
}

static bool
file_all(const Tools *tools, Db *db, const AdviseFiled *filed, Advices *advices, GError **error)
{
	advise_take_letters(advices, filed->letters);
	if (!dispatch_finish(tools, filed->letters, error) ||
	    !keyless_follow(tools, db, filed->letters, error) || !db_begin(db, error))
		return false;
	if (file_steps(tools, db, filed, advices, error) && db_commit(db, error))
		return true;
	db_rollback(db);
	return false;
}

AdviseFiled *
advising_file(const Tools *tools, Db *db, const Advising *advising, GError **error)
{
	g_autoptr(AdviseFiled) filed = g_new0(AdviseFiled, 1);
	g_autoptr(CaseNow) now = NULL;
	g_autoptr(GPtrArray) sides = NULL;
	g_autoptr(Advices) advices = NULL;

	filed->letters = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);
	filed->hash = advising_hash(advising);
	if (!open_case(tools, db, advising, filed, error))
		return NULL;
	filed->cause = g_strdup_printf("advisory %u %s", filed->case_no, filed->hash);
	now = acts_case(db, filed->case_no, error);
	sides = now != NULL ? sides_of(db, filed->case_no, error) : NULL;
	advices = sides != NULL ?
	    write_letters(tools, db, advising, filed->cause, now, sides, error) : NULL;
	if (advices == NULL || !file_all(tools, db, filed, advices, error))
		return NULL;
	filed->embargo = now->embargo > g_get_real_time() && !advising->early ? now->embargo : 0;
	return g_steal_pointer(&filed);
}
