/*
 * dkim - did a mail of ours get a signature others will look for?
 *
 * Whether it is valid is for others to say; that it is there, and of our own
 * domain, is what an operator has to see to: a mail that leaves by the sendmail
 * command passes other milters than one that comes in.
 */

#ifndef SLUIS_TOOL_DKIM_H
#define SLUIS_TOOL_DKIM_H

#include <glib.h>

/* A sentence about a mail from that domain; the caller's. */
char *dkim_judge(GBytes *mail, const char *domain);

#endif
