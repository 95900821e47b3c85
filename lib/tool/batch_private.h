/* batch_private - what the readers of files share; see batch.h */

#ifndef SLUIS_TOOL_BATCH_PRIVATE_H
#define SLUIS_TOOL_BATCH_PRIVATE_H

#include "batch.h"

/* An entry that is in already, to be added to; NULL. */
Json *batch_find(const Batch *batch, const char *name);

bool batch_read_yaml(Batch *batch, const char *file, GBytes *bytes, GError **error);
bool batch_read_csv(Batch *batch, const char *file, GBytes *bytes, GError **error);

#endif
