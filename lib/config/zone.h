/*
 * zone - what conf/holidays.yaml says of a zone
 */

#ifndef SLUIS_CONFIG_ZONE_H
#define SLUIS_CONFIG_ZONE_H

#include <glib.h>

#include "holidays.h"

/* The holidays of all entries for that zone; none of a zone that has no entry. NULL
 * with SETUP if the file cannot be read, or has a day that is none. */
Holidays *zone_holidays(const char *path, const char *zone, GError **error);

#endif
