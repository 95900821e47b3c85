/*
 * advisory - what the team warns of, from a text or from CSAF 2.0
 *
 * A text may begin with lines "Subject:", "Product:", "Version:" and "Severity:", of
 * which Product may come again, with the Versions behind it; an empty line ends them.
 * CSAF is JSON (OASIS CSAF 2.0): its title, notes and remedies are the words, and its
 * products those a vulnerability says are affected, all if none says so.
 */

#ifndef SLUIS_MAIL_ADVISORY_H
#define SLUIS_MAIL_ADVISORY_H

#include <stdbool.h>
#include <glib.h>

typedef struct {
	char *title;			/* one line */
	char *severity;			/* critical, high, medium, low; NULL: not said */
	char *text;			/* for people */
	GPtrArray *products, *versions;	/* char *, side by side; versions as in versions.h */
	bool is_csaf;
} Advisory;

/* REFUSED, with a sentence, for what is no text and no CSAF. */
Advisory *advisory_read(GBytes *bytes, GError **error);
void advisory_free(Advisory *advisory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Advisory, advisory_free)

/* What a person's words leave open, products and how bad it is, another one says. */
void advisory_complete(Advisory *advisory, const Advisory *other);

/* These count instead of its own, each in all of these versions; none: in any. */
void advisory_set_products(Advisory *advisory, const GPtrArray *products, const GPtrArray *versions);

#endif
