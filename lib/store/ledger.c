/* ledger - ciphertexts that came, by their session keys; see ledger.h */

#include "ledger.h"

#include "ids.h"

void
sighting_free(Sighting *sighting)
{
	if (sighting == NULL)
		return;
	g_free(sighting->tag);
	g_free(sighting);
}

GPtrArray *
ledger_find(Db *db, const GPtrArray *hashes, GError **error)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)sighting_free);
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.find_session_keys($1)",
	    params_hashes(params_new(), hashes), error);

	if (rows == NULL)
		return NULL;
	for (guint i = 0; i < rows_count(rows); i++) {
		Sighting *sighting = g_new0(Sighting, 1);

		sighting->reception = rows_int(rows, i, "reception");
		sighting->case_no = (guint)rows_int(rows, i, "case_no");
		sighting->tag = g_strdup(rows_text(rows, i, "tag"));
		sighting->party = rows_int(rows, i, "party");
		g_ptr_array_add(found, sighting);
	}
	return g_steal_pointer(&found);
}

bool
ledger_add(Db *db, const GPtrArray *hashes, gint64 reception, guint case_no, gint64 party,
    GError **error)
{
	Params *params = params_new();

	params_hashes(params, hashes);
	params_int(params, reception);
	params_id(params, case_no);
	params_id(params, party);
	return db_do(db, "select sluis.add_session_keys($1, $2, $3, $4)", params, error);
}
