/*
 * cvss - the base score of a vector of the Common Vulnerability Scoring System
 *
 * Versions 2, 3.0, 3.1 and 4.0 of the standard of FIRST (first.org/cvss), which
 * it lets everybody use. People write a vector and a score that is not its; so
 * the score is computed, and the vector is what was claimed.
 *
 * The base metrics must all be there, each once. Others (threat, environment,
 * supplement) may be, and are not looked at: what a system is worth to its owner
 * the sender does not know. So a score of version 4 is that of CVSS-B.
 */

#ifndef SLUIS_MAIL_CVSS_H
#define SLUIS_MAIL_CVSS_H

#include <stdbool.h>

/* "CVSS:3.1/AV:N/...", and of version 2 also without its prefix and in
 * parentheses; in whatever capitals. 0.0 to 10.0, with one decimal. False: it is
 * no whole vector of these versions, and *score is untouched. */
bool cvss_base(const char *vector, double *score);

/* "low", "medium", "high", "critical" by the standard's table; "" for 0. */
const char *cvss_word(double score);

#endif
