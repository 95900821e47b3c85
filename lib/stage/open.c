/*
 * open - the mail as far as OpenPGP goes, and what a reader sees of it
 *
 * Limits are checked on the raw bytes first: what is over them is parked, and
 * no parser ever sees it.
 */

#include "signer.h"
#include "stage.h"

#include "brought.h"

static GPtrArray *
by_address(void *db, const char *address, GError **error)
{
	return directory_certificates(db, address, error);
}

static GPtrArray *
by_fingerprint(void *db, const char *fingerprint, GError **error)
{
	return directory_certificates_by_key(db, fingerprint, error);
}

/* The opened entity is foreign bytes as much as the mail around it was. */
static bool
within_limits(Run *run, GBytes *bytes)
{
	run->parked = tools_over_limits(run->tools, bytes);
	return run->parked == NULL;
}

bool
stage_read(Run *run, GError **error)
{
	(void)error;
	if (!within_limits(run, run->raw))
		return true;
	run->outer = mime_parse(run->raw);
	run->mail = mail_read(run->outer, NULL, NULL, run->sender);
	return true;
}

/* RFC 9788 section 4.4: a From inside goes before another one outside where its
 * owner signed, and only there. */
static bool
read_opened(Run *run, GError **error)
{
	Protection protection = opened_protection(run->opened);
	bool signed_by = false;

	run->mail = mail_read(run->outer, run->opened->inner, &protection, run->sender);
	if (run->mail->from_inside != NULL &&
	    !signer_is(run, run->mail->from_inside->address, &signed_by, error))
		return false;
	if (signed_by)
		mail_take_from_inside(run->mail);
	return true;
}

bool
stage_open(Run *run, GError **error)
{
	KeyFinder finder = {
		.by_address = by_address,
		.by_fingerprint = by_fingerprint,
		.context = run->db,
	};
	const Settings *settings = run->tools->settings;

	if (run->parked != NULL || !within_limits(run, run->raw))
		return true;
	run->outer = mime_parse(run->raw);
	run->opened = pgpmail_open(run->tools->pgp, run->outer, &finder,
	    (gsize)settings->most_opened, error);
	if (run->opened == NULL)
		return false;
	if (run->opened->inner != NULL && !within_limits(run, mime_raw(run->opened->inner)))
		return true;
	if (!read_opened(run, error))
		return false;
	if (run->mail != NULL)
		run->brought = brought_find(run->outer, run->opened);
	return true;
}
