/* vouch - see vouch.h */

#include "vouch.h"

#include <string.h>

#include "results.h"
#include "signer.h"

#define FRESH ((gint64)24 * 60 * 60 * G_USEC_PER_SEC)	/* of a signature, before or after arrival */

static bool
is_fresh(const Run *run)
{
	gint64 apart = run->reception->received - run->opened->signed_at;

	return ABS(apart) <= FRESH;
}

/* Our own checker's word, where no signature says anything (T-27). */
static bool
checker_passed(const Run *run)
{
	const char *at = run->mail->from != NULL ? strchr(run->mail->from->address, '@') : NULL;
	Signed is_signed = run->opened->is_signed;

	return at != NULL && (is_signed == SIGNED_NONE || is_signed == SIGNED_UNKNOWN_KEY) &&
	    results_dmarc_passed(mime_entity(run->outer).header, run->tools->settings->checker, at + 1);
}

const char *
vouch_of(const Run *run, bool known)
{
	if (signer_sure(run) && is_fresh(run))
		return "signature";
	return known && !run->mail->malformed && checker_passed(run) ? "dmarc" : "none";
}
