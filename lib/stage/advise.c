/* advise - see advise.h */

#include "advise.h"

#include <string.h>

#include "advice.h"
#include "cases.h"
#include "template.h"

#define HASH_LETTERS 8

void
advices_free(Advices *advices)
{
	if (advices == NULL)
		return;
	g_clear_pointer(&advices->meant, g_ptr_array_unref);
	g_clear_pointer(&advices->relayed, g_ptr_array_unref);
	g_free(advices->hash);
	g_free(advices->seen);
	g_free(advices);
}

static void
add_to_sum(GChecksum *sum, const char *text)
{
	if (text != NULL)
		g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text) + 1);
}

static void
add_bytes(GChecksum *sum, GBytes *bytes)
{
	gsize length;
	const guchar *data = g_bytes_get_data(bytes, &length);

	g_checksum_update(sum, data, (gssize)length);
}

char *
advise_hash(GBytes *file, const GPtrArray *enclosures, const GPtrArray *to, bool early)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	add_bytes(sum, file);
	for (guint i = 0; i < enclosures->len; i++)
		add_bytes(sum, ((const Enclosure *)g_ptr_array_index(enclosures, i))->bytes);
	add_to_sum(sum, early ? "early" : "");
	for (guint i = 0; i < to->len; i++) {
		const Addressee *one = g_ptr_array_index(to, i);

		add_to_sum(sum, one->name);
		add_to_sum(sum, one->product != NULL ? one->product : "");
	}
	return g_strndup(g_checksum_get_string(sum), HASH_LETTERS);
}

/* A text without a title begins with it. */
static char *
words_of(const Advisory *advisory)
{
	return g_str_has_prefix(advisory->text, advisory->title) ? g_strdup(advisory->text) :
	    g_strdup_printf("%s\n\n%s", advisory->title, advisory->text);
}

GPtrArray *
advise_names(const Settings *settings, const Advisory *advisory, GError **error)
{
	g_autofree char *words = words_of(advisory);

	return advice_names(settings, words, true, error);
}

/* What it is for them, in their language: "In your list: Citrix ADC 13.1". NULL with an
 * error. */
static char *
because(const Advise *advise, const Side *to, const Addressee *addressee, GError **error)
{
	g_autoptr(GHashTable) words = template_words(advise->tools->settings->text_folder, to->language,
	    error);

	if (words == NULL)
		return NULL;
	if (addressee->product == NULL)
		return g_strdup(template_word(words, "advised-all"));
	return g_strdup_printf("%s %s", template_word(words, addressee->doubtful ? "advised-doubtful" :
	    "advised-listed"), addressee->product);
}

static Relayed *
write_to(const Advise *advise, const GPtrArray *apart, const Side *to, const Addressee *addressee,
    GError **error)
{
	g_autofree char *why = because(advise, to, addressee, error);
	g_autofree char *words = words_of(advise->advisory);
	g_autofree char *text = g_strdup_printf("%s\n\n%s", words, why);
	const Relay relay = {
		.tools = advise->tools, .db = advise->db, .tag = advise->tag, .tlp = "AMBER",
		.inbox = advise->inbox, .sides = apart, .to = to, .kind = "advisory",
		.template = "advisory", .cause = advise->cause, .text = text,
		.advice = advise->advice, .ours = advise->enclosures, .replayed = advise->replayed,
		.unusual = advise->unusual, .analyst = advise->analyst,
	};

	return why != NULL ? relay_write(&relay, error) : NULL;
}

/* Whom to call for want of a key is found out when the embargo is over, too: until then
 * a letter without one is a draft that was let go. */
static void
hold_back(const Advise *advise, const Relayed *relayed)
{
	for (guint i = 0; !advise->early && i < relayed->letters->len; i++) {
		Dispatch *letter = g_ptr_array_index(relayed->letters, i);

		letter->embargoed = true;
		if (letter->keyless && advise->embargo > g_get_real_time()) {
			letter->keyless = false;
			letter->held = "waiting";
		}
	}
}

/* The party it is already, or will be; NULL without an error: it was removed just now. */
static Side *
party_of(const Advise *advise, const char *name, GError **error)
{
	Side *side = side_named(advise->sides, name);

	return side != NULL ? side :
	    side_add(advise->sides, advise->db, advise->case_no, name, "participant", error);
}

