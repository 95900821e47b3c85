/* stage - see stage.h */

#include "stage.h"

bool
stage_all(Run *run, const Stage *stages, GError **error)
{
	for (guint i = 0; stages[i] != NULL; i++)
		if (!stages[i](run, error))
			return false;
	return true;
}
