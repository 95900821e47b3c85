/* rating - see rating.h */

#include "rating.h"

#include "verdict.h"

#define COLUMN 5		/* characters of a number in the table */
#define HEAD 4			/* letters of a class above it */

/* What must reach people: somebody tells of a weakness, a leak or an incident. */
static bool
is_report(const Labelled *labelled)
{
	static const char *const reports[] = { "vulnerability", "leak", "incident", NULL };

	for (guint i = 0; i < VERDICT_CLASSES; i++)
		if ((labelled->classes & (1U << i)) != 0 && !g_strv_contains(reports, verdict_classes()[i]))
			return false;
	return true;
}

static void
add(Rating *rating, guint is, guint taken)
{
	rating->seen[is][taken]++;
	rating->all++;
	rating->right += is == taken;
}

void
rating_class(Rating *rating, const Labelled *labelled, guint class)
{
	static const char *const losing[] = { "spam", "acquisition", NULL };

	add(rating, (labelled->classes & (1U << class)) != 0 ? class : labelled_class(labelled), class);
	if (!is_report(labelled))
		return;
	rating->reports++;
	rating->lost += g_strv_contains(losing, verdict_classes()[class]);
}

void
rating_motive(Rating *rating, const Labelled *labelled, guint motive)
{
	if (labelled->motive != LABELLED_NO_MOTIVE)
		add(rating, labelled->motive, motive);
}

void
rating_worth(Rating *rating, const Labelled *labelled, bool low_value)
{
	if (labelled->low_value || labelled->of_value)
		rating->worth[labelled->low_value][low_value]++;
}

static guint
there_are(const Rating *rating, guint word)
{
	guint sum = 0;

	for (guint i = 0; i < G_N_ELEMENTS(rating->seen); i++)
		sum += rating->seen[word][i];
	return sum;
}

static guint
taken_for(const Rating *rating, guint word)
{
	guint sum = 0;

	for (guint i = 0; i < G_N_ELEMENTS(rating->seen); i++)
		sum += rating->seen[i][word];
	return sum;
}

static double
share(guint part, guint all)
{
	return all == 0 ? 0 : (double)part / all;
}

double
rating_precision(const Rating *rating, guint word)
{
	return share(rating->seen[word][word], taken_for(rating, word));
}

double
rating_recall(const Rating *rating, guint word)
{
	return share(rating->seen[word][word], there_are(rating, word));
}

double
rating_f1(const Rating *rating, guint word)
{
	return share(2 * rating->seen[word][word], there_are(rating, word) + taken_for(rating, word));
}

double
rating_macro_f1(const Rating *rating)
{
	double sum = 0;
	guint words = 0;

	for (guint i = 0; rating->words[i] != NULL; i++) {
		sum += there_are(rating, i) > 0 ? rating_f1(rating, i) : 0;
		words += there_are(rating, i) > 0;
	}
	return words == 0 ? 0 : sum / words;
}

static void
append_share(GString *table, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	g_string_append_printf(table, "%7s", g_ascii_formatd(text, sizeof(text), "%.3f", value));
}

static void
append_row(GString *table, const Rating *rating, guint word)
{
	g_string_append_printf(table, "%-14s", rating->words[word]);
	for (guint i = 0; rating->words[i] != NULL; i++)
		if (rating->seen[word][i] > 0)
			g_string_append_printf(table, "%*u", COLUMN, rating->seen[word][i]);
		else
			g_string_append_printf(table, "%*s", COLUMN, ".");
	append_share(table, rating_precision(rating, word));
	append_share(table, rating_recall(rating, word));
	append_share(table, rating_f1(rating, word));
	g_string_append_c(table, '\n');
}

char *
rating_table(const Rating *rating)
{
	GString *table = g_string_new(NULL);

	g_string_append_printf(table, "%-14s", "is \\ taken for");
	for (guint i = 0; rating->words[i] != NULL; i++)
		g_string_append_printf(table, " %-*.*s", HEAD, HEAD, rating->words[i]);
	g_string_append_printf(table, "%7s%7s%7s\n", "prec", "recall", "F1");
	for (guint i = 0; rating->words[i] != NULL; i++)
		if (there_are(rating, i) + taken_for(rating, i) > 0)
			append_row(table, rating, i);
	return g_string_free(table, FALSE);
}

static Json *
word_json(const Rating *rating, guint word)
{
	Json *json = json_new_object(), *as = json_new_object();

	json_put_int(json, "count", there_are(rating, word));
	json_put_real(json, "precision", rating_precision(rating, word));
	json_put_real(json, "recall", rating_recall(rating, word));
	json_put_real(json, "f1", rating_f1(rating, word));
	for (guint i = 0; rating->words[i] != NULL; i++)
		if (rating->seen[word][i] > 0)
			json_put_int(as, rating->words[i], rating->seen[word][i]);
	json_put(json, "as", as);
	return json;
}

Json *
rating_json(const Rating *rating, const char *several)
{
	Json *json = json_new_object(), *words = json_new_object();

	for (guint i = 0; rating->words[i] != NULL; i++)
		if (there_are(rating, i) > 0)
			json_put(words, rating->words[i], word_json(rating, i));
	json_put(json, several, words);
	json_put_int(json, "count", rating->all);
	json_put_int(json, "right", rating->right);
	json_put_real(json, "macro_f1", rating_macro_f1(rating));
	if (rating->words != verdict_classes())
		return json;
	json_put_int(json, "reports", rating->reports);
	json_put_int(json, "reports_lost", rating->lost);
	return json;
}
