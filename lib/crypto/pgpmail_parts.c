/*
 * pgpmail_parts - multiparts as OpenPGP makes them (RFC 3156)
 *
 * Each shape is one function that either recognises it whole or says why it
 * is malformed. Nothing is repaired by guessing: what two readers would cut
 * differently is kept closed.
 */

#include "pgpmail_opening.h"

#include <string.h>

#include "armour.h"
#include "buffer.h"
#include "scan.h"
#include "twofold.h"

#define PREAMBLE_MOST 200

/* What is opened is as foreign as the mail around it, and is parsed here. */
static const Limits inner_limits = {
	.size = G_MAXINT64, .boundaries = 2000, .headers = 1000, .header_size = 64 * 1024,
	.addresses = 500, .depth = 16, .attachments = 100,
};

/*
 * Multiparts, cut from the raw bytes.
 */

static bool
is_identity(Slice header)
{
	static const char *const words[] = { "7bit", "8bit", "binary", NULL };
	g_autofree char *encoding = split_header(header, "Content-Transfer-Encoding", 0);
	g_autofree char *lower = encoding == NULL ? NULL : g_ascii_strdown(encoding, -1);

	return lower == NULL || g_strv_contains(words, lower);
}

Multipart *
pgpmail_children(const Mime *mime, const char **why)
{
	Entity entity = mime_entity(mime);
	g_autofree char *boundary = split_boundary(entity.header);
	g_autofree char *parsed = mime_parameter(mime, "boundary");
	g_autoptr(Multipart) parts = NULL;

	if (split_header_count(entity.header, "Content-Type") != 1 ||
	    split_header_count(entity.header, "Content-Transfer-Encoding") > 1) {
		*why = "a header field that must stand once stands twice";
		return NULL;
	}
	if (boundary == NULL || g_strcmp0(boundary, parsed) != 0 || !is_identity(entity.header)) {
		*why = "its parts cannot be told apart";
		return NULL;
	}
	parts = split_multipart(entity.body, boundary);
	if (parts->ambiguous) {
		*why = "its parts can be told apart in two ways";
		return NULL;
	}
	return g_steal_pointer(&parts);
}

GBytes *
pgpmail_only_bytes(const Mime *mime)
{
	return mime_parts(mime)->len == 1 ? mime_part_bytes(mime, 1) : bytes_text("");
}

Mime *
pgpmail_child(const Multipart *parts, guint n)
{
	return mime_parse_slice(g_array_index(parts->children, Slice, n));
}

/* What no MIME reader shows may still be text to somebody. Mail programs put
 * one line before the parts that says what this is. */
static bool
is_custom(Slice preamble)
{
	static const char words[] = "This is a";
	Slice line = { preamble.start, 0 };

	while (slice_is_blank(line) && slice_line(&preamble, &line))
		;
	return slice_is_blank(preamble) && (slice_is_blank(line) ||
	    (line.length >= strlen(words) && line.length <= PREAMBLE_MOST &&
	        memcmp(line.start, words, strlen(words)) == 0));
}

static bool
has_text_beside(const Multipart *parts)
{
	return !slice_is_blank(parts->epilogue) || !is_custom(parts->preamble);
}

bool
pgpmail_is_protocol(const Mime *mime, const char *protocol)
{
	g_autofree char *said = mime_parameter(mime, "protocol");

	return said != NULL && g_ascii_strcasecmp(said, protocol) == 0;
}

static bool
is_smime_protocol(const Mime *mime)
{
	return pgpmail_is_protocol(mime, "application/pkcs7-signature") ||
	    pgpmail_is_protocol(mime, "application/x-pkcs7-signature");
}

/* "Version: 1" and nothing else that matters (RFC 3156 section 4). */
bool
pgpmail_is_control_part(const Mime *mime)
{
	g_autofree char *version = NULL;
	g_autoptr(GBytes) bytes = NULL;

	if (strcmp(mime_type(mime), "application/pgp-encrypted") != 0)
		return false;
	bytes = pgpmail_only_bytes(mime);
	version = split_header(slice_bytes(bytes), "Version", 0);
	return g_strcmp0(version, "1") == 0;
}

