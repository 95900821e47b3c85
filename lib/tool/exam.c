/* exam - see exam.h */

#include "exam.h"

#include "folds.h"
#include "indicator.h"
#include "learnt.h"
#include "mime.h"
#include "trait.h"

/* A labelled mail, looked at once. */
typedef struct {
	const Labelled *labelled;
	Verdict *verdict;	/* of the rules */
	GPtrArray *words;	/* char *: what its traits were */
	guint64 *hashes;
	Traits traits;
} Sample;

/* All of them: first those that are judged, then those that only teach. */
typedef struct {
	const Rules *rules;
	GPtrArray *samples;	/* of Sample */
	guint judged;
	GArray *parts;		/* of guint */
	Lesson *classes, *motives;
} Class;

/* What some of them teach, of both questions. */
typedef struct {
	Learner *class_learner, *motive_learner;
	Learnt classes, motives;
} Taught;

static void
sample_free(gpointer data)
{
	Sample *sample = data;

	verdict_free(sample->verdict);
	g_ptr_array_unref(sample->words);
	g_free(sample->hashes);
	g_free(sample);
}

static void
class_clear(Class *class)
{
	g_ptr_array_unref(class->samples);
	g_clear_pointer(&class->parts, g_array_unref);
	g_free(class->classes);
	g_free(class->motives);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Class, class_clear)

static void
taught_clear(Taught *taught)
{
	learner_free(taught->class_learner);
	learner_free(taught->motive_learner);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Taught, taught_clear)

Exam *
exam_new(void)
{
	Exam *exam = g_new0(Exam, 1);

	for (guint i = 0; i < EXAM_WAYS; i++) {
		exam->class[i].words = verdict_classes();
		exam->motive[i].words = verdict_motives();
	}
	exam->wrong = g_ptr_array_new_with_free_func(g_free);
	return exam;
}

void
exam_free(Exam *exam)
{
	if (exam == NULL)
		return;
	g_ptr_array_unref(exam->wrong);
	g_free(exam);
}

/* An exam keeps nothing, and needs no key. */
static guint64
hash_of(const char *trait)
{
	guint64 hash = G_GUINT64_CONSTANT(14695981039346656037);	/* FNV-1a */

	for (; *trait != '\0'; trait++)
		hash = (hash ^ (guchar)*trait) * G_GUINT64_CONSTANT(1099511628211);
	return hash;
}

static Sample *
look_at(const Rules *rules, const Labelled *labelled)
{
	g_autoptr(Mime) mime = mime_parse(labelled->mail);
	g_autoptr(Mail) mail = mail_read(mime, NULL, NULL, NULL);
	g_autofree char *words = g_strconcat(mail->subject, "\n", mail->text, NULL);
	g_autoptr(GPtrArray) indicators = indicator_find(words);
	Sample *sample = g_new0(Sample, 1);

	sample->labelled = labelled;
	sample->verdict = rules_apply(rules, mail, indicators);
	sample->words = trait_find(mail, sample->verdict, &sample->traits.strong);
	sample->hashes = g_new0(guint64, sample->words->len);
	for (guint i = 0; i < sample->words->len; i++)
		sample->hashes[i] = hash_of(g_ptr_array_index(sample->words, i));
	sample->traits.of = sample->hashes;
	sample->traits.count = sample->words->len;
	return sample;
}

static void
seat(Class *class, const Rules *rules, const GPtrArray *mails, const GPtrArray *lessons, guint folds)
{
	class->rules = rules;
	class->judged = mails->len;
	class->samples = g_ptr_array_new_with_free_func(sample_free);
	for (guint i = 0; i < mails->len; i++)
		g_ptr_array_add(class->samples, look_at(rules, g_ptr_array_index(mails, i)));
	for (guint i = 0; i < lessons->len; i++)
		g_ptr_array_add(class->samples, look_at(rules, g_ptr_array_index(lessons, i)));
	class->classes = g_new0(Lesson, class->samples->len);
	class->motives = g_new0(Lesson, class->samples->len);
	for (guint i = 0; i < class->samples->len; i++) {
		const Sample *sample = g_ptr_array_index(class->samples, i);

		class->classes[i] = (Lesson){ sample->traits, labelled_class(sample->labelled) };
		class->motives[i] = (Lesson){ sample->traits, sample->labelled->motive };
	}
	class->parts = folds_part(class->classes, class->samples->len, folds);
}

