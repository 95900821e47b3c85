/*
 * figures - how many there were of what in a year, and how long things took
 */

#ifndef SLUIS_STORE_FIGURES_H
#define SLUIS_STORE_FIGURES_H

#include "db.h"

/* topic, key (text), n, part (int; part may be null), middle, most (real: hours; null:
 * of too few). Nobody is named in them. By topic and key. */
Rows *figures_of(Db *db, int year, const char *zone, GError **error);

#endif
