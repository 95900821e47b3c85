/* rulings - what the rules, and what was learnt, say of mails: sluis rules */

#include "nouns.h"

#include "error.h"
#include "file.h"
#include "folds.h"
#include "indicator.h"
#include "labelled.h"
#include "learnt.h"
#include "mime.h"
#include "print.h"
#include "rating.h"
#include "rules.h"
#include "teach.h"
#include "trait.h"

#define FOLDS 10

/* A labelled mail, looked at once. */
typedef struct {
	const Labelled *labelled;
	bool rated;		/* else it only teaches */
	Verdict *verdict;
	GPtrArray *words;	/* char *: what its traits were */
	guint64 *hashes;
	Traits traits;
} Sample;

/* The same mails judged in three ways. */
typedef struct {
	Rating rules, learnt, both;
	guint unknown;		/* without a label we know */
	GPtrArray *wrong;	/* char *: "NAME: LABEL taken for CLASS: because" */
} Trial;

static void
sample_free(gpointer data)
{
	Sample *sample = data;

	verdict_free(sample->verdict);
	g_ptr_array_unref(sample->words);
	g_free(sample->hashes);
	g_free(sample);
}

/* A trial keeps nothing, and needs no key. */
static guint64
hash_of(const char *trait)
{
	guint64 hash = G_GUINT64_CONSTANT(14695981039346656037);	/* FNV-1a */

	for (; *trait != '\0'; trait++)
		hash = (hash ^ (guchar)*trait) * G_GUINT64_CONSTANT(1099511628211);
	return hash;
}

static Sample *
look_at(const Rules *rules, const Labelled *labelled, bool rated)
{
	g_autoptr(Mime) mime = mime_parse(labelled->mail);
	g_autoptr(Mail) mail = mail_read(mime, NULL, NULL, NULL);
	g_autofree char *words = g_strconcat(mail->subject, "\n", mail->text, NULL);
	g_autoptr(GPtrArray) indicators = indicator_find(words);
	Sample *sample = g_new0(Sample, 1);

	sample->labelled = labelled;
	sample->rated = rated;
	sample->verdict = rules_apply(rules, mail, indicators);
	sample->words = trait_find(mail, sample->verdict, &sample->traits.strong);
	sample->hashes = g_new0(guint64, sample->words->len);
	for (guint i = 0; i < sample->words->len; i++)
		sample->hashes[i] = hash_of(g_ptr_array_index(sample->words, i));
	sample->traits.of = sample->hashes;
	sample->traits.count = sample->words->len;
	return sample;
}

static guint
class_index(const char *class)
{
	guint index = 0;

	while (verdict_classes()[index] != class)
		index++;
	return index;
}

static guint
likeliest(const double *likely)
{
	guint best = 0;

	for (guint i = 1; i < VERDICT_CLASSES; i++)
		if (likely[i] > likely[best])
			best = i;
	return best;
}

static void
note_wrong(Trial *trial, const Sample *sample)
{
	const Verdict *verdict = sample->verdict;
	g_autofree char *because = NULL;

	if ((sample->labelled->classes & (1U << class_index(verdict->class))) != 0)
		return;
	g_ptr_array_add(verdict->reasons, NULL);
	because = g_strjoinv("; ", (char **)verdict->reasons->pdata);
	g_ptr_array_set_size(verdict->reasons, (gint)verdict->reasons->len - 1);
	g_ptr_array_add(trial->wrong, g_strdup_printf("%s: %s, taken for %s: %s", sample->labelled->name,
	    sample->labelled->label, verdict->class, because));
}

/* One part, by what the others teach. */
static void
judge_part(Trial *trial, const Rules *rules, const GPtrArray *samples, const GArray *parts, guint part,
    const Lesson *lessons)
{
	g_autoptr(Learner) learner = folds_train_without(lessons, parts, part);
	const Learnt classes = { learner, parts->len }, none = { NULL, 0 };

	for (guint i = 0; i < samples->len; i++) {
		Sample *sample = g_ptr_array_index(samples, i);
		double likely[LEARNER_LABELS] = { 0 };

		if (g_array_index(parts, guint, i) != part || !sample->rated)
			continue;
		learner_judge(learner, &sample->traits, likely);
		rating_add(&trial->learnt, sample->labelled, likeliest(likely));
		learnt_weigh(sample->verdict, rules_learnt_name(rules), rules_learnt_weight(rules), &classes, &none,
		    sample->words, &sample->traits);
		rating_add(&trial->both, sample->labelled, class_index(sample->verdict->class));
		note_wrong(trial, sample);
	}
}

static void
judge_all(Trial *trial, const Rules *rules, const GPtrArray *samples, guint folds)
{
	g_autofree Lesson *lessons = g_new0(Lesson, samples->len);
	g_autoptr(GArray) parts = NULL;

	for (guint i = 0; i < samples->len; i++) {
		const Sample *sample = g_ptr_array_index(samples, i);

		lessons[i] = (Lesson){ sample->traits, labelled_class(sample->labelled) };
		if (!sample->rated)
			continue;
		rating_add(&trial->rules, sample->labelled, class_index(sample->verdict->class));
		rating_worth(&trial->rules, sample->labelled, sample->verdict->low_value);
	}
	parts = folds_part(lessons, samples->len, folds);
	for (guint part = 0; part < folds; part++)
		judge_part(trial, rules, samples, parts, part, lessons);
}

