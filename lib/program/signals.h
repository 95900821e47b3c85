/*
 * signals - a program that runs on is asked to end, and ends between two steps
 *
 * SIGTERM and SIGINT are blocked from then on and waited for, so that none of them
 * cuts into what is begun. A child that is to hear them unblocks them itself, as
 * spawn and attempt do.
 */

#ifndef SLUIS_PROGRAM_SIGNALS_H
#define SLUIS_PROGRAM_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <glib.h>

/* Blocks them; *set is which. */
bool signals_block(sigset_t *set, GError **error);

/* Blocks them, with SIGCHLD where children are waited for. Gives a descriptor to
 * read as signalfd(2) says, which never waits; -1 and error. The caller closes it. */
int signals_open(bool children, GError **error);

#endif
