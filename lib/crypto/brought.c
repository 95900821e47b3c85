/* brought - see brought.h */

#include "brought.h"

#include <string.h>

#include "armour.h"
#include "packet.h"
#include "text.h"

#define MOST_KEYS 8
#define MOST_BLOCKS 32
#define LARGEST (256 * 1024)
#define LARGEST_REVOCATION (2 * 1024)	/* one signature */

const char *
brought_word(BroughtBy by)
{
	static const char *const words[] = {
		[BROUGHT_ATTACHMENT] = "attachment", [BROUGHT_TEXT] = "text",
		[BROUGHT_AUTOCRYPT] = "autocrypt", [BROUGHT_GOSSIP] = "gossip",
	};

	return words[by];
}

static void
brought_free(void *data)
{
	Brought *brought = data;

	g_free(brought->fingerprint);
	g_free(brought->address);
	g_bytes_unref(brought->bytes);
	g_free(brought);
}

/* Where we are looking. */
typedef struct {
	GPtrArray *found;
	BroughtBy by;
	bool encrypted;
	const char *address;
} Look;

static bool
is_there(const GPtrArray *found, GBytes *bytes)
{
	for (guint i = 0; i < found->len; i++)
		if (g_bytes_equal(((const Brought *)found->pdata[i])->bytes, bytes))
			return true;
	return false;
}

static void
add(const Look *look, GBytes *bytes, const char *fingerprint, bool revokes)
{
	Brought *brought = g_new0(Brought, 1);

	brought->by = look->by;
	brought->encrypted = look->encrypted;
	brought->revokes = revokes;
	brought->fingerprint = g_strdup(fingerprint);
	brought->address = g_strdup(look->address);
	brought->bytes = g_bytes_ref(bytes);
	g_ptr_array_add(look->found, brought);
}

/* Certificates laid end to end, each by itself; or what takes one back. */
static void
take_binary(const Look *look, GBytes *binary)
{
	g_autoptr(GPtrArray) each = packet_certificates(binary);
	g_autofree char *revoked = each->len == 0 && g_bytes_get_size(binary) <= LARGEST_REVOCATION ?
	    packet_revokes(binary) : NULL;

	if (revoked != NULL && look->found->len < MOST_KEYS && !is_there(look->found, binary))
		add(look, binary, revoked, true);
	for (guint i = 0; i < each->len && look->found->len < MOST_KEYS; i++) {
		GBytes *bytes = each->pdata[i];
		bool secret;
		g_autoptr(GPtrArray) keys = packet_keys(g_bytes_get_data(bytes, NULL),
		    g_bytes_get_size(bytes), &secret);

		if (keys == NULL || keys->len == 0 || secret || g_bytes_get_size(bytes) > LARGEST ||
		    is_there(look->found, bytes))
			continue;
		add(look, bytes, ((const PacketKey *)keys->pdata[0])->fingerprint, false);
	}
}

static void
take_blocks(const Look *look, GBytes *bytes)
{
	Slice text = slice_bytes(bytes);
	Armour armour = { .end = 0 };
	guint blocks = 0;

	while (blocks++ < MOST_BLOCKS && armour_find(text.start, text.length, armour.end, &armour)) {
		g_autoptr(GBytes) key = armour.kind != ARMOUR_KEY ? NULL :
		    armour_open(text.start + armour.start, armour.end - armour.start);

		if (key != NULL)
			take_binary(look, key);
	}
}

static bool
is_key_file(const Part *part)
{
	static const char *const ends[] = { ".asc", ".gpg", ".pgp", ".key" };
	g_autofree char *lower = g_ascii_strdown(part->name, -1);

	if (strcmp(part->type, "application/pgp-keys") == 0)
		return true;
	for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
		if (part->attachment && g_str_has_suffix(lower, ends[i]))
			return true;
	return false;
}

static void
take_parts(Look look, const Mime *mime)
{
	const GPtrArray *parts = mime_parts(mime);

	for (guint i = 0; i < parts->len; i++) {
		const Part *part = parts->pdata[i];
		bool is_file = is_key_file(part);
		g_autoptr(GBytes) bytes = NULL;

		if (!is_file && strcmp(part->type, "text/plain") != 0)
			continue;
		look.by = is_file || part->attachment ? BROUGHT_ATTACHMENT : BROUGHT_TEXT;
		bytes = mime_part_bytes(mime, part->n);
		if (is_file && g_bytes_get_size(bytes) > 0 && (slice_bytes(bytes).start[0] & 0x80) != 0)
			take_binary(&look, bytes);
		else
			take_blocks(&look, bytes);
	}
}

/* "addr=a@b.example; prefer-encrypt=mutual; keydata=..." */
static void
take_field(Look look, const char *value)
{
	g_auto(GStrv) attributes = g_strsplit(value, ";", 8);
	g_autofree char *address = NULL;

	for (char **at = attributes; *at != NULL; at++) {
		const char *attribute = g_strstrip(*at);
		g_autoptr(GBytes) bytes = NULL;
		gsize length;
		guchar *data;

		if (g_ascii_strncasecmp(attribute, "addr=", 5) == 0 && address == NULL)
			address = text_clean_line(attribute + 5, -1);
		if (g_ascii_strncasecmp(attribute, "keydata=", 8) != 0)
			continue;
		data = g_base64_decode(attribute + 8, &length);
		bytes = g_bytes_new_take(data, length);
		look.address = address;
		take_binary(&look, bytes);
	}
}

static void
take_fields(Look look, const Mime *mime, const char *name)
{
	Slice header = mime_entity(mime).header;
	guint count = MIN(split_header_count(header, name), MOST_KEYS);

	for (guint i = 0; i < count; i++) {
		g_autofree char *value = split_header(header, name, i);

		if (value != NULL)
			take_field(look, value);
	}
}

/* An entity that was opened: what it is about others is gossip. */
static void
take_inner(Look look, const Mime *inner)
{
	look.by = BROUGHT_AUTOCRYPT;
	take_fields(look, inner, "Autocrypt");
	look.by = BROUGHT_GOSSIP;
	if (look.encrypted)
		take_fields(look, inner, "Autocrypt-Gossip");
}

GPtrArray *
brought_in(const Mime *mime)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(brought_free);

	take_parts((Look){ .found = found, .encrypted = true }, mime);
	return found;
}

GPtrArray *
brought_find(const Mime *outer, const Opened *opened)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(brought_free);
	bool is_open = opened != NULL && opened->inner != NULL;
	Look look = { .found = found,
	    .encrypted = is_open && opened->encryption == ENCRYPTION_OK };
	g_autoptr(Mime) root = is_open && opened->entity != NULL ? mime_parse(opened->entity) : NULL;

	if (is_open)
		take_parts(look, opened->inner);
	if (root != NULL)
		take_inner(look, root);
	if (is_open)
		take_inner(look, opened->inner);
	look.encrypted = false;
	if (!is_open || !opened->inner_whole)
		take_parts(look, outer);
	look.by = BROUGHT_AUTOCRYPT;
	take_fields(look, outer, "Autocrypt");
	return found;
}
