/*
 * evidence - a case as it can be handed to somebody who is to judge it
 *
 * One mail, signed by the team and encrypted to one key: the case as case.json,
 * each mail that came in byte for byte as it was received, and the SHA-256 of all
 * of these in its text. Nothing of it is ever in a file of ours (T-58), and that
 * it was made is on record before it is written.
 */

#ifndef SLUIS_TOOL_EVIDENCE_H
#define SLUIS_TOOL_EVIDENCE_H

#include <stdbool.h>
#include <glib.h>

#include "order.h"

/* sluis case export TAG --key FILE [--to ADDRESS] */
extern const OrderOption evidence_options[];
bool evidence_export(const Order *order, GError **error);

#endif
