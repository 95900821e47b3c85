/*
 * key_quarantine - keys that came in mails: sluis key quarantine, accept, refuse
 *
 * Verbs of key.c's table, in a file of their own.
 */

#ifndef SLUIS_TOOL_KEY_QUARANTINE_H
#define SLUIS_TOOL_KEY_QUARANTINE_H

#include "order.h"

extern const OrderOption key_accept_options[];

bool key_quarantine(const Order *order, GError **error);
bool key_accept(const Order *order, GError **error);
bool key_refuse(const Order *order, GError **error);

/* What gpg --gen-revoke gives, about a key that is pinned. */
bool key_revoke(const Order *order, GError **error);

#endif
