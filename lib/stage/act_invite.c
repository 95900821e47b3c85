/* act_invite - who meets whom, and who talks through us; see act.h */

#include "act.h"

#include <string.h>

#include "consents.h"
#include "directory.h"
#include "hold.h"
#include "reporter.h"
#include "sending.h"
#include "text.h"

/* How a party stands to meeting another one. */
typedef enum { STANDS_AGREES, STANDS_NEVER_ASKED, STANDS_SILENT, STANDS_UNVERIFIED, STANDS_REFUSES } Stand;

/* The last word of it in the ledger, where it does not agree. */
static Stand
last_word(const Rows *rows, const Side *side, const Side *other)
{
	Stand stand = STANDS_NEVER_ASKED;

	for (guint i = 0; i < rows_count(rows); i++) {
		const char *state = rows_text(rows, i, "state");

		if (rows_int(rows, i, "party") != side->id || rows_null(rows, i, "other") ||
		    rows_int(rows, i, "other") != other->id)
			continue;
		if (strcmp(state, "asked") == 0)
			stand = STANDS_SILENT;
		else
			stand = strcmp(state, "given") == 0 ? STANDS_UNVERIFIED : STANDS_REFUSES;
	}
	return stand;
}

/* What this answer itself says of it last; NULL: nothing. */
static const char *
said_here(const Acting *acting, const Side *side, const Side *other)
{
	const char *state = NULL;

	for (guint i = 0; i < acting->meetings->len; i++) {
		const Meeting *meeting = &g_array_index(acting->meetings, Meeting, i);

		if (meeting->party == side && meeting->other == other)
			state = meeting->state;
	}
	return state;
}

static bool
stand_on_record(const Acting *acting, const Side *side, const Side *other, Stand *stand,
    GError **error)
{
	Db *db = acting->run->db;
	int agrees = consents_allow(db, side->id, "contact", other->id, error);
	g_autoptr(Rows) rows = agrees == 0 ? consents_list(db, acting->now->case_no, error) : NULL;

	if (agrees < 0 || (agrees == 0 && rows == NULL))
		return false;
	*stand = agrees > 0 ? STANDS_AGREES : last_word(rows, side, other);
	return true;
}

/* As it will stand once this answer is filed. Who is asked again has not taken back
 * what was given. */
static bool
stand_of(const Acting *acting, const Side *side, const Side *other, Stand *stand, GError **error)
{
	const char *here = said_here(acting, side, other);
	bool asked = g_strcmp0(here, "asked") == 0;

	if (here != NULL && !asked) {
		*stand = strcmp(here, "given") == 0 ? STANDS_AGREES : STANDS_REFUSES;
		return true;
	}
	if (!stand_on_record(acting, side, other, stand, error))
		return false;
	if (asked && *stand != STANDS_AGREES)
		*stand = STANDS_SILENT;
	return true;
}

/* "reporter (asked, no answer), devaart (no)" */
static bool
refuse(Acting *acting, Side *const pair[2], const Stand stands[2])
{
	static const char *const words[] = {
		[STANDS_NEVER_ASKED] = "state-none", [STANDS_SILENT] = "unanswered",
		[STANDS_UNVERIFIED] = "unverified-yes", [STANDS_REFUSES] = "no",
	};
	g_autoptr(GString) whose = g_string_new(NULL);

	for (guint i = 0; i < 2; i++)
		if (stands[i] != STANDS_AGREES)
			g_string_append_printf(whose, "%s%s (%s)", whose->len > 0 ? ", " : "", pair[i]->name,
			    acting_word(acting, words[stands[i]]));
	return acting_refuse(acting, "refused-invite", whose->str);
}

/* --- the introduction --- */

static void
add_person(GString *text, const char *name, const char *address, const char *fingerprint)
{
	g_autofree char *clean = name != NULL ? text_clean_line(name, -1) : NULL;

	g_string_append_printf(text, "  %s%s<%s>\n", clean != NULL ? clean : "",
	    clean != NULL && clean[0] != '\0' ? " " : "", address);
	if (fingerprint != NULL)
		g_string_append_printf(text, "  OpenPGP %s\n", fingerprint);
}

/* Name, address and key of a reporter; of an organisation those of its contacts. */
static char *
who_is(const Acting *acting, const Side *side, GError **error)
{
	const Run *run = acting->run;
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(Reporter) reporter = NULL;
	g_autoptr(GPtrArray) contacts = NULL;

	if (side->participant == 0) {
		reporter = reporter_open(run->tools, side->wrapped, side->record, error);
		if (reporter == NULL)
			return NULL;
		add_person(text, reporter->name, reporter->address, reporter->fingerprint);
	} else {
		contacts = directory_contacts(run->db, side->participant, error);
		if (contacts == NULL)
			return NULL;
		g_string_append_printf(text, "  %s\n", side->title);
	}
	for (guint i = 0; contacts != NULL && i < contacts->len; i++) {
		const Correspondent *contact = g_ptr_array_index(contacts, i);

		add_person(text, contact->name, contact->address, contact->fingerprint);
	}
	return g_strchomp(g_string_free(g_steal_pointer(&text), FALSE));
}

