/* packet - a walk over OpenPGP packet headers; see packet.h */

#include "packet.h"

#include <string.h>

#include "packet_walk.h"
#include "text.h"

/* RFC 4880 section 5.2.1: what a signature says of a key. */
enum { GENERIC = 0x10, POSITIVE = 0x13, BINDING = 0x18, DIRECT = 0x1f, KEY_REVOCATION = 0x20 };

/* Section 9.4: this one, and SHA-1 and MD5 before it, are not to be relied on. */
enum { RIPEMD160 = 3 };

enum { RSA = 1, RSA_ENCRYPT = 2, RSA_SIGN = 3, ELGAMAL = 16, DSA = 17, ECDH = 18 };

/* Section 5.2.3.1, and RFC 9580's: who a signature is by. */
enum { ISSUER = 16, ISSUER_FINGERPRINT = 33 };

/* The shortest number a session-key packet has is a point on curve 25519. */
#define FEWEST_BITS 256

static bool
is_known_cipher(guint8 algorithm)
{
	return algorithm == RSA || algorithm == RSA_ENCRYPT || algorithm == ELGAMAL ||
	    algorithm == ECDH;
}

/* Version, eight bytes of key id, algorithm, then a number of so many bits. Of
 * what gpg passes over, a key of ours named in it is not asked for. */
static void
summary_session_key(PacketSummary *summary, const Walk *walk)
{
	bool known = walk->length == 0 || walk->body[0] <= 3;

	if (!known || (walk->length >= 12 && !is_known_cipher(walk->body[9]))) {
		summary->newer = summary->odd = true;
		summary->unreadable = summary->unreadable || !known;
		return;
	}
	if (walk->length < 12 || ((guint)walk->body[10] << 8 | walk->body[11]) < FEWEST_BITS)
		summary->harmful = true;
	if (walk->length < 12 || (walk->body[0] != 2 && walk->body[0] != 3) || walk->cut) {
		summary->odd = true;
		return;
	}
	g_ptr_array_add(summary->recipients, text_hex_upper(walk->body + 1, 8));
}

static void
summary_packet(PacketSummary *summary, const Walk *walk)
{
	bool data = walk->tag == TAG_SED || walk->tag == TAG_SEIPD || walk->tag == TAG_AEAD;

	if (summary->encrypted || walk->cut)
		summary->odd = true;
	summary->encrypted = data;
	summary->closed = summary->closed || data || walk->tag == TAG_PKESK || walk->tag == TAG_SKESK;
	if (walk->tag == TAG_SEIPD && walk->length > 0 && walk->body[0] != 1)
		summary->newer = summary->unreadable = true;
	summary->integrity = walk->tag == TAG_SEIPD && walk->length > 0 && walk->body[0] == 1;
	if (walk->tag == TAG_PKESK)
		summary_session_key(summary, walk);
	else if (walk->tag == TAG_SKESK)
		summary->passwords++;
	else if (!data)
		summary->odd = true;
}

PacketSummary *
packet_summary(const void *bytes, gsize length)
{
	g_autoptr(PacketSummary) summary = g_new0(PacketSummary, 1);
	Walk walk = walk_start(bytes, length);
	bool any = false;

	summary->recipients = g_ptr_array_new_with_free_func(g_free);
	while (walk_next(&walk)) {
		summary_packet(summary, &walk);
		any = true;
	}
	if (walk.cut || walk.at != walk.end) {
		summary->odd = true;
		summary->encrypted = summary->encrypted && walk.at == walk.end;
	}
	return any ? g_steal_pointer(&summary) : NULL;
}

/* SEIPD, version 1, and so many bytes that decrypt to nothing. */
static const guint8 nothing[2 + 1 + 54] = { 0xc0 | TAG_SEIPD, 1 + 54, 1 };

GBytes *
packet_session_keys(const void *bytes, gsize length)
{
	g_autoptr(GByteArray) keys = g_byte_array_new();
	Walk walk = walk_start(bytes, length);
	const guint8 *start = walk.at;

	while (walk_next(&walk)) {
		if (walk.tag == TAG_PKESK && !walk.cut)
			g_byte_array_append(keys, start, (guint)(walk.at - start));
		start = walk.at;
	}
	if (keys->len == 0)
		return NULL;
	g_byte_array_append(keys, nothing, sizeof nothing);
	return g_byte_array_free_to_bytes(g_steal_pointer(&keys));
}

void
packet_summary_free(PacketSummary *summary)
{
	if (summary == NULL)
		return;
	g_ptr_array_unref(summary->recipients);
	g_free(summary);
}

bool
packet_all_signatures(const void *bytes, gsize length)
{
	Walk walk = walk_start(bytes, length);
	bool all = length > 0;

	while (all && walk_next(&walk))
		all = walk.tag == TAG_SIGNATURE && !walk.cut;
	return all && !walk.cut && walk.at == walk.end;
}

