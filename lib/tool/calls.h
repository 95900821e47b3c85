/*
 * calls - whom somebody has to call, for people and programs
 *
 * Those a case shows, and what "sluis case told" does about them; what "sluis
 * status" counts.
 */

#ifndef SLUIS_TOOL_CALLS_H
#define SLUIS_TOOL_CALLS_H

#include "order.h"
#include "phone.h"
#include "print.h"

/* A row of phone_tasks(). */
Json *calls_json(const Rows *rows, guint row);
extern const Column calls_columns[];

/* calls, calls_late (numbers) and call_due (time) of those that are open. */
void calls_count(Json *json, const Rows *rows);

/* sluis case told TAG PARTY phone|portal|person */
extern const OrderOption calls_told_options[];
bool calls_told(const Order *order, GError **error);

#endif
