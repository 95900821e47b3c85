/*
 * parts - the attachments of a mail, as an analyst is told of them
 *
 * Each is named by number, type and size, and travels with the notice, renamed and
 * unopened, as far as they fit into the limit of the settings together. What has
 * data of persons in it waits until somebody asks for it.
 */

#ifndef SLUIS_STAGE_PARTS_H
#define SLUIS_STAGE_PARTS_H

#include "run.h"

/* A line each, for the notice; words are those of the team's language. */
void parts_tell(const Run *run, GHashTable *words, GString *out);

/* Of Enclosure. */
GPtrArray *parts_enclosed(const Run *run, GHashTable *words);

#endif
