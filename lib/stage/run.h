/*
 * run - one mail on its way through the stages
 *
 * It was taken, and is worked on under the lock of its reception; or somebody
 * has it in hand, and the stages only look.
 *
 * Each stage finds something out and writes it here; nothing is written to the
 * database and nothing is sent before all of them are done. Then filing.h puts
 * it all down in one transaction.
 */

#ifndef SLUIS_STAGE_RUN_H
#define SLUIS_STAGE_RUN_H

#include <stdbool.h>
#include <glib.h>

#include "cases.h"
#include "directory.h"
#include "dispatch.h"
#include "indicator.h"
#include "ledger.h"
#include "mail.h"
#include "pgpmail.h"
#include "reception.h"
#include "reporter.h"
#include "tools.h"

/* Where a mail belongs, and how sure that is. */
typedef enum {
	PLACE_UNDECIDED,
	PLACE_NEW,		/* a case of its own */
	PLACE_PARTY,		/* from a known party of a case */
	PLACE_NOTE,		/* in a case, but who writes is not sure (T-33, T-34) */
	PLACE_AGAIN,		/* the same mail, through another inbox */
	PLACE_ANALYST,		/* from an analyst: never a report (T-42) */
	PLACE_ASIDE,		/* a bounce or robot that belongs to no case */
} Place;

typedef struct {
	Place place;
	guint case_no;		/* of a new case: reserved */
	char *tag;
	gint64 party;		/* row id; 0: a new party */
	guint party_number, epoch;
	char *role;
	int participant;	/* the sender's, if a party is one; 0 */
	gint64 reporter;	/* 0: new or none */
	char *language;		/* we write to this party in */
	char *maybe;		/* tag of a case this may belong to; NULL */
	bool maybe_known;	/* since it is of the same reporter: the mail does not name it */
	int analyst;		/* who wrote, if an analyst did; 0 */
	const char *how;	/* "token", "reference", "tag", "none" */
	const char *warning;	/* fixed words for the notice; NULL */
} Placement;

typedef struct Run {
	const Tools *tools;
	Db *db;

	/* the mail as it was taken */
	Reception *reception;		/* NULL: a mail in hand, nothing is filed */
	GBytes *raw;
	GBytes *origin;			/* see accept.h; NULL: not known */
	char *sender, *recipient, *sha256;
	const Inbox *inbox;

	/* open */
	Mime *outer;
	Opened *opened;
	Mail *mail;
	GPtrArray *brought;		/* of Brought: keys it brings; NULL: not looked for */

	/* classify */
	const char *language;
	GPtrArray *indicators;		/* of Indicator */
	GPtrArray *matches;		/* of Match */
	GPtrArray *products;		/* of Product: what participants use, by name */
	GPtrArray *strange;		/* char *: domains in it that are nobody's we know */
	Verdict *verdict;
	GArray *traits;			/* of gint64, keyed hashes; NULL: not looked for */
	guint strong;			/* the first of them that are no words */

	/* thread */
	Placement placement;
	Reporter *reporter;		/* whoever the single From says; NULL */
	bool from_fits;			/* From is somebody the signer may write as */
	GPtrArray *revocations;		/* of Certificate: pinned ones, taken back by this
					 * mail; NULL: none */
	bool reporter_revoked;		/* so is the reporter's own */
	GPtrArray *session_keys;	/* of GBytes, keyed hashes; NULL: not looked for */
	Sighting *before;		/* where its ciphertext came first, if that was
					 * elsewhere; NULL (T-26) */

	struct Comeback *comeback;	/* it is a bounce of a mail of ours; NULL */
	struct Beside *beside;		/* who else got it; NULL: not looked for */
	struct History *history;	/* what is known of who wrote; NULL: not looked for */

	/* answer */
	GPtrArray *standings;		/* what speaks for each of the keys: a word or NULL; NULL: nothing */
	GPtrArray *dispatches;		/* of Dispatch */
	bool acknowledged, acknowledged_encrypted;
	const char *silent;		/* why there is no acknowledgement: a word; NULL */
	GArray *persons;		/* of Personal, see persons.h; NULL */
	char *notice;			/* what analysts are told, without the marker line; NULL */
	struct Handover *handover;	/* a report a participant hands over; NULL */
	struct Proof *proof;		/* how its party was seen to be who it is; NULL */
	struct Chosen *chosen;		/* one of the three answers to a report; NULL */
	char *crossing;			/* what is prepared for another party, for the notice; NULL */
	struct Consent *consent;	/* what its sender says of name and contact; NULL */
	struct HitBack *hitback;	/* it answers what we told of findings of machines; NULL */
	struct FeedMail *feed;		/* it brings findings of machines; NULL */
	struct Acting *acting;		/* an analyst's answer carried out; NULL */
	char *calls;			/* whom somebody has to call; NULL */
	char *standing;			/* how its case stands; NULL: it is a new one */
	const char *parked;		/* why the mail cannot be read; NULL */
	char *former_key;		/* of ours, that it still came encrypted to; NULL */
	GPtrArray *reminders;		/* of Dispatch: its sender told of that; NULL */
} Run;

/* Unseals the mail of a reception. */
Run *run_new(const Tools *tools, Db *db, Reception *reception, GError **error);
/* A mail in hand. recipient may be NULL: it came to the first inbox. db is only
 * needed by stages that look something up. */
Run *run_of_mail(const Tools *tools, Db *db, GBytes *mail, const char *recipient);
void run_free(Run *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Run, run_free)

/* Keyed hashes (GBytes) of the Message-IDs it refers to, the newest first. */
GPtrArray *run_references(const Run *run);

/* Is there to be an automatic answer at all? False for mail older than three
 * days by its oldest Received. */
bool run_is_recent(const Run *run);

#endif
