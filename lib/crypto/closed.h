/*
 * closed - the session keys of a mail, also of what stays closed in it (T-26)
 *
 * Of a mail only its root is opened (T-25). But a ciphertext that was taken
 * from another mail may lie anywhere in it, as an attachment, in a quoted text,
 * within a mail within it, for somebody here to open by hand. Its session key
 * says what it is, and is found out from its session-key packets alone: not a
 * byte of what stays closed is decrypted.
 */

#ifndef SLUIS_CRYPTO_CLOSED_H
#define SLUIS_CRYPTO_CLOSED_H

#include <glib.h>

#include "pgpmail.h"

/* char *, wiped: that of the root if it has one of ours, then those of up to
 * sixteen ciphertexts that stay closed. NULL with RETRY. */
GPtrArray *closed_session_keys(Pgp *pgp, const Mime *outer, const Opened *opened,
    GError **error);

#endif
