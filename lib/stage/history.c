/* history - see history.h */

#include "history.h"

#include <string.h>

#include "consent.h"
#include "sketch.h"
#include "template.h"
#include "text.h"
#include "times.h"

#define ALIKE 0.7		/* of two texts that are nearly the same */
#define MASS 10			/* participants one text of one sender is about */
#define MASS_TIME G_TIME_SPAN_DAY
#define LONG_KEY 16

void
history_free(History *history)
{
	if (history == NULL)
		return;
	past_free(history->past);
	g_free(history->mark);
	g_clear_pointer(&history->sketch, g_bytes_unref);
	g_clear_pointer(&history->same, g_ptr_array_unref);
	g_free(history);
}

/* --- who --- */

/* Addresses and long key ids: hosts and names are of many. */
static GPtrArray *
hashes_of(const Run *run)
{
	GPtrArray *hashes = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	g_autoptr(GHashTable) all = identifiers_new();
	GHashTableIter each;
	gpointer one;

	identifiers_add_address(all, run->mail->from->address);
	identifiers_add_fingerprint(all, run->opened->signer);
	if (run->reporter != NULL)
		identifiers_add_fingerprint(all, run->reporter->fingerprint);
	g_hash_table_iter_init(&each, all);
	while (g_hash_table_iter_next(&each, &one, NULL)) {
		const Identifier *identifier = one;

		if (identifier->kind == IDENTIFIER_ADDRESS ||
		    (identifier->kind == IDENTIFIER_KEY && strlen(identifier->value) == LONG_KEY))
			g_ptr_array_add(hashes, tools_hash_identifier(run->tools, identifier));
	}
	return hashes;
}

static bool
look_at_past(Run *run, History *history, GError **error)
{
	g_autoptr(GPtrArray) hashes = hashes_of(run);

	history->past = past_of(run->db, run->reporter != NULL ? run->reporter->id : 0, hashes,
	    run->placement.case_no, error);
	if (history->past == NULL || history->past->mark == NULL)
		return history->past != NULL;
	history->mark = tools_unseal_text(run->tools, history->past->wrapped, history->past->mark,
	    "mark", error);
	return *error == NULL;		/* a mark that was erased is none */
}

/* --- what --- */

static bool
is_of(const Run *run, const SameText *same)
{
	return run->reporter != NULL && run->reporter->id != 0 && same->reporter == run->reporter->id;
}

static void
add_names(GHashTable *names, const GPtrArray *participants)
{
	for (guint i = 0; i < participants->len; i++)
		g_hash_table_add(names, g_ptr_array_index(participants, i));
}

/* Is it about one more, of the same sender, within the time? */
static void
weigh(const Run *run, History *history)
{
	g_autoptr(GHashTable) all = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) own = g_hash_table_new(g_str_hash, g_str_equal);
	gint64 then = run->reception != NULL ? run->reception->received - MASS_TIME : G_MAXINT64;
	bool is_more = false;

	for (guint i = 0; i < history->same->len; i++) {
		const SameText *same = g_ptr_array_index(history->same, i);

		add_names(all, same->participants);
		if (is_of(run, same) && same->came >= then)
			add_names(own, same->participants);
	}
	for (guint i = 0; i < run->matches->len; i++) {
		const Match *match = g_ptr_array_index(run->matches, i);

		g_hash_table_add(all, match->name);
		is_more = g_hash_table_add(own, match->name) || is_more;
	}
	history->participants = g_hash_table_size(all);
	history->mass = is_more && g_hash_table_size(own) >= MASS;
}

static bool
look_at_text(Run *run, History *history, GError **error)
{
	g_autofree char *text = mail_new_text(run->mail);
	g_autoptr(GPtrArray) bands = NULL, found = NULL;

	history->same = g_ptr_array_new_with_free_func((GDestroyNotify)same_text_free);
	history->sketch = sketch_of(run->tools->index, text[0] != '\0' ? text : run->mail->text);
	if (history->sketch == NULL)
		return true;
	bands = sketch_bands(history->sketch);
	found = past_same_texts(run->db, bands, error);
	for (guint i = 0; found != NULL && i < found->len; i++) {
		SameText **same = (SameText **)(void *)&g_ptr_array_index(found, i);

		if ((*same)->case_no != run->placement.case_no &&
		    sketch_alike(history->sketch, (*same)->sketch) >= ALIKE)
			g_ptr_array_add(history->same, g_steal_pointer(same));
	}
	if (found != NULL)
		weigh(run, history);
	return found != NULL;
}