/* By all but that part, of the samples from the first one on. */
static void
teach_without(Taught *taught, const Class *class, guint first, guint part)
{
	taught->class_learner = folds_train_without(class->classes, class->parts, first, part,
	    &taught->classes.lessons);
	taught->motive_learner = folds_train_without(class->motives, class->parts, first, part,
	    &taught->motives.lessons);
	taught->classes.learner = taught->class_learner;
	taught->motives.learner = taught->motive_learner;
}

/* An index into words. */
static guint
index_of(const char *const *words, const char *word)
{
	guint index = 0;

	while (words[index] != word)
		index++;
	return index;
}

static void
rate(Exam *exam, ExamWay way, const Sample *sample, const Verdict *verdict)
{
	rating_class(&exam->class[way], sample->labelled, index_of(verdict_classes(), verdict->class));
	rating_motive(&exam->motive[way], sample->labelled, index_of(verdict_motives(), verdict->motive));
}

/* By the rules, and what was taught as one sign more. */
static Verdict *
judge(const Class *class, const Sample *sample, const Taught *taught)
{
	Verdict *verdict = verdict_copy(sample->verdict);

	learnt_weigh(verdict, rules_learnt_name(class->rules), rules_learnt_weight(class->rules),
	    &taught->classes, &taught->motives, sample->words, &sample->traits);
	return verdict;
}

static guint
likeliest(const Learner *learner, const Traits *traits)
{
	double likely[LEARNER_LABELS] = { 0 };
	guint best = 0;

	learner_judge(learner, traits, likely);
	for (guint i = 1; i < LEARNER_LABELS; i++)
		if (likely[i] > likely[best])
			best = i;
	return best;
}

static void
note_wrong(Exam *exam, const Sample *sample, const Verdict *verdict)
{
	g_autoptr(GString) because = g_string_new(NULL);

	if ((sample->labelled->classes & (1U << index_of(verdict_classes(), verdict->class))) != 0)
		return;
	for (guint i = 0; i < verdict->reasons->len; i++)
		g_string_append_printf(because, "%s%s", i > 0 ? "; " : "", (const char *)verdict->reasons->pdata[i]);
	g_ptr_array_add(exam->wrong, g_strdup_printf("%s: %s, taken for %s: %s", sample->labelled->name,
	    sample->labelled->label, verdict->class, because->str));
}

static void
judge_sample(Exam *exam, const Class *class, const Sample *sample, const Taught *shipped, const Taught *all)
{
	g_autoptr(Verdict) by_shipped = judge(class, sample, shipped);
	g_autoptr(Verdict) by_all = judge(class, sample, all);

	rate(exam, EXAM_RULES, sample, sample->verdict);
	rating_worth(&exam->class[EXAM_RULES], sample->labelled, sample->verdict->low_value);
	rate(exam, EXAM_SHIPPED, sample, by_shipped);
	rating_class(&exam->class[EXAM_LEARNT], sample->labelled, likeliest(all->class_learner, &sample->traits));
	rating_motive(&exam->motive[EXAM_LEARNT], sample->labelled, likeliest(all->motive_learner, &sample->traits));
	rate(exam, EXAM_BOTH, sample, by_all);
	note_wrong(exam, sample, by_all);
}

/* Is any of those that are judged in that part? */
static bool
is_needed(const Class *class, guint part)
{
	guint i = 0;

	while (i < class->judged && g_array_index(class->parts, guint, i) != part)
		i++;
	return i < class->judged;
}

static void
judge_part(Exam *exam, const Class *class, guint part)
{
	g_auto(Taught) shipped = { 0 }, all = { 0 };

	if (!is_needed(class, part))
		return;
	teach_without(&shipped, class, class->judged, part);
	teach_without(&all, class, 0, part);
	for (guint i = 0; i < class->judged; i++)
		if (g_array_index(class->parts, guint, i) == part)
			judge_sample(exam, class, g_ptr_array_index(class->samples, i), &shipped, &all);
}

void
exam_hold(Exam *exam, const Rules *rules, const GPtrArray *mails, const GPtrArray *lessons, guint folds)
{
	g_auto(Class) class = { 0 };

	mime_init();
	seat(&class, rules, mails, lessons, folds);
	for (guint part = 0; part < folds; part++)
		judge_part(exam, &class, part);
}