static bool
write_one(const Advise *advise, const GPtrArray *apart, Advices *advices,
    const Addressee *addressee, GError **error)
{
	GError *trouble = NULL;
	Side *to = party_of(advise, addressee->name, &trouble);
	Relayed *relayed = to != NULL ? write_to(advise, apart, to, addressee, &trouble) : NULL;

	if (trouble != NULL) {
		g_propagate_error(error, trouble);
		return false;
	}
	if (to == NULL)
		return true;
	hold_back(advise, relayed);
	advices->letters += relayed->letters->len;
	if (relayed->letters->len > 0 && (advices->held == NULL ||
	    g_strcmp0(advices->held, advise->unusual) == 0))
		advices->held = relayed->held;
	g_ptr_array_add(advices->meant, to);
	g_ptr_array_add(advices->relayed, relayed);
	return true;
}

/* One word lets all of them go, and is made of theirs. */
static void
share_name(Advices *advices)
{
	g_autoptr(GChecksum) names = g_checksum_new(G_CHECKSUM_SHA256);
	g_autoptr(GChecksum) seen = g_checksum_new(G_CHECKSUM_SHA256);

	for (guint i = 0; i < advices->relayed->len; i++) {
		const Relayed *one = g_ptr_array_index(advices->relayed, i);

		add_to_sum(names, one->hash);
		add_to_sum(seen, one->seen);
	}
	advices->hash = g_strndup(g_checksum_get_string(names), HASH_LETTERS);
	advices->seen = g_strdup(g_checksum_get_string(seen));
	for (guint i = 0; i < advices->relayed->len; i++) {
		const Relayed *one = g_ptr_array_index(advices->relayed, i);

		for (guint n = 0; n < one->letters->len; n++) {
			Dispatch *letter = g_ptr_array_index(one->letters, n);

			g_free(letter->confirm);
			letter->confirm = letter->confirmer != 0 ? g_strdup(advices->hash) : NULL;
		}
	}
}

/* Parties of the case that it is not for: a text for one of these many may not have a
 * word of their names. Who else gets the same words is looked for like anybody in the
 * directory, by what names it whole; to look through all for each would take as long as
 * their square. */
static GPtrArray *
others_of(const Advise *advise)
{
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	GPtrArray *others = g_ptr_array_new();

	for (guint i = 0; i < advise->to->len; i++)
		g_hash_table_add(names, ((const Addressee *)g_ptr_array_index(advise->to, i))->name);
	for (guint i = 0; i < advise->sides->len; i++) {
		Side *side = g_ptr_array_index(advise->sides, i);

		if (!g_hash_table_contains(names, side->name))
			g_ptr_array_add(others, side);
	}
	return others;
}

void
advise_release(const Advise *advise, Advices *advices)
{
	bool waits = !advise->early && advise->embargo > g_get_real_time();

	advices->held = NULL;
	for (guint i = 0; i < advices->relayed->len; i++) {
		const Relayed *one = g_ptr_array_index(advices->relayed, i);

		for (guint n = 0; n < one->letters->len; n++) {
			Dispatch *letter = g_ptr_array_index(one->letters, n);

			letter->held = letter->certificate == NULL && waits ? "waiting" : NULL;
			g_clear_pointer(&letter->confirm, g_free);
		}
	}
}

Advices *
advise_write(const Advise *advise, GError **error)
{
	g_autoptr(Advices) advices = g_new0(Advices, 1);
	g_autoptr(GPtrArray) apart = others_of(advise);

	advices->meant = g_ptr_array_new();
	advices->relayed = g_ptr_array_new_with_free_func((GDestroyNotify)relayed_free);
	for (guint i = 0; i < advise->to->len; i++)
		if (!write_one(advise, apart, advices, g_ptr_array_index(advise->to, i), error))
			return NULL;
	share_name(advices);
	return g_steal_pointer(&advices);
}

void
advise_take_letters(Advices *advices, GPtrArray *letters)
{
	for (guint i = 0; i < advices->relayed->len; i++) {
		Relayed *one = g_ptr_array_index(advices->relayed, i);

		g_ptr_array_extend_and_steal(letters, g_steal_pointer(&one->letters));
	}
}

bool
advise_file_parties(Db *db, guint case_no, const Advices *advices, GError **error)
{
	for (guint i = 0; i < advices->meant->len; i++) {
		Side *to = g_ptr_array_index(advices->meant, i);

		if (!side_open(db, to, error) || !advised_ask(db, to->id, error) ||
		    !case_note_participant(db, case_no, to->participant, "product", error))
			return false;
	}
	return true;
}
