/*
 * command - what an analyst orders by mail
 *
 * An own line that begins with '/' and a known verb is a command; it ends the
 * text before it, and what follows up to the next command is its own text. Text
 * before the first command, or without any, is an internal note. Any other
 * line that begins with '/' and a letter refuses the whole mail: half of an
 * answer carried out is worse than none. The table of verbs is in command.c
 * and, for people, in sluis-analyst(7); a new verb is a row.
 */

#ifndef SLUIS_MAIL_COMMAND_H
#define SLUIS_MAIL_COMMAND_H

#include <stdbool.h>
#include <glib.h>

typedef enum {
	VERB_ADVISE, VERB_ADVISORY, VERB_ASSIGN, VERB_BRIDGE, VERB_CALLED, VERB_CLASS, VERB_CLOSE,
	VERB_CONFIRM, VERB_CONSENT, VERB_DEADLINE, VERB_DECLINE, VERB_DROP, VERB_DUTY, VERB_EMBARGO,
	VERB_FILE, VERB_FIND, VERB_FORWARD, VERB_HELP, VERB_INVITE, VERB_LEGAL,
	VERB_LINK, VERB_LIST, VERB_MERGE, VERB_MOTIVE, VERB_NEW, VERB_NOTE, VERB_OPEN,
	VERB_PASS, VERB_REF, VERB_REMIND, VERB_REOPEN, VERB_REPLY, VERB_SEVERITY,
	VERB_SHOW, VERB_SPLIT, VERB_STATUS, VERB_TITLE, VERB_TLP, VERB_TOLD,
	VERB_TRIAGE, VERB_UNDO, VERB_VERIFY, VERB_WATCH, VERBS
} Verb;

/* What a command may do: the rights it needs follow from that (T-38 to T-41). */
typedef enum { COMMAND_READS, COMMAND_CHANGES, COMMAND_LEAVES } CommandReach;

typedef struct {
	Verb verb;
	GPtrArray *words;	/* char *: what stands behind the verb, quotes taken off */
	GArray *picked;		/* guint: attachments, "#2" */
	char *rest;		/* all that stands behind the verb, as it was; "" */
	char *text;		/* its own text, blank lines around it cut; "" */
} Command;

const char *verb_name(Verb verb);
CommandReach verb_reach(Verb verb);
/* "/reply [party] [clear]": how it is written. */
const char *verb_usage(Verb verb);

typedef enum {
	REFUSED_UNKNOWN,	/* no verb of that name; nearest has one like it */
	REFUSED_WORDS,		/* too few or too many words behind it */
	REFUSED_PICKED,		/* attachments where none can be picked */
	REFUSED_NO_TEXT,	/* it needs a text */
	REFUSED_TEXT,		/* it takes none */
} RefusedBecause;

typedef struct {
	RefusedBecause because;
	char *line;		/* as it was written */
	Verb verb;		/* the one meant, or the nearest to an unknown one */
} Refused;

/* Own text, see own.h. NULL with *refused set: the whole is refused. An empty
 * text gives no commands. Of Command. */
GPtrArray *command_parse(const char *own, Refused **refused);
void refused_free(Refused *refused);

/* Own text with each /confirm and /drop in it written out: meant has the orders, of
 * char *, each stands for, in the order they are written. What is meant and begins
 * with no order was a note. The caller's. */
char *command_write_out(const char *own, const GPtrArray *meant);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Refused, refused_free)

#endif
