/*
 * trait - what a mail has that others of its kind have too
 *
 * What kind of mail it is, the rules that held and what one sees of it before one
 * reads: its length, lines of fields, a question; then the words of its subject
 * and of its new text, and the beginnings of the longer ones, since words are bent
 * and put together. Words with digits are none, and what names a host, an address
 * or a link is none: they belong to one mail only, and may be a person's. What is
 * learnt is learnt of these; who keeps them keeps keyed hashes.
 */

#ifndef SLUIS_MAIL_TRAIT_H
#define SLUIS_MAIL_TRAIT_H

#include <glib.h>

#include "mail.h"
#include "verdict.h"

#define TRAIT_MOST 500		/* of one mail */

/* Of char *, each once, in the order they appear; a person's word is behind the last
 * ':', if there is one. The first *strong are not words. */
GPtrArray *trait_find(const Mail *mail, const Verdict *verdict, guint *strong);

#endif
