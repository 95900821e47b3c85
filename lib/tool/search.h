/*
 * search - words looked for in all messages: sluis case search
 *
 * What was read out of a mail is sealed, and the database cannot look into it:
 * the extracts come here in batches, are opened with the storage key, looked at
 * and forgotten.
 */

#ifndef SLUIS_TOOL_SEARCH_H
#define SLUIS_TOOL_SEARCH_H

#include <stdbool.h>
#include <glib.h>

#include "order.h"

bool search_run(const Order *order, GError **error);

#endif
