/*
 * own - the lines of an answer that its writer wrote
 *
 * Mail programs quote in their own ways: with '>' and without, above, below
 * and between, under an attribution or under Outlook's block of header lines.
 * So an answer is read against the mail it answers: a line of that mail is not
 * the writer's, however it was moved about or broken anew, and neither is what
 * carries a mark of quotation, an attribution, the line of a telephone, or what
 * stands under a signature's dashes.
 *
 * Foreign lines in a mail of ours begin with "| " and fit into its width, so
 * that no program breaks them: else what a stranger wrote could come back as
 * the start of a line, and be taken for an order.
 */

#ifndef SLUIS_MAIL_OWN_H
#define SLUIS_MAIL_OWN_H

#include <glib.h>

#define OWN_WIDTH 76		/* columns of our mails */

typedef struct {
	char *text;		/* own lines, LF; "" if there are none */
	char *doubtful;		/* a line that orders something and stands in a foreign
				 * line of the answered mail, too; NULL */
} Own;

/* answer: cleaned text, LF lines. answered: the body it answers, NULL if that
 * is not known; then all below Outlook's block counts as quoted. */
Own *own_read(const char *answer, const char *answered);
void own_free(Own *own);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Own, own_free)

/* Words that could be a nonce, wherever the quote put them, those of a marker
 * line first; each once, at most a score. Of char *. */
GPtrArray *own_nonces(const char *answer);

/* The tags in marker lines, upper case, each once. Of char *. */
GPtrArray *own_marked(const char *answer);

#endif
