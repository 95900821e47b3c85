/*
 * key_check - who cannot be reached, and from when on: sluis key check
 */

#ifndef SLUIS_TOOL_KEY_CHECK_H
#define SLUIS_TOOL_KEY_CHECK_H

#include "order.h"

/* As the operator. REFUSED if somebody who receives cases cannot be reached. */
bool key_check_reach(const Order *order, GError **error);

#endif
