/*
 * pgpmail - what a mail turned out to be; see pgpmail.h
 *
 * Here is whose keys are asked and what a verdict is; the shapes a mail can
 * have are in pgpmail_parts.c and pgpmail_text.c.
 */

#include "pgpmail_opening.h"

#include <string.h>

#include "armour.h"
#include "buffer.h"
#include "packet.h"

#define MOST_SENDERS 8
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

static const Signed signed_of[] = {
	[SIGNATURE_GOOD] = SIGNED_GOOD, [SIGNATURE_BAD] = SIGNED_BAD,
	[SIGNATURE_EXPIRED] = SIGNED_EXPIRED, [SIGNATURE_REVOKED] = SIGNED_REVOKED,
	[SIGNATURE_FUTURE] = SIGNED_FUTURE, [SIGNATURE_WEAK] = SIGNED_WEAK,
	[SIGNATURE_UNKNOWN_KEY] = SIGNED_UNKNOWN_KEY, [SIGNATURE_BROKEN] = SIGNED_MALFORMED,
};

static const struct { Encryption encryption; const char *because; } decrypt_meanings[] = {
	[DECRYPT_OK] = { ENCRYPTION_OK, NULL },
	[DECRYPT_NOKEY] = { ENCRYPTION_NOKEY, "encrypted to another key, or by password" },
	[DECRYPT_BROKEN] = { ENCRYPTION_BROKEN, "what was encrypted is damaged or was changed" },
	[DECRYPT_BOMB] = { ENCRYPTION_BOMB, "what was encrypted unpacks to more than is allowed" },
	[DECRYPT_NOT_ENCRYPTED] = { ENCRYPTION_NONE, "called encrypted, and is not" },
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
	g_clear_pointer(&opened->entity, g_bytes_unref);
	g_clear_pointer(&opened->session_key, text_wipe);
	g_clear_pointer(&opened->keys, g_ptr_array_unref);
	g_free(opened->decryption_key);
	g_free(opened->signer);
	g_free(opened->because);
	g_free(opened);
}

void
opening_because(const Opening *opening, const char *why)
{
	if (opening->opened->because == NULL)
		opening->opened->because = g_strdup(why);
}

bool
opening_malformed(const Opening *opening, const char *why)
{
	opening->opened->is_signed = SIGNED_MALFORMED;
	opening_because(opening, why);
	return true;
}

void
opening_only_part(const Opening *opening)
{
	Opened *opened = opening->opened;

	opening_because(opening, "only a part of the mail is signed");
	if (opened->is_signed == SIGNED_PARTLY)
		return;
	opened->is_signed = SIGNED_NONE;
	g_clear_pointer(&opened->signer, g_free);
	opened->signed_at = 0;
}

/*
 * Certificates.
 */

static bool
find_senders(Opening *opening, GError **error)
{
	g_autoptr(GPtrArray) senders = mime_mailboxes(opening->outer, "From");

	opening->one_sender = senders->len == 1 && mime_header_count(opening->outer, "From") == 1 &&
	    *((const Mailbox *)senders->pdata[0])->address != '\0';
	for (guint i = 0; i < MIN(senders->len, MOST_SENDERS); i++) {
		const Mailbox *sender = senders->pdata[i];
		GPtrArray *found;

		if (*sender->address == '\0')
			continue;
		found = opening->finder->by_address(opening->finder->context, sender->address, error);
		if (found == NULL)
			return false;
		g_ptr_array_extend_and_steal(opening->certificates, found);
	}
	return true;
}

/* The key of a single signature that is not known so far, wherever it is
 * kept; an empty array if there is nothing to look up or to find. */
static GPtrArray *
find_signer(const Opening *opening, const GPtrArray *signatures, GError **error)
{
	const Signature *only = signatures->len == 1 ? signatures->pdata[0] : NULL;

	if (only == NULL || only->status != SIGNATURE_UNKNOWN_KEY || *only->key == '\0')
		return g_ptr_array_new();
	return opening->finder->by_fingerprint(opening->finder->context, only->key, error);
}

/*
 * Verdicts.
 */

/* whole: is there nothing in the mail beside what the signatures cover? */
void
opening_take_signatures(const Opening *opening, const GPtrArray *signatures, bool whole)
{
	Opened *opened = opening->opened;
	const Signature *only;

	if (signatures->len == 0)
		return;
	if (signatures->len > 1 || opened->is_signed != SIGNED_NONE) {
		opened->is_signed = SIGNED_SEVERAL;
		g_clear_pointer(&opened->signer, g_free);
		opened->signed_at = 0;
		return;
	}
	only = signatures->pdata[0];
	opened->is_signed = signed_of[only->status];
	opened->signer = *only->key == '\0' ? NULL : g_strdup(only->key);
	opened->signed_at = only->made * G_USEC_PER_SEC;
	if (opened->is_signed != SIGNED_GOOD)
		return;
	if (!whole)
		opened->is_signed = SIGNED_PARTLY;
	else if (!opening->one_sender)
		opening_malformed(opening, "signed, and From is not exactly one mailbox");
}

