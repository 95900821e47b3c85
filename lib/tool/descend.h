/*
 * descend - root gives its rights up before it does an operator's work
 *
 * On a host with a user for each program an order is carried out as the user
 * its verb names, mostly sluis-adm, whoever typed it. Root becomes that user
 * for good, as soon as what only root can reach is at hand: the certificates
 * that --key names, the folder that is written or looked at, which it enters,
 * and, for a verb that signs and yet works as the operator's role, the session
 * with the database.
 */

#ifndef SLUIS_TOOL_DESCEND_H
#define SLUIS_TOOL_DESCEND_H

#include <stdbool.h>
#include <glib.h>

#include "order.h"

/* Nothing to do for others than root, without settings, with one_user, and
 * where there are no such users. */
bool descend(Order *order, GError **error);

#endif
