/*
 * standing - how a case stands, in a line
 *
 * "8.6, forwarded, ann: Files of others in the portal": what somebody who reads an
 * answer in the midst of many cases has to remember of this one.
 */

#ifndef SLUIS_STAGE_STANDING_H
#define SLUIS_STAGE_STANDING_H

#include "db.h"
#include "tools.h"

char *standing_line(const Tools *tools, Db *db, const char *tag, GError **error);

#endif
