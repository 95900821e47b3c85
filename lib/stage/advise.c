/* advise - see advise.h */

#include "advise.h"

#include <string.h>

#include "cases.h"
#include "dispatch.h"
#include "keyless.h"
#include "relay.h"
#include "times.h"

#define HASH_LETTERS 8

void
advise_filed_free(AdviseFiled *filed)
{
	if (filed == NULL)
		return;
	g_free(filed->tag);
	g_clear_pointer(&filed->letters, g_ptr_array_unref);
	g_free(filed);
}

char *
advise_hash(const Advise *advise)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	gsize length;
	const guchar *bytes = g_bytes_get_data(advise->file, &length);

	g_checksum_update(sum, bytes, (gssize)length);
	for (guint i = 0; i < rows_count(advise->to); i++) {
		const char *name = rows_text(advise->to, i, "name");

		g_checksum_update(sum, (const guchar *)name, (gssize)strlen(name) + 1);
	}
	return g_strndup(g_checksum_get_string(sum), HASH_LETTERS);
}

/* The first inbox is the one reports come to; a case of its own begins there. */
static bool
open_case(const Tools *tools, Db *db, const Advise *advise, AdviseFiled *filed, GError **error)
{
	const Inbox *inbox = tools_inbox(tools, NULL);
	g_autofree char *hash = advise_hash(advise);
	g_autoptr(GBytes) content = seal_mac(tools->index, "advisory", hash, strlen(hash));
	const AdvisedCase wanted = {
		.content = content, .named = advise->named, .prefix = inbox->prefix, .inbox = inbox->address,
		.severity = advise->advisory->severity,
		.year = times_year(g_get_real_time(), tools->settings->team_zone),
	};
	bool again;

	return advised_open(db, &wanted, &filed->case_no, &filed->tag, &again, error);
}

/* What the team itself publishes is no attachment of a stranger's. */
static void
enclose(const Advise *advise, GPtrArray *letters)
{
	for (guint i = 0; advise->advisory->is_csaf && i < letters->len; i++) {
		Letter *letter = ((Dispatch *)g_ptr_array_index(letters, i))->letter;

		g_clear_pointer(&letter->enclosures, g_ptr_array_unref);
		letter->enclosures = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);
		g_ptr_array_add(letter->enclosures, enclosure_new("advisory.json", "application/json",
		    advise->file));
	}
}

static bool
write_to(const Tools *tools, Db *db, const Advise *advise, const AdviseFiled *filed,
    const GPtrArray *sides, const Side *to, GError **error)
{
	g_autofree char *hash = advise_hash(advise);
	g_autofree char *cause = g_strdup_printf("advisory %u %s", filed->case_no, hash);
	g_autofree char *text = g_strdup_printf("%s\n\n%s", advise->advisory->title, advise->advisory->text);
	const Relay relay = {
		.tools = tools, .db = db, .tag = filed->tag, .tlp = "AMBER", .inbox = tools_inbox(tools, NULL),
		.sides = sides, .to = to, .kind = "advisory", .template = "advisory", .cause = cause,
		.text = text, .unusual = ADVISE_HELD,
	};
	g_autoptr(Relayed) relayed = relay_write(&relay, error);

	if (relayed == NULL)
		return false;
	enclose(advise, relayed->letters);
	g_ptr_array_extend_and_steal(filed->letters, g_steal_pointer(&relayed->letters));
	return true;
}

/* The party of each of them, which it may be already. */
static bool
write_all(const Tools *tools, Db *db, const Advise *advise, const AdviseFiled *filed, GPtrArray *sides,
    GPtrArray *meant, GError **error)
{
	for (guint i = 0; i < rows_count(advise->to); i++) {
		const char *name = rows_text(advise->to, i, "name");
		GError *because = NULL;
		Side *to = side_named(sides, name);

		if (to == NULL)
			to = side_add(sides, db, filed->case_no, name, "participant", &because);
		if (because != NULL) {
			g_propagate_error(error, because);
			return false;
		}
		if (to != NULL && !write_to(tools, db, advise, filed, sides, to, error))
			return false;
		if (to != NULL)
			g_ptr_array_add(meant, to);
	}
	return dispatch_finish(tools, filed->letters, error) &&
	    keyless_follow(tools, db, filed->letters, error);
}

static bool
file_steps(const Tools *tools, Db *db, const AdviseFiled *filed, const GPtrArray *meant, GError **error)
{
	for (guint i = 0; i < meant->len; i++) {
		Side *to = g_ptr_array_index(meant, i);

		if (!side_open(db, to, error) || !advised_ask(db, to->id, error) ||
		    !case_note_participant(db, filed->case_no, to->participant, "product", error))
			return false;
	}
	for (guint i = 0; i < filed->letters->len; i++)
		if (!dispatch_file(tools, db, g_ptr_array_index(filed->letters, i), error))
			return false;
	return true;
}

AdviseFiled *
advise_file(const Tools *tools, Db *db, const Advise *advise, GError **error)
{
	g_autoptr(AdviseFiled) filed = g_new0(AdviseFiled, 1);
	g_autoptr(GPtrArray) sides = NULL, meant = g_ptr_array_new();

	filed->letters = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);
	if (!open_case(tools, db, advise, filed, error))
		return NULL;
	sides = sides_of(db, filed->case_no, error);
	if (sides == NULL || !write_all(tools, db, advise, filed, sides, meant, error) || !db_begin(db, error))
		return NULL;
	if (file_steps(tools, db, filed, meant, error) && db_commit(db, error))
		return g_steal_pointer(&filed);
	db_rollback(db);
	return NULL;
}
