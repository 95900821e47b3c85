/*
 * concern - whose systems a mail is about, how sure that is, and why
 *
 * Surely those whose listed domain or network it names and nobody else has;
 * likely those it calls by a whole name, or by a short one spelled just as the
 * directory does; perhaps those of a short name written otherwise, or of something
 * several share. What may be is shown, and is no part of the case until an analyst
 * says so. A product says who may have the matter as well, not whose it is.
 */

#ifndef SLUIS_STAGE_CONCERN_H
#define SLUIS_STAGE_CONCERN_H

#include "run.h"

/* Fills matches, products and strange; indicators are there already. mail is the
 * one whose words they are of. */
bool concern_look(Run *run, const Mail *mail, GError **error);

/* " Ziekenhuis De Linde (sure: domain, name)" each, or that there is none. */
void concern_tell(const Run *run, GHashTable *words, GString *out);

/* That it is about nobody we work for: what it names, and what handing it over
 * would say. */
void concern_outside(const Run *run, GHashTable *words, GString *out);

/* A line for every reason, and for every product in use. */
void concern_reasons(const Run *run, GHashTable *words, GString *out);

#endif
