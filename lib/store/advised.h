/*
 * advised - whom an advisory is for, and the case it is told in
 */

#ifndef SLUIS_STORE_ADVISED_H
#define SLUIS_STORE_ADVISED_H

#include "db.h"

typedef struct {
	const GPtrArray *products;	/* char * */
	bool everybody;			/* with or without any of these */
	const char *kind, *umbrella;		/* NULL: any */
} Advised;

/* Whom it may be for: name, title, kind (text), and, null if by none: product (text), asked
 * (int: which of these, from 1), listed (text: the version); by name, see the schema. */
Rows *advised_list(Db *db, const Advised *advised, GError **error);

/* The case of an advisory, by its keyed hash: its own, that of the tag (NULL: none), or
 * a new one in that inbox. *tag is the caller's. */
typedef struct {
	GBytes *content;
	const char *named, *prefix, *inbox, *severity;
	int year;
} AdvisedCase;

bool advised_open(Db *db, const AdvisedCase *wanted, guint *case_no, char **tag, bool *again,
    GError **error);

/* A step: that party is offered an advisory's answers. */
bool advised_ask(Db *db, gint64 party, GError **error);

/* How many letters of that cause were let go; -1 with an error. */
gint64 advised_release(Db *db, const char *cause, const char *reason, GError **error);

#endif
