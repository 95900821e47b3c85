/*
 * digest_team - what the team is told at night
 *
 * New cases, what is overdue, what is held and why, who has not answered, what robots
 * and spammers sent, what stands still, and where the audit is: a letter to each
 * analyst, once a local date, whether there is something or not, so that a night
 * without one is noticed. No word of a report is in it.
 */

#ifndef SLUIS_STAGE_DIGEST_TEAM_H
#define SLUIS_STAGE_DIGEST_TEAM_H

#include "digest_page.h"

bool digest_team(const Night *night, GError **error);

#endif
