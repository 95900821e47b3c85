/*
 * escrow - what nobody can make again, on paper
 *
 * storage.key opens all that was received, index.key finds it again, and the
 * revocation takes the team key back when it was lost or stolen. Printed once,
 * kept where the host is not; typed in to see that the paper is right.
 */

#ifndef SLUIS_TOOL_ESCROW_H
#define SLUIS_TOOL_ESCROW_H

#include <stdbool.h>
#include <glib.h>

#include "order.h"

/* The recovery sheet, for people; read as root. */
char *escrow_sheet(const Settings *settings, const char *team_key, GError **error);

/* Was a sheet with the secrets of today read back? */
bool escrow_is_checked(const Settings *settings, const char *team_key);

/* sluis key escrow [--check | --read NAME] */
bool escrow_run(const Order *order, GError **error);
extern const OrderOption escrow_options[];

#endif
