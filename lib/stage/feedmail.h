/*
 * feedmail - a mail that brings findings of machines
 *
 * A feed of a source feeds.yaml names, and that shows to be that source, is no report
 * and opens no case: it is read, and whom it concerns is told. Without such proof
 * anybody could tell our participants anything in our name: what a stranger sends is
 * read as well and kept apart, until an operator vouches for it, and the mail itself
 * goes the way of any other.
 */

#ifndef SLUIS_STAGE_FEEDMAIL_H
#define SLUIS_STAGE_FEEDMAIL_H

#include "feedbook.h"
#include "run.h"

typedef struct FeedMail {
	Feedbook *book;
	char *source;			/* what it is called, or who wrote */
	bool vouched;
} FeedMail;

void feed_mail_free(FeedMail *feed);

/* Fills run->feed, if it is one. A mail in hand is none. */
bool feed_mail_look(Run *run, GError **error);

/* Within the transaction that files the mail. */
bool feed_mail_file(const Run *run, GError **error);

/* After that: whom it concerns. What fails here the clock makes up for. */
void feed_mail_tell(const Run *run);

#endif
