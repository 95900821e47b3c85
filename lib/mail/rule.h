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

/* Where a pattern looks; each is a text made of the mail. */
typedef enum {
	PLACE_SUBJECT, PLACE_TEXT, PLACE_FROM, PLACE_ATTACHMENTS, PLACE_URL, PLACE_KIND, PLACES
} Place;

typedef struct {
	char *name;
	bool in[PLACES];
	Pattern *pattern;	/* NULL: a fact */
	const char *fact;	/* a static word */
	GPtrArray *with, *without;	/* of Pattern: all must be found as well, none may */
	Weights weights;
} Rule;

struct Rules {
	GPtrArray *rules;	/* of Rule, in the order of the file */
	Weights before;		/* any rule */
	char *learnt_name;	/* "" if rules.yaml has none */
	double learnt_weight;
};

#endif