static bool
print_share(const char *what, const Rating *rating, GError **error)
{
	char score[G_ASCII_DTOSTR_BUF_SIZE];

	g_ascii_formatd(score, sizeof(score), "%.3f", rating_macro_f1(rating));
	return print_line(error, "%-34s macro-F1 %s, %u of %u right, %u of %u reports lost", what, score,
	    rating->right, rating->all, rating->lost, rating->reports);
}

static bool
print_trial(const Order *order, const Trial *trial, GError **error)
{
	g_autofree char *table = rating_table(&trial->both);
	const Rating *rules = &trial->rules;

	if (!print_text(table, error) || !print_line(error, "%s", "") ||
	    !print_share("rules alone", rules, error) ||
	    !print_share("learnt alone, from the other parts", &trial->learnt, error) ||
	    !print_share("both, as in the table", &trial->both, error) ||
	    !print_line(error, "%-34s %u of %u told, %u of %u others taken for one", "findings of low value",
	    rules->worth[1][1], rules->worth[1][0] + rules->worth[1][1], rules->worth[0][1],
	    rules->worth[0][0] + rules->worth[0][1]))
		return false;
	if (trial->unknown > 0 && !print_line(error, "%u without a label we know, not judged", trial->unknown))
		return false;
	for (guint i = 0; order_flag(order, "wrong") && i < trial->wrong->len; i++)
		if (!print_line(error, "%s", (const char *)g_ptr_array_index(trial->wrong, i)))
			return false;
	return true;
}

static bool
print_trial_json(const Trial *trial, GError **error)
{
	g_autoptr(Json) json = json_new_object();
	g_autofree char *text = NULL;

	json_put(json, "rules", rating_json(&trial->rules));
	json_put(json, "learnt", rating_json(&trial->learnt));
	json_put(json, "both", rating_json(&trial->both));
	json_put_int(json, "low_value", trial->rules.worth[1][0] + trial->rules.worth[1][1]);
	json_put_int(json, "low_value_told", trial->rules.worth[1][1]);
	json_put_int(json, "of_value", trial->rules.worth[0][0] + trial->rules.worth[0][1]);
	json_put_int(json, "of_value_taken_for_low", trial->rules.worth[0][1]);
	json_put_int(json, "unknown", trial->unknown);
	json_put_texts(json, "wrong", trial->wrong);
	text = json_pretty(json);
	return print_line(error, "%s", text);
}

static Rules *
rules_of(const Order *order, GError **error)
{
	const char *file = order_text(order, "rules");

	return rules_load(file != NULL ? file : order->settings->rules_file, error);
}

/* Those that come with sluis teach, too; where there are none, none do. */
static bool
look_at_shipped(const Rules *rules, GPtrArray *shipped, GPtrArray *samples, GError **error)
{
	g_autofree char *folder = file_installed("share/sluis/lessons");
	guint unknown = 0;

	if (!g_file_test(folder, G_FILE_TEST_IS_DIR))
		return true;
	if (!labelled_read(folder, shipped, &unknown, error))
		return false;
	for (guint i = 0; i < shipped->len; i++)
		g_ptr_array_add(samples, look_at(rules, g_ptr_array_index(shipped, i), false));
	return true;
}

static bool
rules_test(const Order *order, GError **error)
{
	g_autoptr(Rules) rules = rules_of(order, error);
	g_autoptr(GPtrArray) all = labelled_new();
	g_autoptr(GPtrArray) shipped = labelled_new();
	g_autoptr(GPtrArray) samples = g_ptr_array_new_with_free_func(sample_free);
	g_autoptr(GPtrArray) wrong = g_ptr_array_new_with_free_func(g_free);
	g_autofree Trial *trial = g_new0(Trial, 1);

	trial->wrong = wrong;
	for (guint i = 0; rules != NULL && i < order->words->len; i++)
		if (!labelled_read(order_word(order, i), all, &trial->unknown, error))
			return false;
	if (rules == NULL)
		return false;
	if (all->len == 0)
		return error_set(error, SLUIS_ERROR_REFUSED, "%s: no mail with a label", order_word(order, 0));
	mime_init();
	for (guint i = 0; i < all->len; i++)
		g_ptr_array_add(samples, look_at(rules, g_ptr_array_index(all, i), true));
	if (!look_at_shipped(rules, shipped, samples, error))
		return false;
	judge_all(trial, rules, samples, order_flag(order, "each") ? samples->len : FOLDS);
	return order->json ? print_trial_json(trial, error) : print_trial(order, trial, error);
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
	Learned learned = { 0 };

	if (db == NULL || !teach(db, order->settings, order->words, &learned, error))
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
