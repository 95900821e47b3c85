/*
 * versions - is a version one of those an advisory is about?
 *
 * A participant's list says "13.1", "v12", "13.1-55.34 FIPS", or nothing; an advisory
 * says one version, or a range: "vers:generic/>=13.0|<13.1.55" (CSAF 2.0, 3.1.2.1, the
 * vers scheme), or as people write ranges, ">=13.0 <13.1", "<= 12.1", "before 4.2",
 * "13.0 - 13.1", "all versions". Versions are compared number by number. Where one
 * cannot be compared, since it is in words, or less exact than the range needs, nobody
 * knows: who is warned for nothing loses a minute, who is not warned may lose more.
 */

#ifndef SLUIS_MAIL_VERSIONS_H
#define SLUIS_MAIL_VERSIONS_H

#include <stdbool.h>
#include <glib.h>

typedef enum {
	VERSIONS_OTHER,		/* surely none of them */
	VERSIONS_MAYBE,		/* it cannot be told */
	VERSIONS_MEANT,		/* one of them, or all are */
} Versions;

/* listed, asked: as they were written; "" for any. A listed version that is shorter than
 * one that is asked for is that one: "13" may be "13.1". */
Versions versions_meet(const char *listed, const char *asked);

#endif
