/*
 * hold - why a letter is held
 *
 * The outbox, the audit and the operator's tool have one name for each reason, of
 * a few that are fixed. A mail to an analyst says it in that team's language: each
 * name has a row among the words.
 */

#ifndef SLUIS_STAGE_HOLD_H
#define SLUIS_STAGE_HOLD_H

#include <glib.h>

typedef enum {
	HOLD_LEAK_TEXT,			/* it names somebody else (T-47) */
	HOLD_LEAK_ATTACHMENT,
	HOLD_OPENPGP_TEXT,		/* OpenPGP data of others (T-45) */
	HOLD_OPENPGP_ATTACHMENT,
	HOLD_COUNSEL,			/* words of counsel's */
	HOLD_PERSONAL_TEXT,		/* data of persons */
	HOLD_PERSONAL_ATTACHMENT,
	HOLD_ATTACHMENT,		/* it cannot be cleaned (T-44) */
	HOLD_REPLAYED,			/* of a case with a ciphertext that came before (T-26) */
	HOLD_NOT_CONCERNED,		/* of a case that is none of its business */
	HOLD_CLEAR,			/* unusual, each of them (T-40) */
	HOLD_ALL,
	HOLD_FIRST,
	HOLD_LANGUAGE,
	HOLD_INTRODUCTION,
	HOLD_BRIDGE,
	HOLD_PROGRESS,
	HOLD_ADVISORY,
	HOLD_EMBARGO,			/* it would leave before the end of one */
	HOLD_NO_KEY,			/* no usable one (T-31) */
	HOLD_NO_CONTACT
} Hold;

/* The name, which lives as long as the program. */
const char *hold_name(Hold hold);

/* In words, of the language these are of: a name of the above, or one of
 * certificate.h's; any other is said as it stands. Borrowed. */
const char *hold_said(GHashTable *words, const char *name);

#endif
