/*
 * kind - is there a person behind a mail who may be answered?
 *
 * Whoever answers robots makes loops; whoever takes a person for a robot
 * leaves a reporter without an answer. So each sign is one that people's mail
 * programs do not set, and words alone decide only where they stand in a
 * place where people do not write them (RFC 3834, RFC 3464).
 */

#ifndef SLUIS_MAIL_KIND_H
#define SLUIS_MAIL_KIND_H

#include "mail.h"

/* sender is the envelope's, NULL if unknown; *because is set to what decided,
 * "" for a personal mail. */
MailKind kind_of(const Mime *outer, const Mailbox *from, const char *subject,
    const char *sender, char **because);

#endif
