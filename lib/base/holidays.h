/*
 * holidays - days nobody works, besides Saturday and Sunday
 *
 * A day is written "01-01", in every year; "2026-12-24", once; or counted from
 * Easter Sunday of the western churches: "easter-2", "easter+39".
 */

#ifndef SLUIS_BASE_HOLIDAYS_H
#define SLUIS_BASE_HOLIDAYS_H

#include <stdbool.h>
#include <glib.h>

typedef struct Holidays Holidays;

Holidays *holidays_new(void);
void holidays_free(Holidays *holidays);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Holidays, holidays_free)

/* False if that is no day. */
bool holidays_add(Holidays *holidays, const char *day);

/* NULL has none. */
bool holidays_has(const Holidays *holidays, const GDate *date);

/* Easter Sunday of a year. */
GDate holidays_easter(guint year);

#endif
