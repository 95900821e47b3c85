/*
 * guard - the last look at a mail before it leaves (T-53)
 *
 * It trusts nobody who made the mail. The bytes must have our fixed header
 * fields only, each once, come from an inbox of ours and go to the one
 * recipient of the parcel. An encrypted mail must be exactly the PGP/MIME
 * shape we write, its session-key packets must name exactly the expected key,
 * and nothing may stand anywhere around the ciphertext; its Subject outside is
 * "[...]", or a tag in brackets and one word. A clear mail must be a
 * template that may leave in clear, rendered again to the very same bytes; one
 * with an analyst's text in it, only if an analyst confirmed just that.
 * Anything else is held, with one of these words as the reason.
 */

#ifndef SLUIS_PROGRAM_GUARD_H
#define SLUIS_PROGRAM_GUARD_H

#include <stdbool.h>
#include <glib.h>

#include "parcel.h"
#include "settings.h"

typedef enum {
	GUARD_PASS,
	GUARD_FIELDS,		/* a header field that is not ours, missing, doubled */
	GUARD_SENDER,		/* From or envelope sender is no inbox of ours */
	GUARD_RECIPIENT,	/* not exactly the recipient of the parcel */
	GUARD_SUBJECT,		/* of an encrypted mail: says more than it may outside */
	GUARD_SHAPE,		/* not the encrypted mail that was announced */
	GUARD_KEYS,		/* encrypted to other keys than expected */
	GUARD_TEMPLATE,		/* not what the template gives */
} GuardVerdict;

/* "guard-fields" and so on, for outbox_hold(). */
const char *guard_word(GuardVerdict verdict);

/* confirmed: an analyst's word released it, which the database says, not the
 * parcel. False only when the texts themselves cannot be read: then nothing is known
 * about the mail, and it is to be tried later. */
bool guard_check(const Parcel *parcel, bool confirmed, const Settings *settings,
    GuardVerdict *verdict, GError **error);

#endif
