/* rulings - what the rules, and what was learnt, say of mails: sluis rules */

#include "nouns.h"

#include "error.h"
#include "exam.h"
#include "file.h"
#include "labelled.h"
#include "learning.h"
#include "print.h"
#include "rating.h"
#include "rules.h"
#include "teach.h"

#define FOLDS 10

static bool
print_share(const char *what, const Rating *rating, bool lost, GError **error)
{
	char score[G_ASCII_DTOSTR_BUF_SIZE];
	g_autofree char *reports = lost ? g_strdup_printf(", %u of %u reports lost", rating->lost, rating->reports) :
	    g_strdup("");

	g_ascii_formatd(score, sizeof(score), "%.3f", rating_macro_f1(rating));
	return print_line(error, "%-44s macro-F1 %s, %u of %u right%s", what, score, rating->right, rating->all, reports);
}

/* The table of one question, and how good each way is. */
static bool
print_question(const Rating *ways, bool lost, GError **error)
{
	static const char *const said[EXAM_WAYS] = {
		[EXAM_RULES] = "rules alone",
		[EXAM_SHIPPED] = "with the lessons that come with sluis",
		[EXAM_LEARNT] = "learnt alone, from these and the other parts",
		[EXAM_BOTH] = "all of it, as in the table",
	};
	g_autofree char *table = rating_table(&ways[EXAM_BOTH]);

	if (!print_text(table, error) || !print_line(error, "%s", ""))
		return false;
	for (guint i = 0; i < EXAM_WAYS; i++)
		if (!print_share(said[i], &ways[i], lost, error))
			return false;
	return true;
}

static bool
print_exam(const Order *order, const Exam *exam, guint unknown, GError **error)
{
	const Rating *rules = &exam->class[EXAM_RULES];

	if (!print_question(exam->class, true, error) ||
	    !print_line(error, "%-44s %u of %u told, %u of %u others taken for one", "findings of low value",
	    rules->worth[1][1], rules->worth[1][0] + rules->worth[1][1], rules->worth[0][1],
	    rules->worth[0][0] + rules->worth[0][1]))
		return false;
	if (exam->motive[EXAM_BOTH].all > 0 && (!print_line(error, "%s", "") ||
	    !print_question(exam->motive, false, error)))
		return false;
	if (unknown > 0 && !print_line(error, "%u without a label we know, not judged", unknown))
		return false;
	for (guint i = 0; order_flag(order, "wrong") && i < exam->wrong->len; i++)
		if (!print_line(error, "%s", (const char *)g_ptr_array_index(exam->wrong, i)))
			return false;
	return true;
}

static bool
print_exam_json(const Exam *exam, guint unknown, GError **error)
{
	static const char *const names[EXAM_WAYS] = { "rules", "shipped", "learnt", "both" };
	const Rating *rules = &exam->class[EXAM_RULES];
	g_autoptr(Json) json = json_new_object();
	g_autofree char *text = NULL;
	Json *motive = json_new_object();

	for (guint i = 0; i < EXAM_WAYS; i++) {
		json_put(json, names[i], rating_json(&exam->class[i], "classes"));
		json_put(motive, names[i], rating_json(&exam->motive[i], "motives"));
	}
	json_put(json, "motive", motive);
	json_put_int(json, "low_value", rules->worth[1][0] + rules->worth[1][1]);
	json_put_int(json, "low_value_told", rules->worth[1][1]);
	json_put_int(json, "of_value", rules->worth[0][0] + rules->worth[0][1]);
	json_put_int(json, "of_value_taken_for_low", rules->worth[0][1]);
	json_put_int(json, "unknown", unknown);
	json_put_texts(json, "wrong", exam->wrong);
	text = json_pretty(json);
	return print_line(error, "%s", text);
}

static Rules *
rules_of(const Order *order, GError **error)
{
	const char *file = order_text(order, "rules");
	Rules *rules = rules_load(file != NULL ? file : order->settings->rules_file, error);

	if (rules != NULL)
		rules_hasten(rules);
	return rules;
}

static bool
rules_test(const Order *order, GError **error)
{
	g_autoptr(Rules) rules = rules_of(order, error);
	g_autoptr(GPtrArray) all = labelled_new();
	g_autoptr(GPtrArray) shipped = labelled_new();
	g_autoptr(Exam) exam = exam_new();
	guint unknown = 0, unshipped = 0;

	for (guint i = 0; rules != NULL && i < order->words->len; i++)
		if (!labelled_read(order_word(order, i), all, &unknown, error))
			return false;
	if (rules == NULL)
		return false;
	if (all->len == 0)
		return error_set(error, SLUIS_ERROR_REFUSED, "%s: no mail with a label", order_word(order, 0));
	if (!labelled_read_shipped(shipped, &unshipped, error))
		return false;
	exam_hold(exam, rules, all, shipped, order_flag(order, "each") ? all->len + shipped->len : FOLDS);
	return order->json ? print_exam_json(exam, unknown, error) : print_exam(order, exam, unknown, error);
}

static bool
rules_check(const Order *order, GError **error)
{
	g_autoptr(Rules) rules = rules_of(order, error);

	return rules != NULL && print_line(error, "%u rules, all well", rules_count(rules));
}

static const Column in_learnt[] = {
	{ "ABOUT", "about", PRINT_TEXT },
	{ "LESSONS", "lessons", PRINT_NUMBER },
	{ "TRAITS", "traits", PRINT_NUMBER },
	{ NULL }
};

static void
add_learnt(Json *array, const char *about, guint lessons, guint traits)
{
	Json *json = json_new_object();

	json_put_text(json, "about", about);
	json_put_int(json, "lessons", lessons);
	json_put_int(json, "traits", traits);
	json_add(array, json);
}

static bool
rules_learn(const Order *order, GError **error)
{
	g_autoptr(Db) db = db_open(order->settings->db_conninfo, "sluis_adm", error);
	g_autoptr(Json) array = json_new_array();
	g_autoptr(GPtrArray) all = labelled_new();
	Learned learned = { 0 };
	guint unknown = 0;

	for (guint i = 0; db != NULL && i < order->words->len; i++)
		if (!labelled_read(order_word(order, i), all, &unknown, error))
			return false;
	if (db == NULL || !teach(db, order->settings, all, &learned, error))
		return false;
	add_learnt(array, "class", learned.classes, learned.class_traits);
	add_learnt(array, "motive", learned.motives, learned.motive_traits);
	return print_list(order, array, in_learnt, error);
}

static const OrderOption test_options[] = {
	{ "rules", "FILE" }, { "each", NULL }, { "wrong", NULL }, { NULL }
};
static const OrderOption check_options[] = { { "rules", "FILE" }, { NULL } };

const Verb rules_verbs[] = {
	{ .noun = "rules", .name = "test", .words = "FOLDER...", .least = 1, .most = 32,
	  .options = test_options, .has_json = true, .run = rules_test,
	  .summary = "how often they are right about labelled mails" },
	{ .noun = "rules", .name = "learn", .words = "[FOLDER]...", .most = 32, .has_json = true,
	  .run = rules_learn, .summary = "learn from what was decided, and from labelled mails" },
	{ .noun = "rules", .name = "check", .options = check_options, .run = rules_check,
	  .summary = "read the rules, and complain of what is wrong" },
	{ 0 }
};