GPtrArray *
opening_verify_beside(const Opening *opening, GBytes *bytes, GBytes *signature, GError **error)
{
	g_autoptr(GPtrArray) first = pgp_verify(opening->pgp, bytes, signature,
	    opening->certificates, error);
	g_autoptr(GPtrArray) more = first == NULL ? NULL : find_signer(opening, first, error);

	if (more == NULL || more->len == 0)
		return more == NULL ? NULL : g_steal_pointer(&first);
	return pgp_verify(opening->pgp, bytes, signature, more, error);
}

GPtrArray *
opening_verify_block(const Opening *opening, GBytes *block, GBytes **text, GError **error)
{
	g_autoptr(GPtrArray) first = pgp_verify_inline(opening->pgp, block, opening->certificates,
	    text, error);
	g_autoptr(GPtrArray) more = first == NULL ? NULL : find_signer(opening, first, error);

	if (more == NULL || more->len == 0)
		return more == NULL ? NULL : g_steal_pointer(&first);
	g_clear_pointer(text, g_bytes_unref);
	return pgp_verify_inline(opening->pgp, block, more, text, error);
}

static void
take_key(GPtrArray *keys, GBytes *bytes)
{
	bool secret;
	g_autoptr(GPtrArray) found = bytes == NULL ? NULL :
	    packet_keys(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), &secret);

	if (found != NULL && found->len > 0 && !secret && keys->len < MOST_KEYS)
		g_ptr_array_add(keys, g_bytes_ref(bytes));
}

static void
take_key_blocks(GPtrArray *keys, GBytes *bytes)
{
	Slice text = slice_bytes(bytes);
	Armour armour = { .end = 0 };
	guint blocks = 0;

	while (blocks++ < MOST_BLOCKS && armour_find(text.start, text.length, armour.end, &armour)) {
		g_autoptr(GBytes) key = armour.kind != ARMOUR_KEY ? NULL :
		    armour_open(text.start + armour.start, armour.end - armour.start);

		take_key(keys, key);
	}
}

/* Keys somebody sent where only the team could read them. */
void
opening_take_keys(const Opening *opening)
{
	Opened *opened = opening->opened;
	const GPtrArray *parts = mime_parts(opened->inner);

	for (guint i = 0; i < parts->len; i++) {
		const Part *part = parts->pdata[i];
		bool named = strcmp(part->type, "application/pgp-keys") == 0;
		g_autoptr(GBytes) bytes = NULL;

		if (!named && strcmp(part->type, "text/plain") != 0)
			continue;
		bytes = mime_part_bytes(opened->inner, part->n);
		if (named && g_bytes_get_size(bytes) > 0 && (slice_bytes(bytes).start[0] & 0x80) != 0)
			take_key(opened->keys, bytes);
		else
			take_key_blocks(opened->keys, bytes);
	}
}

/* Decrypts and judges; *plaintext is NULL if there is nothing to read. */
bool
opening_decrypt(const Opening *opening, GBytes *ciphertext, bool whole, GBytes **plaintext,
    GError **error)
{
	Opened *opened = opening->opened;
	g_autoptr(Decrypted) decrypted = pgp_decrypt(opening->pgp, ciphertext,
	    opening->certificates, opening->most, error);
	g_autoptr(GPtrArray) more = NULL;

	*plaintext = NULL;
	if (decrypted == NULL)
		return false;
	opened->encryption = decrypt_meanings[decrypted->status].encryption;
	if (decrypted->status != DECRYPT_OK) {
		opening_because(opening, decrypt_meanings[decrypted->status].because);
		return true;
	}
	more = find_signer(opening, decrypted->signatures, error);
	if (more == NULL || (more->len > 0 &&
	    !pgp_verify_again(opening->pgp, ciphertext, decrypted, more, error)))
		return false;
	opened->decryption_key = g_steal_pointer(&decrypted->key);
	opened->session_key = g_steal_pointer(&decrypted->session_key);
	*plaintext = g_bytes_ref(decrypted->plaintext);
	opening_take_signatures(opening, decrypted->signatures, whole);
	return true;
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
	if (strcmp(type, "multipart/mixed") == 0 && !pgpmail_open_mixed(opening, error))
		return false;
	if (opening->opened->encryption == ENCRYPTION_NONE &&
	    opening->opened->is_signed == SIGNED_NONE)
		return pgpmail_open_texts(opening, error);
	return true;
}

Opened *
pgpmail_open(Pgp *pgp, const Mime *outer, const KeyFinder *finder, gsize most_output,
    GError **error)
{
	g_autoptr(Opened) opened = g_new0(Opened, 1);
	g_autoptr(GPtrArray) certificates =
	    g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	Opening opening = {
		.pgp = pgp, .outer = outer, .finder = finder, .most = most_output,
		.certificates = certificates, .opened = opened,
	};

	opened->keys = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	if (!find_senders(&opening, error) || !open_mail(&opening, error))
		return NULL;
	return g_steal_pointer(&opened);
}
