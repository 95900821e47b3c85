/* consent - see consent.h */

#include "consent.h"

#include <string.h>

#include "beside.h"
#include "choice.h"
#include "consents.h"
#include "own.h"
#include "template.h"
#include "text.h"
#include "times.h"
#include "vouch.h"

#define CREDIT_MOST 80		/* letters of a name somebody is credited by */
#define PROPOSED_MOST 24	/* of one that fits into a line of ours */

static const char *const matters[] = { "name", "credit", "contact" };

/* One thing that is said. */
typedef struct {
	const char *what;		/* of matters */
	bool given;
	bool answer;			/* to a question of ours */
} Said;

struct Consent {
	GArray *said;			/* of Said */
	gint64 other;			/* whom the contact is with that was asked for; 0 */
	char *value;			/* credited as what; NULL */
	const char *vouched;
};

void
consent_free(Consent *consent)
{
	if (consent == NULL)
		return;
	g_array_unref(consent->said);
	g_free(consent->value);
	g_free(consent);
}

/* The words of all languages we write in, whichever the party was written to in. */
static GHashTable *
words_in(const Run *run, guint n, GError **error)
{
	static const char *const languages[] = { "en", "nl" };

	return n < G_N_ELEMENTS(languages) ? template_words(run->tools->settings->text_folder,
	    languages[n], error) : NULL;
}

#define LANGUAGES 2

static const char *
known_matter(const char *what)
{
	for (guint i = 0; i < G_N_ELEMENTS(matters); i++)
		if (g_strcmp0(matters[i], what) == 0)
			return matters[i];
	return NULL;
}

/* A person, who is the party as far as a token or a reference says so. */
static bool
may_say(const Run *run)
{
	Place place = run->placement.place;

	return (place == PLACE_PARTY || place == PLACE_NEW) && run->mail->kind == MAIL_PERSONAL &&
	    run->before == NULL;
}

/* --- an answer --- */

/* The second line with anything on it. */
static char *
second_line(const char *own)
{
	g_auto(GStrv) lines = g_strsplit(own, "\n", -1);
	guint seen = 0;

	for (char **line = lines; *line != NULL; line++) {
		g_strstrip(*line);
		if (**line != '\0' && ++seen == 2) {
			g_autofree char *name = text_clean_line(*line, -1);

			return g_utf8_substring(name, 0, MIN(CREDIT_MOST, g_utf8_strlen(name, -1)));
		}
	}
	return NULL;
}

static bool
read_answer(const Run *run, Consent *consent, const char *what, GError **error)
{
	g_autoptr(Own) own = own_read(run->mail->text, NULL);
	g_autofree char *line = choice_line(own->text);
	Said said = { .what = known_matter(what), .answer = true };
	bool answered = false;

	for (guint n = 0; !answered && n < LANGUAGES; n++) {
		g_autoptr(GHashTable) words = words_in(run, n, error);

		if (words == NULL)
			return false;
		said.given = choice_among(line, g_hash_table_lookup(words, "consent-yes"));
		answered = said.given || choice_among(line, g_hash_table_lookup(words, "consent-no"));
	}
	if (!answered || said.what == NULL)
		return true;
	g_array_append_val(consent->said, said);
	if (said.given && strcmp(said.what, "credit") == 0)
		consent->value = second_line(own->text);
	return true;
}

