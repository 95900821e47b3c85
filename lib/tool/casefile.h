/*
 * casefile - a case with all that is in it, as one JSON object
 *
 * The fields are those people's scripts lean on: {tag, inbox, status, class,
 * motive, severity, tlp, title, participants, parties, messages, events}; beside
 * them stand triage, links, notes, clocks, calls, verifications, the ledger of
 * consent and the mails that wait. What was sealed is opened here.
 */

#ifndef SLUIS_TOOL_CASEFILE_H
#define SLUIS_TOOL_CASEFILE_H

#include <glib.h>

#include "json.h"
#include "vault.h"

/* A row of admin_case() or admin_cases(); the head has no parties, messages
 * and events, and costs no further question. */
Json *casefile_head(const Vault *vault, const Rows *rows, guint row, GError **error);
Json *casefile_json(const Vault *vault, const Rows *rows, guint row, GError **error);

#endif
