/* decision - questions and what follows */

#include "decision.h"

#include <string.h>
#include <unistd.h>

#include "error.h"
#include "file.h"

/* The table as CERT/CC publishes it (coordinator triage 1.0.0, 192 rows), the last
 * point changing fastest, each in the order of conf/ssvc.yaml: its first letters. */
static const char published[] =
	"dddtdtdddtdtdtdttcdtdttcdddtdttcccccdtdtcccccccc"
	"dddddddddddddddddcdddddcdddddddddddddddddcdddddc"
	"dddddddddddddddddcdddddcdddddddddddddddddcdddddc"
	"dddddddddddddddddcdddddcdddddddddddddddddcdddddc";

static Decision *
load(void)
{
	g_autofree char *file = file_installed("share/sluis/conf/ssvc.yaml");
	GError *error = NULL;
	Decision *decision = decision_load(file, &error);

	g_assert_no_error(error);
	return decision;
}

/* All ways to answer, one after the other. */
static void
walk(const Decision *decision, GHashTable *answers, guint point, guint *row)
{
	const char *name = decision_points(decision)[point];

	if (name == NULL) {
		g_autoptr(GPtrArray) outcome = decision_make(decision, answers, NULL);

		g_assert_cmpuint(outcome->len, ==, 1);
		g_assert_cmpint(((const char *)g_ptr_array_index(outcome, 0))[0], ==, published[*row]);
		(*row)++;
		return;
	}
	for (const char *const *answer = decision_answers(decision, name); *answer != NULL; answer++) {
		g_hash_table_insert(answers, (gpointer)name, (gpointer)*answer);
		walk(decision, answers, point + 1, row);
	}
}

static void
test_published(void)
{
	g_autoptr(Decision) decision = load();
	g_autoptr(GHashTable) answers = g_hash_table_new(g_str_hash, g_str_equal);
	guint row = 0;

	walk(decision, answers, 0, &row);
	g_assert_cmpuint(row, ==, strlen(published));
	g_assert_cmpuint(row, ==, 192);
}

/* What is open says what may follow, and only what matters is asked for. */
static void
test_open(void)
{
	g_autoptr(Decision) decision = load();
	g_autoptr(GHashTable) answers = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GPtrArray) open = NULL, some = NULL, all = decision_make(decision, answers, NULL), one = NULL;

	g_assert_cmpuint(all->len, ==, 3);
	g_hash_table_insert(answers, (gpointer)"public", (gpointer)"no");
	g_hash_table_insert(answers, (gpointer)"contacted", (gpointer)"yes");
	g_hash_table_insert(answers, (gpointer)"credibility", (gpointer)"credible");
	g_hash_table_insert(answers, (gpointer)"cardinality", (gpointer)"one");
	g_hash_table_insert(answers, (gpointer)"engagement", (gpointer)"unresponsive");
	g_hash_table_insert(answers, (gpointer)"utility", (gpointer)"nonsense");
	some = decision_make(decision, answers, &open);
	g_assert_cmpuint(some->len, ==, 2);
	g_assert_cmpuint(open->len, ==, 2);
	g_assert_cmpstr(g_ptr_array_index(open, 0), ==, "utility");
	g_assert_cmpstr(g_ptr_array_index(open, 1), ==, "safety");
	g_hash_table_insert(answers, (gpointer)"utility", (gpointer)"Efficient");
	one = decision_make(decision, answers, NULL);
	g_assert_cmpuint(one->len, ==, 1);
	g_assert_cmpstr(g_ptr_array_index(one, 0), ==, "coordinate");
}

static void
test_wrong(void)
{
	static const char *const tables[] = {
		"x: 1\n",
		"name: n\noutcomes: [a, a]\npoints: {p: [x]}\nrules: []\n",
		"name: n\noutcomes: [a]\npoints: {}\nrules: []\n",
		"name: n\noutcomes: [a]\npoints: {p: [x]}\nrules: [{p: y, outcome: a}]\n",
		"name: n\noutcomes: [a]\npoints: {p: [x]}\nrules: [{q: x, outcome: a}]\n",
		"name: n\noutcomes: [a]\npoints: {p: [x]}\nrules: [{p: x, outcome: b}]\n",
		"name: n\noutcomes: [a]\npoints: {p: [x]}\nrules: [{p: x}]\n",
		"name: n\noutcomes: [a]\npoints: {p: [x]}\nrules: [{p: [], outcome: a}]\n",
	};
	g_autofree char *file = g_build_filename(g_get_tmp_dir(), "decision-XXXXXX", NULL);

	close(g_mkstemp(file));
	for (guint i = 0; i < G_N_ELEMENTS(tables); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Decision) decision = NULL;

		g_assert_true(g_file_set_contents(file, tables[i], -1, NULL));
		decision = decision_load(file, &error);
		g_test_message("%s", tables[i]);
		g_assert_null(decision);
		g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
		g_assert_nonnull(strstr(error->message, ": line "));
	}
	unlink(file);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/decision/published", test_published);
	g_test_add_func("/decision/open", test_open);
	g_test_add_func("/decision/wrong", test_wrong);
	return g_test_run();
}
