/*
 * refang - addresses made harmless for mail, made whole again
 *
 * People write hxxp://evil[.]example so that nobody clicks it. What is looked
 * up is the real thing.
 */

#ifndef SLUIS_MAIL_REFANG_H
#define SLUIS_MAIL_REFANG_H

#include <glib.h>

/* The caller's. */
char *refang(const char *text, gsize length);

#endif