typedef struct {
	const Side *party, *other;
	char *cause;
} Introduction;

static void
introduction_free(gpointer data)
{
	Introduction *introduction = data;

	g_free(introduction->cause);
	g_free(introduction);
}

static bool
file_introduction(const Acting *acting, gconstpointer what, GError **error)
{
	const Introduction *introduction = what;

	return consents_introduce(acting->run->db, introduction->party->id, introduction->other->id,
	    acting->authority->analyst, introduction->cause, error);
}

/* A letter to each about the other, let go by one word. */
static bool
introduce(Acting *acting, Side *const pair[2], GError **error)
{
	g_autofree char *cause = sending_cause(acting);
	g_autofree char *first = who_is(acting, pair[1], error);
	g_autofree char *second = first != NULL ? who_is(acting, pair[0], error) : NULL;
	const Sending common = { .kind = "introduce", .template = "introduce", .cause = cause,
	    .own = "", .unusual = hold_name(HOLD_INTRODUCTION), .beside = true };
	Sending letters[2] = { common, common };
	Introduction *introduction;

	if (second == NULL)
		return false;
	pair[0]->meets = pair[1]->id;
	pair[1]->meets = pair[0]->id;
	letters[0].to = pair[0];
	letters[0].text = first;
	letters[1].to = pair[1];
	letters[1].text = second;
	if (!sending_pair(acting, letters, error))
		return false;
	introduction = g_new(Introduction, 1);
	*introduction = (Introduction){ pair[0], pair[1], g_strdup(cause) };
	acting_step(acting, file_introduction, introduction, introduction_free);
	return true;
}

/* Those that were never asked, unless somebody has said no: that ends it. */
static bool
ask_or_refuse(Acting *acting, Side *const pair[2], const Stand stands[2], GError **error)
{
	bool asked = false;

	if (stands[0] == STANDS_REFUSES || stands[1] == STANDS_REFUSES)
		return refuse(acting, pair, stands);
	for (guint i = 0; i < 2; i++) {
		if (stands[i] != STANDS_NEVER_ASKED)
			continue;
		asked = true;
		if (!act_consent_ask(acting, pair[i], pair[1 - i], error))
			return false;
	}
	return asked || refuse(acting, pair, stands);
}

/* The two that are named; one named or meant, and who is across from it. */
static bool
find_pair(Acting *acting, const Command *command, Side *pair[2])
{
	guint words = command->words->len;

	pair[0] = act_side(acting, words > 0 ? g_ptr_array_index(command->words, 0) : NULL);
	pair[1] = pair[0] == NULL ? NULL : act_consent_other(acting, pair[0],
	    words > 1 ? g_ptr_array_index(command->words, 1) : NULL);
	return pair[1] != NULL;
}

bool
act_invite(Acting *acting, const Command *command, GError **error)
{
	Side *pair[2];
	Stand stands[2];

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	if (!find_pair(acting, command, pair))
		return true;
	for (guint i = 0; i < 2; i++)
		if (!stand_of(acting, pair[i], pair[1 - i], &stands[i], error))
			return false;
	if (stands[0] == STANDS_AGREES && stands[1] == STANDS_AGREES)
		return introduce(acting, pair, error);
	return ask_or_refuse(acting, pair, stands, error);
}

/* --- the bridge --- */

typedef struct {
	const Side *side;
	bool on;
} Bridge;

static bool
file_bridge(const Acting *acting, gconstpointer what, GError **error)
{
	const Bridge *bridge = what;

	return side_set_bridge(acting->run->db, bridge->side, acting->authority->analyst, bridge->on,
	    error);
}

static bool
is_reporter(const Side *side)
{
	return strcmp(side->role, "reporter") == 0;
}

/* The organisation at the other end of the reporter's. */
static Side *
bridge_end(Acting *acting, const char *name)
{
	Side *side = act_side(acting, name);

	return side != NULL && is_reporter(side) ? act_consent_other(acting, side, NULL) : side;
}

bool
act_bridge(Acting *acting, const Command *command, GError **error)
{
	const char *word = g_ptr_array_index(command->words, 0);
	bool on = g_ascii_strcasecmp(word, "on") == 0;
	Bridge *bridge;
	Side *side;

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	if (!on && g_ascii_strcasecmp(word, "off") != 0)
		return acting_refuse(acting, "refused-value", word);
	side = bridge_end(acting, command->words->len > 1 ? g_ptr_array_index(command->words, 1) : NULL);
	if (side == NULL)
		return true;
	if (strcmp(side->role, "legal") == 0)
		return acting_refuse(acting, "refused-value", side->name);
	bridge = g_new(Bridge, 1);
	*bridge = (Bridge){ side, on };
	acting_step(acting, file_bridge, bridge, g_free);
	acting_did(acting, on ? "did-bridge" : "did-bridge-off", side->name);
	return true;
}
