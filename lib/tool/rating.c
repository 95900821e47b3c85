/* rating - see rating.h */

#include "rating.h"

#include <string.h>

#include "verdict.h"

#define COLUMN 5		/* characters of a number in the table */
#define HEAD 4			/* letters of a class above it */

static bool
is_class(guint class, const char *word)
{
	return strcmp(verdict_classes()[class], word) == 0;
}

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

void
rating_add(Rating *rating, const Labelled *labelled, guint class)
{
	bool right = (labelled->classes & (1U << class)) != 0;

	rating->seen[right ? class : labelled_class(labelled)][class]++;
	rating->all++;
	rating->right += right;
	if (!is_report(labelled))
		return;
	rating->reports++;
	rating->lost += is_class(class, "spam") || is_class(class, "acquisition");
}

void
rating_worth(Rating *rating, const Labelled *labelled, bool low_value)
{
	if (labelled->low_value || labelled->of_value)
		rating->worth[labelled->low_value][low_value]++;
}

static guint
there_are(const Rating *rating, guint class)
{
	guint sum = 0;

	for (guint i = 0; i < VERDICT_CLASSES; i++)
		sum += rating->seen[class][i];
	return sum;
}

static guint
taken_for(const Rating *rating, guint class)
{
	guint sum = 0;

	for (guint i = 0; i < VERDICT_CLASSES; i++)
		sum += rating->seen[i][class];
	return sum;
}

static double
share(guint part, guint all)
{
	return all == 0 ? 0 : (double)part / all;
}

double
rating_precision(const Rating *rating, guint class)
{
	return share(rating->seen[class][class], taken_for(rating, class));
}

double
rating_recall(const Rating *rating, guint class)
{
	return share(rating->seen[class][class], there_are(rating, class));
}

double
rating_f1(const Rating *rating, guint class)
{
	return share(2 * rating->seen[class][class], there_are(rating, class) + taken_for(rating, class));
}

double
rating_macro_f1(const Rating *rating)
{
	double sum = 0;
	guint classes = 0;

	for (guint i = 0; i < VERDICT_CLASSES; i++) {
		sum += there_are(rating, i) > 0 ? rating_f1(rating, i) : 0;
		classes += there_are(rating, i) > 0;
	}
	return classes == 0 ? 0 : sum / classes;
}

static void
append_share(GString *table, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	g_string_append_printf(table, "%7s", g_ascii_formatd(text, sizeof(text), "%.3f", value));
}

static void
append_row(GString *table, const Rating *rating, guint class)
{
	g_string_append_printf(table, "%-14s", verdict_classes()[class]);
	for (guint i = 0; i < VERDICT_CLASSES; i++)
		if (rating->seen[class][i] > 0)
			g_string_append_printf(table, "%*u", COLUMN, rating->seen[class][i]);
		else
			g_string_append_printf(table, "%*s", COLUMN, ".");
	append_share(table, rating_precision(rating, class));
	append_share(table, rating_recall(rating, class));
	append_share(table, rating_f1(rating, class));
	g_string_append_c(table, '\n');
}

char *
rating_table(const Rating *rating)
{
	GString *table = g_string_new(NULL);

	g_string_append_printf(table, "%-14s", "is \\ taken for");
	for (guint i = 0; i < VERDICT_CLASSES; i++)
		g_string_append_printf(table, " %-*.*s", HEAD, HEAD, verdict_classes()[i]);
	g_string_append_printf(table, "%7s%7s%7s\n", "prec", "recall", "F1");
	for (guint i = 0; i < VERDICT_CLASSES; i++)
		if (there_are(rating, i) + taken_for(rating, i) > 0)
			append_row(table, rating, i);
	return g_string_free(table, FALSE);
}

static Json *
class_json(const Rating *rating, guint class)
{
	Json *json = json_new_object(), *as = json_new_object();

	json_put_int(json, "count", there_are(rating, class));
	json_put_real(json, "precision", rating_precision(rating, class));
	json_put_real(json, "recall", rating_recall(rating, class));
	json_put_real(json, "f1", rating_f1(rating, class));
	for (guint i = 0; i < VERDICT_CLASSES; i++)
		if (rating->seen[class][i] > 0)
			json_put_int(as, verdict_classes()[i], rating->seen[class][i]);
	json_put(json, "as", as);
	return json;
}

Json *
rating_json(const Rating *rating)
{
	Json *json = json_new_object(), *classes = json_new_object();

	for (guint i = 0; i < VERDICT_CLASSES; i++)
		if (there_are(rating, i) > 0)
			json_put(classes, verdict_classes()[i], class_json(rating, i));
	json_put(json, "classes", classes);
	json_put_int(json, "count", rating->all);
	json_put_int(json, "right", rating->right);
	json_put_real(json, "macro_f1", rating_macro_f1(rating));
	json_put_int(json, "reports", rating->reports);
	json_put_int(json, "reports_lost", rating->lost);
	return json;
}
