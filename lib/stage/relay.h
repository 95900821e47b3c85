/*
 * relay - what the team says to a party of a case, built from nothing
 *
 * A text an analyst wrote or released, and picked attachments; nothing else of
 * any mail (T-43, T-44). It goes to the reporter, or to each contact of an
 * organisation that receives cases, one mail each to one key (T-46). What leaves
 * has passed the gate; what did not is HELD with its reason.
 */

#ifndef SLUIS_STAGE_RELAY_H
#define SLUIS_STAGE_RELAY_H

#include "dispatch.h"
#include "gate.h"
#include "json.h"
#include "sides.h"
#include "tools.h"

typedef struct {
	const Tools *tools;		/* borrowed, as all of this */
	Db *db;
	const char *tag, *tlp;
	const Inbox *inbox;
	const GPtrArray *sides;
	const Side *to;			/* one of them */
	const char *kind;		/* "relay", "forward", "noted" ... */
	const char *template;		/* of conf/mail: text, tag, tlp, ref ... are filled in */
	const char *cause;		/* the same release has the same cause */
	const char *severity;		/* as far as it is known; NULL */
	const Json *found;		/* triage that is filed with it, over what is on record; NULL */
	const char *text;
	const GPtrArray *enclosures;	/* of Enclosure, as they came; NULL: none */
	const GPtrArray *advice;	/* char *: what is advised with it, see advice.h; NULL: for
					 * a forward what its text tells of, else nothing */
	const GPtrArray *ours;		/* of Enclosure: what the team itself publishes, which
					 * travels as it is; NULL: nothing */
	GHashTable *standard;		/* all values of a standard text, which goes in clear to
					 * whom nothing can be encrypted; NULL: it is none */
	bool clear;			/* not encrypted, which waits for a word always */
	const char *language;		/* all of it in that; NULL: each contact's own */
	bool replayed;			/* of a case with a ciphertext that came before (T-26) */
	const char *unusual;		/* why it waits for a word, a name of hold.h; NULL */
	bool released;			/* whose word it is has seen just this: it does not wait */
	int analyst;			/* whose word; 0: nobody's */
} Relay;

/* What became of it. */
typedef struct {
	GPtrArray *letters;		/* of Dispatch; not yet final */
	GateFinding gate;
	const char *held;		/* the reason all of them are held; NULL */
	char *hash;			/* what /confirm may name; NULL unless a word is wanted */
	char *seen;			/* what a person sees of it, as a hash: the same letter
					 * written again has the same; NULL likewise */
} Relayed;

void relayed_free(Relayed *relayed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Relayed, relayed_free)

/* No letters: nobody there receives any. */
Relayed *relay_write(const Relay *relay, GError **error);

#endif