/* The mail it answers is the last it refers to. */
static bool
look_for_answer(const Run *run, Consent *consent, GError **error)
{
	const GPtrArray *references = run->mail->references;
	g_autoptr(GBytes) id = NULL;
	g_autofree char *what = NULL;
	GError *because = NULL;

	if (run->placement.place != PLACE_PARTY || references->len == 0)
		return true;
	id = tools_hash_id(run->tools, g_ptr_array_index(references, references->len - 1));
	what = consents_question(run->db, run->placement.party, id, &consent->other, &because);
	if (because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	return what == NULL || read_answer(run, consent, what, error);
}

/* --- what seems to be said --- */

/* In small letters, with one blank between words. */
static char *
plain(const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \n\t", -1);
	g_autoptr(GString) line = g_string_new(NULL);

	for (char **word = words; *word != NULL; word++)
		if (**word != '\0')
			g_string_append_printf(line, " %s", *word);
	return g_utf8_strdown(line->str, -1);
}

static bool
has_one_of(const char *text, const char *forms)
{
	g_auto(GStrv) all = g_strsplit(forms != NULL ? forms : "", ",", -1);

	for (char **form = all; *form != NULL; form++) {
		g_autofree char *small = g_utf8_strdown(g_strstrip(*form), -1);

		if (small[0] != '\0' && strstr(text, small) != NULL)
			return true;
	}
	return false;
}

/* Who says both is taken at the no. */
static void
add_suggestion(Consent *consent, const char *what, bool given)
{
	const Said said = { .what = what, .given = given };

	for (guint i = 0; i < consent->said->len; i++) {
		Said *before = &g_array_index(consent->said, Said, i);

		if (before->what == what) {
			before->given = before->given && given;
			return;
		}
	}
	g_array_append_val(consent->said, said);
}

static bool
look_for_forms(const Run *run, const char *said, Consent *consent, GError **error)
{
	g_autoptr(Own) own = own_read(said, NULL);
	g_autofree char *text = plain(own->text);

	for (guint n = 0; n < LANGUAGES; n++) {
		g_autoptr(GHashTable) words = words_in(run, n, error);

		if (words == NULL)
			return false;
		for (guint i = 0; i < G_N_ELEMENTS(matters); i++) {
			g_autofree char *yes = g_strdup_printf("forms-%s-yes", matters[i]);
			g_autofree char *no = g_strdup_printf("forms-%s-no", matters[i]);

			if (has_one_of(text, g_hash_table_lookup(words, no)))
				add_suggestion(consent, matters[i], false);
			else if (has_one_of(text, g_hash_table_lookup(words, yes)))
				add_suggestion(consent, matters[i], true);
		}
	}
	return true;
}

static bool
is_reporter(const Run *run)
{
	return g_strcmp0(run->placement.role, "reporter") == 0;
}

/* Somebody else's good signature vouches for no reporter. */
static const char *
vouched(const Run *run, GError **error)
{
	const char *address = run->mail->from != NULL ? run->mail->from->address : NULL;
	g_autofree char *name = NULL;
	int contact = 0;

	if (is_reporter(run))
		return run->from_fits ? vouch_of(run, true) : "none";
	if (address != NULL)
		contact = directory_contact_of(run->db, run->placement.participant, address, NULL,
		    &name, error);
	return contact < 0 ? NULL : vouch_of(run, contact != 0);
}

static Consent *
consent_new(void)
{
	Consent *consent = g_new0(Consent, 1);

	consent->said = g_array_new(FALSE, FALSE, sizeof(Said));
	return consent;
}

static bool
refuses_name(const Consent *consent)
{
	for (guint i = 0; consent != NULL && i < consent->said->len; i++) {
		const Said *said = &g_array_index(consent->said, Said, i);

		if (strcmp(said->what, "name") == 0 && !said->given)
			return true;
	}
	return false;
}

bool
consent_text_hides(const Run *run, const char *text, bool *hides, GError **error)
{
	g_autoptr(Consent) consent = consent_new();

	if (!look_for_forms(run, text, consent, error))
		return false;
	*hides = refuses_name(consent);
	return true;
}

bool
consent_look(Run *run, GError **error)
{
	g_autoptr(Consent) consent = consent_new();

	if (!may_say(run))
		return true;
	if (!look_for_answer(run, consent, error))
		return false;
	if (consent->said->len == 0 && is_reporter(run) &&
	    !look_for_forms(run, run->mail->text, consent, error))
		return false;
	if (consent->said->len == 0)
		return true;
	consent->vouched = vouched(run, error);
	if (consent->vouched == NULL)
		return false;
	run->consent = g_steal_pointer(&consent);
	return true;
}

bool
consent_hides(const Run *run)
{
	const Side *side = run->beside == NULL || run->beside->sides == NULL ? NULL :
	    side_of_id(run->beside->sides, run->placement.party);

	if (!is_reporter(run) || run->placement.place == PLACE_NOTE)
		return false;
	return refuses_name(run->consent) || (side != NULL && side->hidden);
}

/* --- what is told of it --- */

/* By the name commands have for it. */
static const char *
name_of(const Run *run, gint64 party)
{
	const Side *side = run->beside == NULL || run->beside->sides == NULL ? NULL :
	    side_of_id(run->beside->sides, party);

	return side != NULL ? side->name : NULL;
}

/* "/consent reporter contact=yes with=devaart": not alone on its line, where it would
 * be a line of ours that an answer only quotes; and the name somebody wishes only if
 * no program breaks the line in it. */
static void
propose(const Run *run, const Said *said, const char *value, GHashTable *words, GString *out)
{
	const char *party = name_of(run, run->placement.party);
	const char *other = said->answer ? name_of(run, run->consent->other) : NULL;
	bool short_name = value != NULL && strpbrk(value, "\"/") == NULL &&
	    g_utf8_strlen(value, -1) <= PROPOSED_MOST;

	g_string_append_printf(out, "! %s /consent %s %s=%s%s%s", template_word(words, "on-record"),
	    party != NULL ? party : run->placement.role, said->what, value != NULL ? "\"" : "",
	    short_name ? value : value != NULL ? "..." : said->given ? "yes" : "no",
	    value != NULL ? "\"" : "");
	if (other != NULL)
		g_string_append_printf(out, " with=%s", other);
	g_string_append_c(out, '\n');
}

/* "Answers name: yes (unverified ...)", and how it is put on record, if it must be. */
static void
tell_one(const Run *run, const Said *said, GHashTable *words, GString *out)
{
	const Consent *consent = run->consent;
	bool counts = said->answer && (!said->given || strcmp(consent->vouched, "none") != 0);
	const char *value = said->answer && strcmp(said->what, "credit") == 0 ? consent->value : NULL;

	g_string_append_printf(out, "%s%s %s: %s", counts ? "" : "! ",
	    template_word(words, said->answer ? "answers" : "seems"),
	    template_word_of(words, "consent", said->what),
	    template_word(words, said->given ? "yes" : "no"));
	if (value != NULL)
		g_string_append_printf(out, ", \"%s\"", value);
	if (said->answer)
		g_string_append_printf(out, " (%s)", template_word_of(words, "chosen", consent->vouched));
	g_string_append_c(out, '\n');
	if (!counts)
		propose(run, said, value, words, out);
}

void
consent_tell(const Run *run, GHashTable *words, GString *out)
{
	for (guint i = 0; run->consent != NULL && i < run->consent->said->len; i++)
		tell_one(run, &g_array_index(run->consent->said, Said, i), words, out);
}

/* --- the ledger --- */

bool
consent_file(const Run *run, gint64 message, GError **error)
{
	const Consent *consent = run->consent;

	for (guint i = 0; consent != NULL && i < consent->said->len; i++) {
		const Said *said = &g_array_index(consent->said, Said, i);
		g_autoptr(GBytes) wrapped = NULL, sealed = NULL;
		ConsentNote note = {
			.party = run->placement.party, .other = said->answer ? consent->other : 0,
			.what = said->what, .state = said->given ? "given" : "withdrawn",
			.how = said->answer ? "answer" : "suggestion",
			.signature = signed_word(run->opened->is_signed), .vouched = consent->vouched,
			.message = message,
		};

		if (said->answer && consent->value != NULL) {
			sealed = tools_seal_text(run->tools, consent->value, "credit", &wrapped);
			note.wrapped = wrapped;
			note.value = sealed;
		}
		if (!consents_note(run->db, &note, error))
			return false;
	}
	return true;
}

/* "answer, signature none, unverified"; of an analyst's doing who it was. */
static char *
source_of(const Rows *rows, guint row, GHashTable *words)
{
	const char *who = rows_text(rows, row, "who"), *vouches = rows_text(rows, row, "vouched");
	const char *how = template_word_of(words, "consent", rows_text(rows, row, "how"));

	if (vouches == NULL)
		return g_strdup_printf("%s %s", how, who);
	return g_strdup_printf("%s, %s %s; %s", how, template_word(words, "signature"),
	    rows_text(rows, row, "signature"), template_word_of(words, "chosen", vouches));
}

static void
add_line(GString *lines, const Tools *tools, const Rows *rows, guint row, const GPtrArray *sides,
    GHashTable *words)
{
	const Side *side = side_of_id(sides, rows_int(rows, row, "party"));
	const Side *other = rows_null(rows, row, "other") ? NULL :
	    side_of_id(sides, rows_int(rows, row, "other"));
	g_autoptr(GBytes) wrapped = rows_bytes(rows, row, "wrapped"), sealed = rows_bytes(rows, row, "value");
	g_autofree char *value = tools_unseal_text(tools, wrapped, sealed, "credit", NULL);
	g_autofree char *time = times_rfc3339(rows_time(rows, row, "at"));
	g_autofree char *source = source_of(rows, row, words);

	g_string_append_printf(lines, "%s  %s", side != NULL ? side->name : "-",
	    template_word_of(words, "consent", rows_text(rows, row, "what")));
	if (other != NULL)
		g_string_append_printf(lines, " %s", other->name);
	g_string_append_printf(lines, ": %s", template_word_of(words, "consent", rows_text(rows, row, "state")));
	if (value != NULL)
		g_string_append_printf(lines, " \"%s\"", value);
	g_string_append_printf(lines, " %.16s (%s)%s\n", time, source,
	    rows_bool(rows, row, "holds") ? " *" : "");
}

char *
consent_lines(const Tools *tools, Db *db, guint case_no, const GPtrArray *sides,
    GHashTable *words, GError **error)
{
	g_autoptr(Rows) rows = consents_list(db, case_no, error);
	GString *lines;

	if (rows == NULL)
		return NULL;
	lines = g_string_new(NULL);
	for (guint i = 0; i < rows_count(rows); i++)
		add_line(lines, tools, rows, i, sides, words);
	return g_string_free(lines, FALSE);
}
