/*
 * byhand - a mail filed by hand: accepted as by intake, worked on as by work
 *
 * One reception, however often: the mail is accepted under its fingerprint,
 * and then either tried here or, if another process has it already, waited
 * for. What this one cannot finish, that one does.
 */

#ifndef SLUIS_STAGE_BYHAND_H
#define SLUIS_STAGE_BYHAND_H

#include "accept.h"
#include "reception.h"
#include "stage.h"

/* One try, for the caller to make: true when it is filed, or somebody else has
 * it; false when it is put off. */
typedef struct {
	bool (*try)(void *context, gint64 id, GError **error);
	void *context;
} Byhand;

/* Where it was filed. RETRY: it is durable, and not done. */
Accepted *byhand_file(const Tools *tools, Db *db, const Envelope *envelope, GBytes *mail,
    const Byhand *byhand, GError **error);

#endif
