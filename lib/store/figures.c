/* figures - see figures.h */

#include "figures.h"

Rows *
figures_of(Db *db, int year, const char *zone, GError **error)
{
	return db_query(db, "select * from sluis.figures($1, $2)",
	    params_text(params_int(params_new(), year), zone), error);
}
