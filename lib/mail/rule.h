/*
 * rule - the rules of rules.yaml, read and checked
 *
 * The reading half of rules; see rules.yaml(5) for what a file may say. All
 * patterns are compiled here, once, so that the children of a resident parent
 * inherit them.
 */

#ifndef SLUIS_MAIL_RULE_H
#define SLUIS_MAIL_RULE_H

#include <stdbool.h>
#include <glib.h>

#include "pattern.h"
#include "rules.h"

#define RULE_CLASSES 13
#define RULE_MOTIVES 7

/* Where a pattern looks; each is a text made of the mail. */
typedef enum {
	PLACE_SUBJECT, PLACE_TEXT, PLACE_FROM, PLACE_ATTACHMENTS, PLACE_URL, PLACE_KIND, PLACES
} Place;

typedef struct {
	char *name;
	bool in[PLACES];
	Pattern *pattern;	/* NULL: a fact */
	const char *fact;	/* a static word */
	double class[RULE_CLASSES], motive[RULE_MOTIVES];
	guint severity;		/* an index into rule_severities() */
} Rule;

struct Rules {
	GPtrArray *rules;	/* of Rule, in the order of the file */
	double class[RULE_CLASSES], motive[RULE_MOTIVES];	/* before any rule */
};

const char *const *rule_severities(void);

#endif