void
packet_key_free(void *data)
{
	PacketKey *key = data;

	g_free(key->fingerprint);
	g_free(key->primary);
	g_free(key);
}

/* RFC 4880 section 12.2 */
static char *
fingerprint_of(const Walk *walk)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA1);
	guint8 front[3] = { 0x99, (guint8)(walk->length >> 8), (guint8)walk->length };

	g_checksum_update(sum, front, sizeof front);
	g_checksum_update(sum, walk->body, (gssize)walk->length);
	return g_ascii_strup(g_checksum_get_string(sum), -1);
}

/* Version, four bytes of time, algorithm, then the size of its first number. */
static PacketKey *
key_of(const Walk *walk)
{
	PacketKey *key;

	if (walk->length < 8 || walk->length > G_MAXUINT16 || walk->body[0] != 4)
		return NULL;
	key = g_new0(PacketKey, 1);
	key->fingerprint = fingerprint_of(walk);
	key->algorithm = walk->body[5];
	if (key->algorithm <= DSA)
		key->bits = (guint)walk->body[6] << 8 | walk->body[7];
	return key;
}

/* Version, type, two algorithms, the second that of the hash. key: whose
 * signatures these are, NULL: of one we do not read. */
static void
take_binding(PacketKey *key, const Walk *walk)
{
	bool is_primary, ties;

	if (key == NULL || walk->length < 4 || walk->body[0] != 4)
		return;
	is_primary = strcmp(key->primary, key->fingerprint) == 0;
	ties = is_primary ? (walk->body[1] >= GENERIC && walk->body[1] <= POSITIVE) ||
	    walk->body[1] == DIRECT : walk->body[1] == BINDING;
	if (ties && walk->body[3] > RIPEMD160)
		key->bound = true;
}

GPtrArray *
packet_keys(const void *bytes, gsize length, bool *secret)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(packet_key_free);
	Walk walk = walk_start(bytes, length);
	const char *primary = NULL;
	PacketKey *key = NULL;
	bool is_secret = false;

	while (walk_next(&walk) && !walk.cut) {
		is_secret = is_secret || walk.tag == TAG_SECRET_KEY || walk.tag == TAG_SECRET_SUBKEY;
		if (walk.tag == TAG_SIGNATURE)
			take_binding(key, &walk);
		if (walk.tag != TAG_PUBLIC_KEY && walk.tag != TAG_PUBLIC_SUBKEY)
			continue;
		key = key_of(&walk);
		if (walk.tag == TAG_PUBLIC_KEY)
			primary = key == NULL ? NULL : key->fingerprint;
		if (key == NULL || primary == NULL) {
			g_clear_pointer(&key, packet_key_free);
			continue;
		}
		key->primary = g_strdup(primary);
		g_ptr_array_add(keys, key);
	}
	if (secret != NULL)
		*secret = is_secret;
	return walk.cut || walk.at != walk.end || length == 0 ? NULL : g_steal_pointer(&keys);
}

bool
packet_key_is_weak(const PacketKey *key)
{
	switch (key->algorithm) {
	case RSA: case RSA_ENCRYPT: case RSA_SIGN: case ELGAMAL: case DSA:
		return key->bits < 2048;
	default:
		return false;
	}
}

PacketCensus
packet_census(const void *bytes, gsize length)
{
	PacketCensus census = { 0, 0, 0 };
	Walk walk = walk_start(bytes, length);

	while (walk_next(&walk) && !walk.cut) {
		census.subkeys += walk.tag == TAG_PUBLIC_SUBKEY;
		census.user_ids += walk.tag == TAG_USER_ID || walk.tag == TAG_ATTRIBUTE;
		census.signatures += walk.tag == TAG_SIGNATURE;
	}
	return census;
}

GPtrArray *
packet_user_ids(const void *bytes, gsize length)
{
	GPtrArray *user_ids = g_ptr_array_new_with_free_func(g_free);
	Walk walk = walk_start(bytes, length);

	while (walk_next(&walk) && !walk.cut)
		if (walk.tag == TAG_USER_ID)
			g_ptr_array_add(user_ids, text_clean_line((const char *)walk.body, (gssize)walk.length));
	return user_ids;
}

/* The key id a signature's subpackets name, in hex; NULL if they name none. */
static char *
issuer_within(const guint8 *start, gsize length)
{
	Walk walk = walk_start(start, length);
	gsize size;
	bool partial;

	while (walk.at < walk.end && walk_length(&walk, &size, &partial) && !partial &&
	    size > 0 && size <= (gsize)(walk.end - walk.at)) {
		guint8 type = walk.at[0] & 127;

		if ((type == ISSUER && size == 9) || (type == ISSUER_FINGERPRINT && size == 22))
			return text_hex_upper(walk.at + size - 8, 8);
		walk.at += size;
	}
	return NULL;
}

