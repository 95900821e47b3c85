/*
 * progress - what parties may hear when a case moves
 *
 * No command that moves a case mails anybody: it prepares a note to the reporter, and
 * at the end to the organisations as well, by a template in their language, and each is
 * HELD until an analyst's word names it. Only who was told of the case before gets one.
 * The next move takes the place of what was not let go. When a case is public, the note
 * to an organisation says by which name to thank who found it, if that is agreed on
 * record.
 */

#ifndef SLUIS_STAGE_PROGRESS_H
#define SLUIS_STAGE_PROGRESS_H

#include "acting.h"

/* The case moves to that status. */
bool progress_prepare(Acting *acting, const char *status, GError **error);

/* It moves where nobody need hear of it. */
void progress_forget(Acting *acting);

#endif
