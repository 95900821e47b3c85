/*
 * site - an installation for a host's mail, with a user for each program
 *
 * What the package cannot do, since it must not ask: keys, a key ring with a
 * fresh team key, the database with its schema, and who may be which role. Run
 * again it makes what is missing and sets owners and modes right; it overwrites
 * no key and no ring.
 */

#ifndef SLUIS_TOOL_SITE_H
#define SLUIS_TOOL_SITE_H

#include <stdbool.h>
#include <glib.h>

#include "order.h"

bool site_init(const Order *order, GError **error);

#endif