/*
 * multipart/signed, in clear or as the root of what was encrypted.
 */

bool
pgpmail_open_beside(const Opening *opening, const Multipart *parts, bool whole,
    GError **error)
{
	g_autoptr(Mime) beside = parts->children->len == 2 ? pgpmail_child(parts, 1) : NULL;
	g_autoptr(GBytes) bytes = NULL, signature = NULL;
	g_autoptr(GPtrArray) signatures = NULL;

	if (beside == NULL || strcmp(mime_type(beside), "application/pgp-signature") != 0)
		return opening_malformed(opening, "a signed mail has two parts, the second its signature");
	bytes = split_canonical(g_array_index(parts->children, Slice, 0));
	signature = pgpmail_only_bytes(beside);
	signatures = opening_verify_beside(opening, bytes, signature, error);
	if (signatures == NULL)
		return false;
	if (signatures->len == 0)
		return opening_malformed(opening, "the signature cannot be read");
	if (whole && !has_text_beside(parts) && opening->opened->inner == NULL &&
	    opening->opened->covered == NULL)
		opening->opened->covered = pgpmail_child(parts, 0);
	return opening_take_signatures(opening, signatures, whole && !has_text_beside(parts), error);
}

/* What the signature is around was perhaps encrypted before it was signed, as
 * gateways do. All else in there is a mail like any other, and is not looked
 * into for signatures again. */
static bool
open_within(const Opening *opening, const Multipart *parts, GError **error)
{
	g_autoptr(Mime) child = parts->children->len == 0 ? NULL : pgpmail_child(parts, 0);
	const char *type = child == NULL ? "" : mime_type(child);

	if (strcmp(type, "multipart/encrypted") == 0)
		return pgpmail_open_encrypted(opening, child, error);
	if (strcmp(type, "multipart/mixed") == 0)
		return pgpmail_open_mixed(opening, child, false, error);
	if (child != NULL)
		pgpmail_say_smime(opening, child);
	return true;
}

/* Of a signature that is no OpenPGP we say nothing; and good is no more what
 * has one around it that nobody verified. */
static bool
open_foreign(const Opening *opening, const Mime *mime, GError **error)
{
	const char *why;
	g_autoptr(Multipart) parts = pgpmail_children(mime, &why);
	bool smime = is_smime_protocol(mime);

	opening_because(opening, smime ? "signed with S/MIME, which is not verified here" :
	    "signed in a way that is not OpenPGP");
	opening_layer(opening, smime ? "signature of S/MIME, not verified" :
	    "signature of an unknown kind, not verified");
	if (parts != NULL && !open_within(opening, parts, error))
		return false;
	if (opening->opened->is_signed == SIGNED_GOOD)
		opening->opened->is_signed = SIGNED_SEVERAL;
	return true;
}

bool
pgpmail_open_signed(const Opening *opening, const Mime *mime, GError **error)
{
	const char *why;
	g_autoptr(Multipart) parts = NULL;

	if (!pgpmail_is_protocol(mime, "application/pgp-signature"))
		return open_foreign(opening, mime, error);
	parts = pgpmail_children(mime, &why);
	if (parts == NULL)
		return opening_malformed(opening, why);
	return pgpmail_open_beside(opening, parts, true, error) &&
	    open_within(opening, parts, error);
}

/* A part of an entity that stays: not copied. */
static Mime *
entity_within(GBytes *entity, Slice part)
{
	g_autoptr(GBytes) raw = g_bytes_new_from_bytes(entity,
	    (gsize)(part.start - slice_bytes(entity).start), part.length);

	return mime_parse(raw);
}

