/*
 * key_quarantine - keys that came in mails: sluis key quarantine, accept, refuse
 *
 * Verbs of key.c's table, in a file of their own.
 */

#ifndef SLUIS_TOOL_KEY_QUARANTINE_H
#define SLUIS_TOOL_KEY_QUARANTINE_H

#include "json.h"
#include "order.h"

extern const OrderOption key_accept_options[];

bool key_quarantine(const Order *order, GError **error);
bool key_accept(const Order *order, GError **error);
bool key_refuse(const Order *order, GError **error);

/* The certificate in a record of the quarantine; NULL: it was erased. */
GBytes *quarantine_bytes(const Json *record, GError **error);

/* What gpg --gen-revoke gives, about a key that is pinned or waits in quarantine. */
bool key_revoke(const Order *order, GError **error);

#endif
