/* gate - see gate.h */

#include "gate.h"

#include <string.h>

#include "clearance.h"
#include "directory.h"
#include "identity.h"

void
gate_finding_clear(GateFinding *finding)
{
	g_clear_pointer(&finding->found, g_free);
	g_clear_pointer(&finding->line, g_free);
}

/* The people of an organisation; that it is meant is no secret to itself. */
static bool
add_people(Db *db, const Side *side, Leak *leak, GError **error)
{
	g_autoptr(GPtrArray) contacts = directory_contacts(db, side->participant, error);

	for (guint i = 0; contacts != NULL && i < contacts->len; i++) {
		const Correspondent *contact = g_ptr_array_index(contacts, i);

		leak_add_address(leak, contact->address);
		leak_add_name(leak, contact->name);
		leak_add_fingerprint(leak, contact->fingerprint);
	}
	return contacts != NULL;
}

/* Everybody of the case but the one it goes to. */
static Leak *
identity_of_others(const Tools *tools, Db *db, const GPtrArray *sides, const Side *to,
    GError **error)
{
	g_autoptr(Leak) leak = to->reporter != 0 ? leak_new() :
	    identity_of_reporters(tools, db, to->case_no, error);

	for (guint i = 0; leak != NULL && i < sides->len; i++) {
		const Side *side = g_ptr_array_index(sides, i);

		if (side != to && side->participant != 0 && !add_people(db, side, leak, error))
			return NULL;
	}
	return g_steal_pointer(&leak);
}

static void
show_line(GateFinding *finding, const Leak *leak, const char *text)
{
	const char *found = leak_find(leak, text, strlen(text));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	if (found == NULL)
		return;
	finding->found = g_strdup(found);
	for (char **line = lines; *line != NULL && finding->line == NULL; line++)
		if (leak_find(leak, *line, strlen(*line)) != NULL)
			finding->line = g_strdup(*line);
}

bool
gate_search(const Tools *tools, Db *db, const GPtrArray *sides, const Side *to, const char *text,
    const GPtrArray *enclosures, GateFinding *finding, GError **error)
{
	g_autoptr(Leak) leak = identity_of_others(tools, db, sides, to, error);

	if (leak == NULL)
		return false;
	finding->searched = leak_count(leak);
	finding->held = clearance_judge(leak, text, enclosures);
	show_line(finding, leak, text);
	return true;
}
