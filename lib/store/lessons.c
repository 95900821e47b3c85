/* lessons - what decisions teach, and what was learnt of them; see lessons.h */

#include "lessons.h"

#include "ids.h"

bool
lessons_note(Db *db, guint case_no, const GArray *traits, guint strong, GError **error)
{
	Params *params = params_ids(params_int(params_new(), case_no), traits);

	return db_do(db, "select sluis.note_lesson($1, $2, $3)", params_int(params, strong), error);
}

bool
lessons_give(Db *db, GBytes *source, const char *class, const char *motive, const GArray *traits,
    guint strong, GError **error)
{
	Params *params = params_text(params_text(params_bytes(params_new(), source), class), motive);

	params_int(params_ids(params, traits), strong);
	return db_do(db, "select sluis.give_lesson($1, $2, $3, $4, $5)", params, error);
}

Rows *
lessons_list(Db *db, guint most, GError **error)
{
	return db_query(db, "select * from sluis.list_lessons($1)", params_int(params_new(), most), error);
}

gint64
lessons_due(Db *db, gint64 now, GError **error)
{
	return id_query(db, "select sluis.learning_due($1) as id", params_time(params_new(), now), error);
}

bool
lessons_replace(Db *db, const char *question, guint lessons, const GArray *traits,
    const GPtrArray *weights, GError **error)
{
	Params *params = params_int(params_text(params_new(), question), lessons);

	params_texts(params_ids(params, traits), weights);
	return db_do(db, "select sluis.replace_learnt($1, $2, $3, $4)", params, error);
}

Rows *
lessons_learnt(Db *db, const GArray *traits, GError **error)
{
	return db_query(db, "select * from sluis.what_was_learnt($1)", params_ids(params_new(), traits), error);
}
