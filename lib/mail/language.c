/* language - which language a text is in; see language.h */

#include "language.h"

#include <stdbool.h>
#include <string.h>
#include <glib.h>
#include <libexttextcat/textcat.h>

#define SAMPLE_MOST 4000
#define SHORT 12		/* words */

/*
 * Words of the languages most mails are in that are frequent in one and none
 * in the others: "of", "is", "in", "die", "was" and the like are missing.
 */
static const char *const nl[] = {
	"het", "een", "van", "en", "niet", "dat", "voor", "met", "zijn", "aan", "ik", "uw", "om", "maar",
	"ook", "naar", "bij", "wij", "deze", "wordt", "worden", "hebben", "heb", "kunnen", "geen", "onze",
	"ons", "graag", "groet", "groeten", "beste", "geachte", "bedankt", "dank", "jullie", "hoe", "dit",
	"melding", "lek", "gevonden", NULL
};
static const char *const en[] = {
	"the", "and", "to", "that", "for", "it", "you", "are", "with", "this", "be", "your", "have", "not",
	"can", "by", "or", "which", "from", "there", "has", "hello", "hi", "dear", "please", "thanks",
	"regards", "my", "our", "found", "would", "could", "any", "through", NULL
};
static const char *const de[] = {
	"der", "und", "das", "ist", "nicht", "zu", "ein", "eine", "ich", "sie", "mit", "auf", "f\u00fcr",
	"von", "dem", "im", "auch", "wir", "sind", "werden", "haben", "oder", "bitte", "ihre", "ihr",
	"gr\u00fc\u00dfe", "gru\u00df", "guten", "geehrte", "danke", "einen", "den", "wurde",
	"\u00fcber", "l\u00fccke", "kann", NULL
};

static const struct { const char *code; const char *const *words; } languages[] = {
	{ "nl", nl }, { "en", en }, { "de", de },
};

typedef struct {
	guint words;
	guint hits[G_N_ELEMENTS(languages)];
	guint distinct[G_N_ELEMENTS(languages)];
	gsize best;
} Count;

static void
count_word(Count *count, GHashTable *seen, const char *word)
{
	bool fresh = g_hash_table_add(seen, g_strdup(word));

	count->words++;
	for (gsize i = 0; i < G_N_ELEMENTS(languages); i++)
		if (g_strv_contains(languages[i].words, word)) {
			count->hits[i]++;
			count->distinct[i] += fresh;
		}
}

static Count
count_words(const char *sample)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autofree char *lower = g_utf8_strdown(sample, -1);
	Count count = { 0 };

	for (char *at = lower; *at != '\0';) {
		char *end = at;

		while (*end != '\0' && g_unichar_isalpha(g_utf8_get_char(end)))
			end = g_utf8_next_char(end);
		if (end > at) {
			g_autofree char *word = g_strndup(at, (gsize)(end - at));

			count_word(&count, seen, word);
		}
		at = *end != '\0' ? g_utf8_next_char(end) : end;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(languages); i++)
		if (count.hits[i] > count.hits[count.best])
			count.best = i;
	return count;
}

static guint
second_hits(const Count *count)
{
	guint second = 0;

	for (gsize i = 0; i < G_N_ELEMENTS(languages); i++)
		if (i != count->best)
			second = MAX(second, count->hits[i]);
	return second;
}

/* Words alone are enough where they leave no doubt. In a short text the most
 * of them is as much as can be known. */
static bool
words_decide(const Count *count)
{
	guint best = count->hits[count->best], second = second_hits(count);

	if (count->words < SHORT)
		return best > second;
	return count->distinct[count->best] >= 3 && best >= 3 * second && best * 10 >= count->words;
}

/*
 * The models are read once a process, when the first text needs them: they
 * take some ten milliseconds, and most mails can do without. The handle is
 * never changed afterwards and lives as long as the process.
 */
static void *
models(void)
{
	static const char *const folders[] = { "/usr/share/libexttextcat/", "/usr/local/share/libexttextcat/" };
	static void *handle = NULL;
	static gsize once = 0;

	if (g_once_init_enter(&once)) {
		for (gsize i = 0; handle == NULL && i < G_N_ELEMENTS(folders); i++) {
			g_autofree char *list = g_strconcat(folders[i], "fpdb.conf", NULL);

			if (g_file_test(list, G_FILE_TEST_EXISTS))
				handle = special_textcat_Init(list, folders[i]);
		}
		g_once_init_leave(&once, 1);
	}
	return handle;
}

void
language_hasten(void)
{
	models();
}

/* "[nl--utf8][af--utf8]": the likely ones. If the words spoke for one of
 * them it is that one, else the first. */
static const char *
guess_by_models(const char *sample, const char *likely)
{
	const char *answer = models() == NULL ? "" : textcat_Classify(models(), sample, strlen(sample));
	g_autofree char *wanted = g_strdup_printf("[%s-", likely);
	g_autofree char *first = NULL;

	if (answer[0] != '[')
		return "";
	if (likely[0] != '\0' && strstr(answer, wanted) != NULL)
		return likely;
	first = g_strndup(answer + 1, strcspn(answer + 1, "-]"));
	return strlen(first) == 2 ? g_intern_string(first) : "";
}

const char *
language_guess(const char *text)
{
	gsize length = strnlen(text, SAMPLE_MOST + 1);
	g_autofree char *sample = NULL;
	const char *likely, *guess;
	Count count;

	while (length > SAMPLE_MOST || (length > 0 && ((guchar)text[length] & 0xC0) == 0x80))
		length--;
	sample = g_strndup(text, length);
	count = count_words(sample);
	likely = count.hits[count.best] > second_hits(&count) ? languages[count.best].code : "";
	if (words_decide(&count))
		return likely;
	guess = count.words < SHORT ? "" : guess_by_models(sample, likely);
	return guess[0] != '\0' ? guess : likely;
}
