/*
 * advise - an advisory to those it is for
 *
 * Each participant is a party of its own in the advisory's case: each of its contacts
 * that receives cases gets the words, encrypted, with what machines read enclosed as it
 * is, and three answers to choose from. The operator's tool and an analyst's mail write
 * the same letters; both hold them until a second word names these very words and
 * addressees (T-40), and what the gate found, or what waits for a key, goes on being held
 * after that. While the case has an embargo they do not leave, whoever let them go, unless
 * it was ordered so.
 */

#ifndef SLUIS_STAGE_ADVISE_H
#define SLUIS_STAGE_ADVISE_H

#include <stdbool.h>
#include <glib.h>

#include "addressees.h"
#include "relay.h"
#include "tools.h"

typedef struct {
	const Tools *tools;		/* borrowed, as all of this */
	Db *db;
	guint case_no;
	const char *tag;
	const Inbox *inbox;
	GPtrArray *sides;		/* of the case; who is no party yet is added */
	const Advisory *advisory;
	const GPtrArray *to;		/* of Addressee */
	const GPtrArray *advice;	/* char *: as in Relay */
	const GPtrArray *enclosures;	/* of Enclosure: ours; NULL */
	const char *cause;		/* the same release has the same cause */
	const char *unusual;		/* why they wait for a word, a name of hold.h */
	gint64 embargo;			/* of the case; 0: none */
	bool early;			/* not even that holds them back */
	bool replayed;			/* as in Relay */
	int analyst;			/* whose word; 0: an operator's */
} Advise;

typedef struct {
	GPtrArray *meant;		/* of Side, borrowed: who has somebody to write to or not */
	GPtrArray *relayed;		/* of Relayed, beside them */
	guint letters;
	const char *held;		/* the worst reason among them; NULL */
	char *hash, *seen;		/* of all of them, as in Relayed; NULL */
} Advices;

void advices_free(Advices *advices);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Advices, advices_free)
Advices *advise_write(const Advise *advise, GError **error);

/* Whose word it is has seen just these: they wait for nothing but a key, or an embargo. */
void advise_release(const Advise *advise, Advices *advices);

/* A step, within the transaction that files the letters and before them: the parties
 * are ones, and are offered an advisory's answers. */
bool advise_file_parties(Db *db, guint case_no, const Advices *advices, GError **error);

/* Bytes of all that travels with it. */
#define ADVISE_MOST ((gsize)5 * 1024 * 1024)

/* Moves its letters, of Dispatch, behind those; they are the array's from then on. */
void advise_take_letters(Advices *advices, GPtrArray *letters);

/* What to advise with it, see advice.h. Of char *. */
GPtrArray *advise_names(const Settings *settings, const Advisory *advisory, GError **error);

/* A few letters that name the words of a file, what goes with it (of Enclosure), and whom
 * they are for. The caller's. */
char *advise_hash(GBytes *file, const GPtrArray *enclosures, const GPtrArray *to, bool early);

#endif
