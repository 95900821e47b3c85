/*
 * addressees - exactly whom an advisory is for, and by what
 *
 * Participants whose list of products has one of those it names, in a version it means,
 * see versions.h, or all of a kind or an umbrella. Where it cannot be told whether a
 * version is meant, it is for them, and says so.
 */

#ifndef SLUIS_STAGE_ADDRESSEES_H
#define SLUIS_STAGE_ADDRESSEES_H

#include <stdbool.h>
#include <glib.h>

#include "advised.h"
#include "advisory.h"

typedef struct {
	char *name, *title, *kind;	/* of the participant */
	char *product;			/* as its list has it; NULL: it is for all */
	bool doubtful;			/* whether that version is meant cannot be told */
} Addressee;

/* Does it say whom it is for, by a product, a kind, an umbrella, or as everybody? */
bool addressees_are_named(const Advisory *advisory, const Advised *advised);

/* advised: but for the products, which are the advisory's; without any it is
 * for all of that kind and umbrella. Of Addressee, by name; an empty
 * one: it is for nobody. */
GPtrArray *addressees_of(Db *db, const Advisory *advisory, const Advised *advised, GError **error);

#endif
