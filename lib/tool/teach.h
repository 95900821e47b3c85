/*
 * teach - labelled mails become lessons, and lessons what is learnt
 */

#ifndef SLUIS_TOOL_TEACH_H
#define SLUIS_TOOL_TEACH_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "learning.h"
#include "settings.h"

/* Gives the mails of these folders (char *, see labelled.h) as lessons, and learns
 * from them and from what analysts decided. A mail given before is that lesson. */
bool teach(Db *db, const Settings *settings, const GPtrArray *folders, Learned *learned,
    GError **error);

#endif
