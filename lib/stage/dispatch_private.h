/* dispatch_private - what the files of dispatch share, and nobody else sees */

#ifndef SLUIS_STAGE_DISPATCH_PRIVATE_H
#define SLUIS_STAGE_DISPATCH_PRIVATE_H

#include "dispatch.h"
#include "outbox.h"

/* The row it becomes; borrows from it. */
NewOutgoing dispatch_outgoing(const Dispatch *dispatch);

/* Somebody has to call, and is told so; others are asked to call us. */
bool dispatch_file_followers(const Tools *tools, Db *db, const Dispatch *dispatch,
    GError **error);

#endif