bool
history_look(Run *run, GError **error)
{
	g_autoptr(History) history = NULL;
	GError *because = NULL;

	if (run->mail->from == NULL || run->placement.participant != 0 || run->tools->index == NULL)
		return true;
	history = g_new0(History, 1);
	if (!look_at_past(run, history, &because) || !look_at_text(run, history, &because)) {
		g_propagate_error(error, because);
		return false;
	}
	g_clear_pointer(&run->history, history_free);
	run->history = g_steal_pointer(&history);
	return true;
}

/* The oldest that is open, of the same sender. */
const char *
history_case(const Run *run)
{
	const History *history = run->history;

	for (guint i = 0; history != NULL && history->mass && i < history->same->len; i++) {
		const SameText *same = g_ptr_array_index(history->same, i);

		if (same->open && is_of(run, same))
			return same->tag;
	}
	return NULL;
}

/* 10, 20, 50, 100, 200 ... */
static bool
is_round(guint count)
{
	while (count >= 100 && count % 10 == 0)
		count /= 10;
	return count == 10 || count == 20 || count == 50;
}

bool
history_is_mute(const Run *run)
{
	return run->history != NULL && run->history->mass && run->placement.place == PLACE_NOTE &&
	    !is_round(run->history->same->len + 1);
}

/* --- how it is told --- */

static void
count(GHashTable *words, const char *key, guint number, GString *out)
{
	if (number > 0)
		g_string_append_printf(out, ", %u %s", number, template_word(words, key));
}

/* "         4 earlier reports since 2026-03-02: 2 confirmed, 1 refuted; last RD-..." Of
 * who is to be named to nobody no case is told that may name them (T-49). */
static void
earlier(const Past *past, bool hides, GHashTable *words, GString *out)
{
	g_autofree char *since = times_rfc3339(past->since);

	g_string_append_printf(out, "       %u %s %.10s", past->cases, template_word(words,
	    past->cases == 1 ? "past-one" : "past-many"), since);
	count(words, "past-confirmed", past->confirmed, out);
	count(words, "past-refuted", past->refuted, out);
	count(words, "past-unwelcome", past->unwelcome, out);
	count(words, "past-open", past->open, out);
	if (past->last_tag != NULL && !hides)
		g_string_append_printf(out, "; %s %s (%s, %s)", template_word(words, "past-last"),
		    past->last_tag, past->last_class != NULL ?
		    template_word_of(words, "class", past->last_class) : "-", past->last_status);
	g_string_append_c(out, '\n');
}

/* "       trend: more (3 in 90 days, 1 before); of the last: yes, yes, no" */
static void
trend(const Past *past, GHashTable *words, GString *out)
{
	const char *key = past->recent > past->before ? "past-more" :
	    past->recent < past->before ? "past-less" : "past-same";

	g_string_append_printf(out, "       %s %s (%u / %u)", template_word(words, "past-trend"),
	    template_word(words, key), past->recent, past->before);
	for (guint i = 0; i < past->verdicts->len; i++)
		g_string_append_printf(out, "%s %s", i > 0 ? "," : template_word(words, "past-verdicts"),
		    template_word_of(words, "verdict", g_ptr_array_index(past->verdicts, i)));
	g_string_append_c(out, '\n');
}

static void
same_text(const History *history, GHashTable *words, GString *out)
{
	const SameText *first = g_ptr_array_index(history->same, 0);

	g_string_append_printf(out, "! %s %u, %s %u; %s %s\n", template_word(words,
	    history->mass ? "past-mass" : "past-text"), history->same->len + 1,
	    template_word(words, "past-participants"), history->participants,
	    template_word(words, "past-first"), first->tag);
}

static void
marked(const History *history, GHashTable *words, GString *out)
{
	g_autofree char *until = times_rfc3339(history->past->until);
	g_autofree char *mark = text_clean_line(history->mark, -1);

	g_string_append_printf(out, "! %s %s, %s %.10s: %s\n", template_word(words, "past-marked"),
	    history->past->who, template_word(words, "until"), until, mark);
}

void
history_tell(const Run *run, GHashTable *words, GString *out)
{
	const History *history = run->history;

	if (history == NULL)
		return;
	if (history->past->cases > 0) {
		earlier(history->past, consent_hides(run), words, out);
		trend(history->past, words, out);
	}
	if (history->mark != NULL)
		marked(history, words, out);
	if (history->same->len > 0)
		same_text(history, words, out);
}

bool
history_file(const Run *run, gint64 message, GError **error)
{
	g_autoptr(GPtrArray) bands = NULL;

	if (run->history == NULL || run->history->sketch == NULL || run->before != NULL)
		return true;
	bands = sketch_bands(run->history->sketch);
	return past_keep_sketch(run->db, message, run->history->sketch, bands, error);
}
