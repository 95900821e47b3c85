/*
 * log - one line a matter, to syslog(3)
 *
 * Never stderr, which Postfix would quote to the sender. What comes from a
 * mail is not for the log at all; whatever gets here is printed as printable
 * ASCII all the same, so that no byte of a stranger can forge a line.
 */

#ifndef SLUIS_BASE_LOG_H
#define SLUIS_BASE_LOG_H

#include <glib.h>

/* Names the program; facility mail, with the pid. Also routes what libraries
 * say through GLib here, so that nothing of theirs reaches fd 1 or 2. */
void log_open(const char *program);

void log_info(const char *format, ...) G_GNUC_PRINTF(1, 2);
void log_warning(const char *format, ...) G_GNUC_PRINTF(1, 2);
void log_error(const GError *error);

#endif