/* Version, type and two algorithms, then both sets of subpackets. */
static char *
issuer_of(const Walk *walk)
{
	const guint8 *at = walk->body + 4, *end = walk->body + walk->length;
	char *issuer = NULL;

	if (walk->length < 8 || walk->body[0] != 4)
		return NULL;
	for (int set = 0; set < 2 && issuer == NULL && end - at >= 2; set++) {
		gsize length = (gsize)at[0] << 8 | at[1];

		at += 2;
		if (length > (gsize)(end - at))
			return NULL;
		issuer = issuer_within(at, length);
		at += length;
	}
	return issuer;
}

static bool
is_by(const Walk *walk, const char *primary, const GPtrArray *issuers)
{
	g_autofree char *issuer = issuer_of(walk);

	if (issuer == NULL || (primary != NULL && g_str_has_suffix(primary, issuer)))
		return true;
	for (guint i = 0; issuers != NULL && i < issuers->len; i++)
		if (g_str_has_suffix(issuers->pdata[i], issuer))
			return true;
	return false;
}

GBytes *
packet_signed_by(GBytes *certificate, const GPtrArray *issuers)
{
	gsize length;
	const guint8 *start = g_bytes_get_data(certificate, &length), *from = start;
	g_autoptr(GPtrArray) keys = packet_keys(start, length, NULL);
	const char *primary = keys == NULL || keys->len == 0 ? NULL :
	    ((const PacketKey *)keys->pdata[0])->fingerprint;
	GByteArray *kept = g_byte_array_new();
	Walk walk = walk_start(start, length);

	while (walk_next(&walk) && !walk.cut) {
		if (walk.tag != TAG_SIGNATURE || is_by(&walk, primary, issuers))
			g_byte_array_append(kept, from, (guint)(walk.at - from));
		from = walk.at;
	}
	return g_byte_array_free_to_bytes(kept);
}

GPtrArray *
packet_certificates(GBytes *bytes)
{
	GPtrArray *each = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	gsize length, begin = 0, at = 0;
	const guint8 *start = g_bytes_get_data(bytes, &length);
	Walk walk = walk_start(start, length);
	bool within = false;

	while (walk_next(&walk) && !walk.cut) {
		if (walk.tag == TAG_PUBLIC_KEY) {
			if (within)
				g_ptr_array_add(each, g_bytes_new_from_bytes(bytes, begin, at - begin));
			within = true;
			begin = at;
		}
		at = (gsize)(walk.at - start);
	}
	if (within)
		g_ptr_array_add(each, g_bytes_new_from_bytes(bytes, begin, at - begin));
	return each;
}

char *
packet_revokes(GBytes *bytes)
{
	gsize length;
	const guint8 *start = g_bytes_get_data(bytes, &length);
	Walk walk = walk_start(start, length);

	if (!walk_next(&walk) || walk.cut || walk.tag != TAG_SIGNATURE || walk.length < 2 ||
	    walk.body[1] != KEY_REVOCATION || walk.at != walk.end)
		return NULL;
	return issuer_of(&walk);
}

/* Behind the primary key, where it belongs. */
GBytes *
packet_with_revocation(GBytes *certificate, GBytes *revocation)
{
	gsize length, more;
	const guint8 *start = g_bytes_get_data(certificate, &length);
	const guint8 *added = g_bytes_get_data(revocation, &more);
	GByteArray *both = g_byte_array_new();
	Walk walk = walk_start(start, length);
	gsize first = walk_next(&walk) && !walk.cut ? (gsize)(walk.at - start) : length;

	g_byte_array_append(both, start, (guint)first);
	g_byte_array_append(both, added, (guint)more);
	g_byte_array_append(both, start + first, (guint)(length - first));
	return g_byte_array_free_to_bytes(both);
}

GBytes *
packet_with_subkey(GBytes *certificate, const char *fingerprint)
{
	gsize length;
	const guint8 *start = g_bytes_get_data(certificate, &length), *from = start;
	GByteArray *kept = g_byte_array_new();
	Walk walk = walk_start(start, length);
	bool keep = true;

	while (walk_next(&walk) && !walk.cut) {
		if (walk.tag == TAG_PUBLIC_SUBKEY) {
			PacketKey *key = key_of(&walk);

			keep = key != NULL && strcmp(key->fingerprint, fingerprint) == 0;
			g_clear_pointer(&key, packet_key_free);
		}
		if (keep)
			g_byte_array_append(kept, from, (guint)(walk.at - from));
		from = walk.at;
	}
	return g_byte_array_free_to_bytes(kept);
}
