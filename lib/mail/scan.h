/*
 * scan - limits checked on raw bytes, before any parser sees them (T-13)
 */

#ifndef SLUIS_MAIL_SCAN_H
#define SLUIS_MAIL_SCAN_H

#include <glib.h>

#include "split.h"

typedef struct {
	gint64 size, boundaries, headers, header_size, addresses, depth, attachments;
} Limits;

/* NULL if within all limits, else the name of the first one passed
 * ("boundaries"), fit for the reason of a parked mail. */
const char *scan_limits(Slice raw, const Limits *limits);

#endif
