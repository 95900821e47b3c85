/*
 * identity - all we know of who reported a case, for the leak search
 */

#ifndef SLUIS_STAGE_IDENTITY_H
#define SLUIS_STAGE_IDENTITY_H

#include "db.h"
#include "leak.h"
#include "tools.h"

/* Addresses, names, user ids and key ids of every reporter of that case, out
 * of their records, certificates and messages. NULL with an error. */
Leak *identity_of_reporters(const Tools *tools, Db *db, guint case_no, GError **error);

#endif
