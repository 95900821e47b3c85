/*
 * provider - domains where everybody can have an address
 *
 * That somebody writes from one of them says nothing of who it is, and such a
 * domain stands in many an innocent text.
 */

#ifndef SLUIS_MAIL_PROVIDER_H
#define SLUIS_MAIL_PROVIDER_H

#include <stdbool.h>

/* domain: canonical, and one that can be registered. */
bool provider_is_public(const char *domain);

#endif
