/* act_consent - what parties agree to; see act.h */

#include "act.h"

#include <string.h>

#include "consents.h"
#include "counsel.h"
#include "sending.h"
#include "template.h"

typedef struct {
	const Side *party, *other;	/* the acting's own; other NULL */
	const char *what, *state, *how;
	char *cause, *value;		/* NULL */
} Entry;

static void
entry_free(gpointer data)
{
	Entry *entry = data;

	g_free(entry->cause);
	g_free(entry->value);
	g_free(entry);
}

static bool
file_entry(const Acting *acting, gconstpointer what, GError **error)
{
	const Entry *entry = what;
	g_autoptr(GBytes) wrapped = NULL, sealed = entry->value == NULL ? NULL :
	    tools_seal_text(acting->run->tools, entry->value, "credit", &wrapped);
	const ConsentNote note = {
		.party = entry->party->id, .other = entry->other != NULL ? entry->other->id : 0,
		.what = entry->what, .state = entry->state, .how = entry->how,
		.analyst = acting->authority->analyst, .cause = entry->cause,
		.wrapped = wrapped, .value = sealed,
	};

	return consents_note(acting->run->db, &note, error);
}

static bool
is_reporter(const Side *side)
{
	return strcmp(side->role, "reporter") == 0;
}

/* Whom a party would meet, where nobody is named: an organisation the reporter, the
 * reporter the only organisation there is. Counsel meets nobody. */
Side *
act_consent_other(Acting *acting, const Side *side, const char *name)
{
	Side *only = name != NULL ? side_named(acting->sides, name) : NULL;
	guint found = only != NULL ? 1 : 0;

	for (guint i = 0; name == NULL && i < acting->sides->len; i++) {
		Side *other = g_ptr_array_index(acting->sides, i);

		if (other != side && !counsel_is(other) && is_reporter(other) != is_reporter(side)) {
			only = other;
			found++;
		}
	}
	if (found == 1 && only != side && !counsel_is(only))
		return only;
	acting_refuse(acting, name != NULL ? "refused-no-party" : "refused-which-party", name);
	return NULL;
}

static void
keep(Acting *acting, Entry entry)
{
	const Meeting meeting = { entry.party, entry.other, entry.state };
	g_autofree char *more = g_strdup_printf("%s %s, %s", entry.party->name,
	    acting_word(acting, entry.what), acting_word(acting, entry.state));

	if (entry.other != NULL)
		g_array_append_val(acting->meetings, meeting);
	acting_step(acting, file_entry, g_memdup2(&entry, sizeof entry), entry_free);
	acting_did(acting, "did-consent", more);
}

/* What another party is to this one, in its language: "who reported this". */
static char *
role_in_words(const Acting *acting, const Side *side, const Side *other, GError **error)
{
	g_autoptr(GHashTable) words = template_words(acting->run->tools->settings->text_folder,
	    side->language, error);

	if (words == NULL)
		return NULL;
	return g_strdup(other == NULL ? "" : template_word_of(words, "other", other->role));
}

/* A template in the party's language. A reporter without a key gets it in clear: it
 * says nothing of the matter. An organisation has pinned keys. */
static bool
ask(Acting *acting, Entry entry, GError **error)
{
	static const struct {
		const char *what, *reporter, *organisation;
	} templates[] = {
		{ "name", "consent-name", NULL },
		{ "credit", "consent-credit", NULL },
		{ "contact", "consent-contact", "consent-meet" },
	};
	g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	g_autofree char *text = role_in_words(acting, entry.party, entry.other, error);
	Sending sending = { .kind = "consent", .to = (Side *)entry.party, .text = text, .own = "",
	    .beside = true };
	bool planned;

	if (text == NULL)
		return false;
	for (guint i = 0; i < G_N_ELEMENTS(templates); i++)
		if (strcmp(templates[i].what, entry.what) == 0)
			sending.template = is_reporter(entry.party) ? templates[i].reporter :
			    templates[i].organisation;
	g_hash_table_insert(values, (gpointer)"tag", g_strdup(acting->now->tag));
	sending.standard = is_reporter(entry.party) ? values : NULL;
	entry.state = "asked";
	entry.how = "template";
	entry.cause = sending_cause(acting);
	sending.cause = entry.cause;
	planned = sending_plan(acting, &sending, error);
	if (planned && acting->refusal == NULL)
		keep(acting, entry);
	else
		g_free(entry.cause);
	return planned;
}

bool
act_consent_ask(Acting *acting, const Side *side, const Side *other, GError **error)
{
	return ask(acting, (Entry){ .party = side, .other = other, .what = "contact" }, error);
}

/* "name=yes", "credit=Grey Heron", "contact=ask". */
static bool
take_word(Acting *acting, const Side *side, const char *with, const char *what, const char *value,
    GError **error)
{
	Entry entry = { .party = side, .what = what, .how = "analyst" };
	bool yes = g_ascii_strcasecmp(value, "yes") == 0, no = g_ascii_strcasecmp(value, "no") == 0;

	if (strcmp(what, "contact") == 0) {
		entry.other = act_consent_other(acting, side, with);
		if (entry.other == NULL)
			return true;
	} else if (!is_reporter(side)) {
		return acting_refuse(acting, "refused-consent", side->name);
	}
	if (g_ascii_strcasecmp(value, "ask") == 0)
		return ask(acting, entry, error);
	if (!yes && !no && (strcmp(what, "credit") != 0 || value[0] == '\0'))
		return acting_refuse(acting, "refused-value", value);
	entry.state = no ? "withdrawn" : "given";
	entry.value = yes || no ? NULL : g_strdup(value);
	keep(acting, entry);
	return true;
}

/* The value of "with=devaart" among the words; NULL. */
static const char *
value_of(const Command *command, const char *key)
{
	for (guint i = 0; i < command->words->len; i++) {
		const char *word = g_ptr_array_index(command->words, i);
		gsize length = strlen(key);

		if (g_ascii_strncasecmp(word, key, length) == 0 && word[length] == '=')
			return word + length + 1;
	}
	return NULL;
}

bool
act_consent(Acting *acting, const Command *command, GError **error)
{
	static const char *const matters[] = { "name", "credit", "contact" };
	const char *first = g_ptr_array_index(command->words, 0);
	bool named = strchr(first, '=') == NULL;
	const Side *side;
	guint taken = 0;

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	side = act_side(acting, named ? first : NULL);
	for (guint i = 0; side != NULL && i < G_N_ELEMENTS(matters); i++) {
		const char *value = value_of(command, matters[i]);

		if (value == NULL)
			continue;
		taken++;
		if (!take_word(acting, side, value_of(command, "with"), matters[i], value, error))
			return false;
	}
	taken += value_of(command, "with") != NULL ? 1 : 0;
	if (side != NULL && (taken == 0 || taken + (named ? 1 : 0) != command->words->len))
		return acting_refuse(acting, "refused-words", command->rest);
	return true;
}
