/*
 * pgpmail - what a mail turned out to be; see pgpmail.h
 *
 * Here is which shape is asked for; the shapes are in pgpmail_parts.c,
 * pgpmail_repair.c and pgpmail_text.c, and what a verdict is in
 * pgpmail_verdict.c.
 */

#include "pgpmail_opening.h"

#include <string.h>

#include "brought.h"
#include "buffer.h"

#define MOST_KEYS 8
#define MOST_BLOCKS 32

static const char *const encryption_words[] = {
	[ENCRYPTION_NONE] = "none", [ENCRYPTION_OK] = "ok", [ENCRYPTION_BROKEN] = "broken",
	[ENCRYPTION_NOKEY] = "nokey", [ENCRYPTION_BOMB] = "bomb",
};

static const char *const signed_words[] = {
	[SIGNED_NONE] = "none", [SIGNED_GOOD] = "good", [SIGNED_PARTLY] = "partly",
	[SIGNED_BAD] = "bad", [SIGNED_EXPIRED] = "expired", [SIGNED_REVOKED] = "revoked",
	[SIGNED_FUTURE] = "future", [SIGNED_WEAK] = "weak",
	[SIGNED_UNKNOWN_KEY] = "unknown-key", [SIGNED_SEVERAL] = "several",
	[SIGNED_REPAIRED] = "repaired", [SIGNED_MALFORMED] = "malformed",
};

const char *
encryption_word(Encryption encryption)
{
	return encryption_words[encryption];
}

const char *
signed_word(Signed is)
{
	return signed_words[is];
}

void
opened_free(Opened *opened)
{
	if (opened == NULL)
		return;
	g_clear_pointer(&opened->inner, mime_free);
	g_clear_pointer(&opened->covered, mime_free);
	g_clear_pointer(&opened->entity, g_bytes_unref);
	g_clear_pointer(&opened->session_key, text_wipe);
	g_clear_pointer(&opened->keys, g_ptr_array_unref);
	g_clear_pointer(&opened->layers, g_ptr_array_unref);
	g_free(opened->decryption_key);
	g_free(opened->signer);
	g_free(opened->because);
	g_free(opened);
}

Protection
opened_protection(const Opened *opened)
{
	const Mime *inner = opened->inner_made ? NULL : opened->inner;

	return (Protection){
		.payload = inner != NULL ? inner : opened->covered,
		.encrypted = inner != NULL && opened->encryption == ENCRYPTION_OK,
		.verified = opened->is_signed == SIGNED_GOOD,
	};
}

/* Keys somebody sent where only the team could read them. */
void
opening_take_keys(const Opening *opening)
{
	g_autoptr(GPtrArray) found = brought_in(opening->opened->inner);

	for (guint i = 0; i < found->len; i++) {
		const Brought *brought = found->pdata[i];

		if (!brought->revokes)
			g_ptr_array_add(opening->opened->keys, g_bytes_ref(brought->bytes));
	}
}

static bool
nothing_found(const Opened *opened)
{
	return opened->encryption == ENCRYPTION_NONE && opened->is_signed == SIGNED_NONE;
}

static bool
open_mail(const Opening *opening, GError **error)
{
	const char *type = mime_type(opening->outer);
	Slice header = mime_entity(opening->outer).header;

	if (split_header_count(header, "Content-Type") > 1)
		return opening_malformed(opening, "Content-Type stands twice");
	if (strcmp(type, "multipart/encrypted") == 0)
		return pgpmail_open_encrypted(opening, opening->outer, error);
	if (strcmp(type, "multipart/signed") == 0)
		return pgpmail_open_signed(opening, opening->outer, error);
	if (strcmp(type, "multipart/mixed") == 0 &&
	    !pgpmail_open_mixed(opening, opening->outer, true, error))
		return false;
	if (nothing_found(opening->opened) && !pgpmail_open_single(opening, error))
		return false;
	return !nothing_found(opening->opened) || pgpmail_open_texts(opening, error);
}

static GPtrArray *
bytes_array(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
}

Opened *
pgpmail_open(Pgp *pgp, const Mime *outer, const KeyFinder *finder, gsize most_output,
    GError **error)
{
	g_autoptr(Opened) opened = g_new0(Opened, 1);
	g_autoptr(GPtrArray) certificates = bytes_array(), strangers = bytes_array();
	Opening opening = {
		.pgp = pgp, .outer = outer, .finder = finder, .most = most_output,
		.certificates = certificates, .strangers = strangers, .opened = opened,
	};

	opened->keys = bytes_array();
	opened->layers = g_ptr_array_new_with_free_func(g_free);
	if (!opening_find_senders(&opening, error))
		return NULL;
	opened->from_known = certificates->len > 0;
	if (!open_mail(&opening, error))
		return NULL;
	return g_steal_pointer(&opened);
}