/* A signed root inside the encryption: the mail is its first part. */
static bool
open_signed_inner(const Opening *opening, GError **error)
{
	Opened *opened = opening->opened;
	g_autoptr(Mime) root = g_steal_pointer(&opened->inner);
	const char *why;
	g_autoptr(Multipart) parts = pgpmail_children(root, &why);

	if (parts != NULL && parts->children->len == 2)
		opened->inner = entity_within(opened->entity, g_array_index(parts->children, Slice, 0));
	else
		opened->inner = g_steal_pointer(&root);
	if (parts == NULL)
		return opening_malformed(opening, why);
	return pgpmail_open_beside(opening, parts, true, error);
}

/*
 * multipart/encrypted.
 */

/* An entity that was encrypted becomes the mail. */
static bool
take_inner(const Opening *opening, GBytes *plaintext, GError **error)
{
	Opened *opened = opening->opened;
	const char *over = scan_limits(slice_bytes(plaintext), &inner_limits);
	g_autofree char *twofold = NULL;

	if (over != NULL)
		return opening_malformed(opening, "what was encrypted is over the limits of a mail");
	opened->entity = g_bytes_ref(plaintext);
	opened->inner = mime_parse(plaintext);
	opened->inner_whole = true;
	twofold = twofold_head(opened->inner);
	if (twofold != NULL)
		return opening_malformed(opening, twofold);
	opening_take_keys(opening);
	if (strcmp(mime_type(opened->inner), "multipart/signed") == 0 &&
	    pgpmail_is_protocol(opened->inner, "application/pgp-signature"))
		return open_signed_inner(opening, error);
	return true;
}

bool
pgpmail_open_block(const Opening *opening, const Mime *part, bool whole, GError **error)
{
	g_autoptr(GBytes) ciphertext = pgpmail_only_bytes(part);
	g_autoptr(GBytes) plaintext = NULL;
	Slice text = slice_bytes(ciphertext);
	Armour armour;

	if (armour_find(text.start, text.length, 0, &armour))
		whole = whole && armour_is_whole(text.start, text.length, &armour);
	return opening_decrypt(opening, ciphertext, whole, &plaintext, error) &&
	    (plaintext == NULL || take_inner(opening, plaintext, error));
}

static bool
broken_shape(const Opening *opening, const char *why)
{
	opening->opened->encryption = ENCRYPTION_BROKEN;
	return opening_malformed(opening, why);
}

/* An encrypted part with the name a mail server thinks fit. */
static bool
is_ciphertext(const Mime *mime)
{
	g_autoptr(GBytes) bytes = pgpmail_only_bytes(mime);
	Slice text = slice_bytes(bytes);
	Armour armour;

	return armour_find(text.start, text.length, 0, &armour) && armour.kind == ARMOUR_MESSAGE;
}

bool
pgpmail_open_encrypted(const Opening *opening, const Mime *mime, GError **error)
{
	const char *why;
	g_autofree char *protocol = mime_parameter(mime, "protocol");
	g_autoptr(Multipart) parts = NULL;
	g_autoptr(Mime) control = NULL, cipher = NULL;
	bool named;

	if (protocol != NULL && !pgpmail_is_protocol(mime, "application/pgp-encrypted")) {
		opening_because(opening, "encrypted in a way that is not OpenPGP");
		return true;
	}
	parts = pgpmail_children(mime, &why);
	if (parts == NULL)
		return broken_shape(opening, why);
	if (parts->children->len != 2)
		return broken_shape(opening, "an encrypted mail has two parts");
	control = pgpmail_child(parts, 0);
	cipher = pgpmail_child(parts, 1);
	named = strcmp(mime_type(cipher), "application/octet-stream") == 0;
	if (!pgpmail_is_control_part(control) || (!named && !is_ciphertext(cipher)))
		return broken_shape(opening, "the two parts of an encrypted mail are not what they must be");
	return pgpmail_open_block(opening, cipher, !has_text_beside(parts), error) &&
	    (named && protocol != NULL ? true : opening_repaired(opening));
}
