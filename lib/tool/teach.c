/* teach - labelled mails become lessons, and lessons what is learnt; see teach.h */

#include "teach.h"

#include "indicator.h"
#include "labelled.h"
#include "learning.h"
#include "lessons.h"
#include "mime.h"
#include "rules.h"

/* What a lesson is made with. */
typedef struct {
	Db *db;
	SealKey *index;
	Rules *rules;
} Teacher;

static void
teacher_clear(Teacher *teacher)
{
	seal_key_free(teacher->index);
	rules_free(teacher->rules);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Teacher, teacher_clear)

static bool
give(const Teacher *teacher, const Labelled *labelled, GError **error)
{
	g_autoptr(Mime) mime = mime_parse(labelled->mail);
	g_autoptr(Mail) mail = mail_read(mime, NULL, NULL, NULL);
	g_autofree char *words = g_strconcat(mail->subject, "\n", mail->text, NULL);
	g_autoptr(GPtrArray) indicators = indicator_find(words);
	g_autoptr(Verdict) verdict = rules_apply(teacher->rules, mail, indicators);
	gsize length;
	const void *bytes = g_bytes_get_data(labelled->mail, &length);
	g_autoptr(GBytes) source = seal_mac(teacher->index, "lesson", bytes, length);
	guint strong;
	g_autoptr(GArray) traits = learning_traits(teacher->index, mail, verdict, NULL, &strong);

	return lessons_give(teacher->db, source, verdict_classes()[labelled_class(labelled)],
	    labelled->motive != LABELLED_NO_MOTIVE ? verdict_motives()[labelled->motive] : NULL, traits, strong, error);
}

/* All or none. */
static bool
give_all(const Teacher *teacher, const GPtrArray *all, GError **error)
{
	if (!db_begin(teacher->db, error))
		return false;
	for (guint i = 0; i < all->len; i++) {
		if (give(teacher, g_ptr_array_index(all, i), error))
			continue;
		db_rollback(teacher->db);
		return false;
	}
	return db_commit(teacher->db, error);
}

bool
teach(Db *db, const Settings *settings, const GPtrArray *all, Learned *learned, GError **error)
{
	g_auto(Teacher) teacher = { .db = db };

	mime_init();
	if (all->len > 0) {
		teacher.rules = rules_load(settings->rules_file, error);
		if (teacher.rules == NULL || !seal_init(error))
			return false;
		rules_hasten(teacher.rules);
		teacher.index = seal_key_load(settings->key_folder, "index.key", error);
		if (teacher.index == NULL || !give_all(&teacher, all, error))
			return false;
	}
	return learning_renew(db, learned, error);
}

bool
teach_shipped(const Settings *settings, GError **error)
{
	g_autoptr(GPtrArray) all = labelled_new();
	g_autoptr(Db) db = NULL;
	Learned learned = { 0 };
	guint unknown = 0;

	if (!labelled_read_shipped(all, &unknown, error))
		return false;
	db = db_open(settings->db_conninfo, "sluis_adm", error);
	return db != NULL && teach(db, settings, all, &learned, error);
}
