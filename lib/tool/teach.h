/*
 * teach - labelled mails become lessons, and lessons what is learnt
 */

#ifndef SLUIS_TOOL_TEACH_H
#define SLUIS_TOOL_TEACH_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "settings.h"

typedef struct Learned Learned;	/* of learning.h */

/* Gives these mails (of Labelled) as lessons, and learns from them and from what
 * analysts decided. A mail given before is that lesson. */
bool teach(Db *db, const Settings *settings, const GPtrArray *all, Learned *learned, GError **error);

/* Those that come with sluis, to begin with. */
bool teach_shipped(const Settings *settings, GError **error);

#endif
