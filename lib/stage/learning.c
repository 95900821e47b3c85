/* learning - see learning.h */

#include "learning.h"

#include <string.h>

#include "learnt.h"
#include "lessons.h"
#include "trait.h"

#define MOST 8000	/* lessons learnt from, the newest */

typedef struct {
	const char *question;
	const char *const *(*words)(void);	/* what it may be answered with */
} Question;

static const Question questions[] = {
	{ "class", verdict_classes },
	{ "motive", verdict_motives },
};

/* 0 stands for no trait at all. */
static gint64
hash_of(const SealKey *index, const char *trait)
{
	g_autoptr(GBytes) mac = seal_mac(index, "trait", trait, strlen(trait));
	gint64 hash;

	memcpy(&hash, g_bytes_get_data(mac, NULL), sizeof(hash));
	return hash != 0 ? hash : 1;
}

GArray *
learning_traits(const SealKey *index, const Mail *mail, const Verdict *verdict, GPtrArray **words,
    guint *strong)
{
	g_autoptr(GPtrArray) found = trait_find(mail, verdict, strong);
	GArray *traits = g_array_sized_new(FALSE, FALSE, sizeof(gint64), found->len);

	for (guint i = 0; i < found->len; i++) {
		gint64 hash = hash_of(index, g_ptr_array_index(found, i));

		g_array_append_val(traits, hash);
	}
	if (words != NULL)
		*words = g_steal_pointer(&found);
	return traits;
}

/* "{0.5,...}": a number for each label, and one for how telling the trait is. */
static LearnerRow
row_of(const char *weights)
{
	LearnerRow row = { .telling = 0 };
	char *end = NULL;

	for (guint i = 0; i < LEARNER_LABELS && *weights != '\0'; i++, weights = end)
		row.of[i] = (float)g_ascii_strtod(weights + 1, &end);
	if (*weights == ',')
		row.telling = (float)g_ascii_strtod(weights + 1, NULL);
	return row;
}

/* What the store knows of a question. */
static Learner *
take_learnt(const Rows *rows, const char *question, guint *lessons)
{
	Learner *learner = learner_new();

	for (guint i = 0; i < rows_count(rows); i++) {
		LearnerRow row;

		if (strcmp(rows_text(rows, i, "question"), question) != 0)
			continue;
		row = row_of(rows_text(rows, i, "weights"));
		learner_put(learner, (guint64)rows_int(rows, i, "trait"), &row);
		*lessons = (guint)rows_int(rows, i, "lessons");
	}
	return learner;
}

static bool
ask(Run *run, const GPtrArray *words, guint strong, GError **error)
{
	const Rules *rules = run->tools->rules;
	g_autoptr(Rows) rows = lessons_learnt(run->db, run->traits, error);
	g_autoptr(Learner) classes = NULL, motives = NULL;
	Learnt of_class = { NULL, 0 }, of_motive = { NULL, 0 };
	const Traits traits = { (const guint64 *)(const void *)run->traits->data, run->traits->len, strong };

	if (rows == NULL)
		return false;
	classes = take_learnt(rows, "class", &of_class.lessons);
	motives = take_learnt(rows, "motive", &of_motive.lessons);
	of_class.learner = classes;
	of_motive.learner = motives;
	learnt_weigh(run->verdict, rules_learnt_name(rules), rules_learnt_weight(rules), &of_class,
	    &of_motive, words, &traits);
	return true;
}

bool
learning_weigh(Run *run, const Mail *mail, GError **error)
{
	g_autoptr(GPtrArray) words = NULL;

	g_clear_pointer(&run->traits, g_array_unref);
	if (run->tools->index == NULL)
		return true;
	run->traits = learning_traits(run->tools->index, mail, run->verdict, &words, &run->strong);
	return rules_learnt_weight(run->tools->rules) <= 0 || ask(run, words, run->strong, error);
}

bool
learning_note(const Run *run, GError **error)
{
	return run->traits == NULL ||
	    lessons_note(run->db, run->placement.case_no, run->traits, run->strong, error);
}

/* The lessons of one question, as they are read. */
typedef struct {
	GArray *lessons;	/* of Lesson */
	GPtrArray *traits;	/* of GArray of gint64: they own what lessons point to */
} Course;

static GArray *
traits_of(const Rows *rows, guint row)
{
	g_autoptr(GPtrArray) texts = rows_texts(rows, row, "traits");
	GArray *traits = g_array_sized_new(FALSE, FALSE, sizeof(gint64), texts->len);

	for (guint i = 0; i < texts->len; i++) {
		gint64 trait = g_ascii_strtoll(g_ptr_array_index(texts, i), NULL, 10);

		g_array_append_val(traits, trait);
	}
	return traits;
}

static void
take_lesson(Course *course, const Rows *rows, guint row, const Question *question)
{
	const char *answer = rows_text(rows, row, question->question);
	GArray *traits;
	Lesson lesson = { 0 };

	while (answer != NULL && question->words()[lesson.label] != NULL &&
	    strcmp(question->words()[lesson.label], answer) != 0)
		lesson.label++;
	if (answer == NULL || question->words()[lesson.label] == NULL)
		return;
	traits = traits_of(rows, row);
	g_ptr_array_add(course->traits, traits);
	lesson.traits = (Traits){ (const guint64 *)(const void *)traits->data, traits->len,
	    (guint)rows_int(rows, row, "strong") };
	g_array_append_val(course->lessons, lesson);
}

typedef struct {
	GArray *traits;		/* of gint64 */
	GPtrArray *weights;	/* char * */
} Sheet;

static void
write_row(guint64 trait, const LearnerRow *row, gpointer data)
{
	Sheet *sheet = data;
	gint64 number = (gint64)trait;
	GString *text = g_string_new("{");
	char digits[G_ASCII_DTOSTR_BUF_SIZE];

	for (guint i = 0; i < LEARNER_LABELS; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? "," : "",
		    g_ascii_formatd(digits, sizeof(digits), "%.5f", (double)row->of[i]));
	g_string_append_printf(text, ",%s", g_ascii_formatd(digits, sizeof(digits), "%.5f", (double)row->telling));
	g_array_append_val(sheet->traits, number);
	g_ptr_array_add(sheet->weights, g_string_free(g_string_append_c(text, '}'), FALSE));
}

static bool
replace(Db *db, const Question *question, const Course *course, guint *traits, GError **error)
{
	g_autoptr(Learner) learner = learner_train(&g_array_index(course->lessons, Lesson, 0),
	    course->lessons->len);
	g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(GPtrArray) weights = g_ptr_array_new_with_free_func(g_free);
	Sheet sheet = { numbers, weights };

	learner_each(learner, write_row, &sheet);
	*traits = numbers->len;
	return lessons_replace(db, question->question, course->lessons->len, numbers, weights, error);
}

static bool
learn(Db *db, const Rows *rows, const Question *question, guint *lessons, guint *traits, GError **error)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Lesson));
	g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
	Course course = { all, owned };

	for (guint i = 0; i < rows_count(rows); i++)
		take_lesson(&course, rows, i, question);
	*lessons = all->len;
	return replace(db, question, &course, traits, error);
}

bool
learning_renew(Db *db, Learned *learned, GError **error)
{
	g_autoptr(Rows) rows = NULL;

	if (!db_begin(db, error))
		return false;
	rows = lessons_list(db, MOST, error);
	if (rows != NULL &&
	    learn(db, rows, &questions[0], &learned->classes, &learned->class_traits, error) &&
	    learn(db, rows, &questions[1], &learned->motives, &learned->motive_traits, error))
		return db_commit(db, error);
	db_rollback(db);
	return false;
}
