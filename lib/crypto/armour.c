/* armour - armoured blocks found in texts; see armour.h */

#include "armour.h"

#include <string.h>

#include "buffer.h"
#include "split.h"

/* How a kind of block begins and ends, indexed by ArmourKind. */
static const struct { const char *begin, *end; } blocks[] = {
	[ARMOUR_MESSAGE] = { "-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----" },
	[ARMOUR_SIGNED] = { "-----BEGIN PGP SIGNED MESSAGE-----", "-----END PGP SIGNATURE-----" },
	[ARMOUR_SIGNATURE] = { "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----" },
	[ARMOUR_KEY] = { "-----BEGIN PGP PUBLIC KEY BLOCK-----",
	    "-----END PGP PUBLIC KEY BLOCK-----" },
};

static Slice
slice_trimmed(Slice line)
{
	while (line.length > 0 && g_ascii_isspace(line.start[line.length - 1]))
		line.length--;
	return line;
}

static bool
line_is(Slice line, const char *text)
{
	line = slice_trimmed(line);
	return line.length == strlen(text) && memcmp(line.start, text, line.length) == 0;
}

/* Where the line that ends the block ends; NULL if there is none. */
static const char *
block_end(Slice rest, ArmourKind kind)
{
	Slice line;

	while (slice_line(&rest, &line))
		if (line_is(line, blocks[kind].end))
			return line.start + line.length;
	return NULL;
}

static int
line_begins(Slice line)
{
	if (line.length > 10 && memcmp(line.start, "-----BEGIN", 10) == 0)
		for (guint kind = 0; kind < G_N_ELEMENTS(blocks); kind++)
			if (line_is(line, blocks[kind].begin))
				return (int)kind;
	return -1;
}

bool
armour_find(const char *text, gsize length, gsize at, Armour *armour)
{
	Slice rest = { text + at, length - at }, line;
	bool endless[G_N_ELEMENTS(blocks)] = { false };

	while (slice_line(&rest, &line)) {
		int kind = line_begins(line);
		const char *end;

		/* Where one beginning finds no end, no later one of its kind does. */
		if (kind < 0 || endless[kind])
			continue;
		end = block_end(rest, (ArmourKind)kind);
		endless[kind] = end == NULL;
		if (end == NULL)
			continue;
		armour->kind = (ArmourKind)kind;
		armour->start = (gsize)(line.start - text);
		armour->end = (gsize)(end - text);
		return true;
	}
	return false;
}

bool
armour_is_whole(const char *text, gsize length, const Armour *armour)
{
	return slice_is_blank((Slice){ text, armour->start }) &&
	    slice_is_blank((Slice){ text + armour->end, length - armour->end });
}

/* RFC 4880 section 6.1; by a table, for a mail may have megabytes. */
static guint32
crc24(const guint8 *bytes, gsize length)
{
	guint32 table[256], crc = 0xB704CE;

	for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
		table[i] = i << 16;
		for (guint bit = 0; bit < 8; bit++)
			table[i] = table[i] << 1 ^ ((table[i] & 0x800000) != 0 ? 0x1864CFB : 0);
	}
	for (gsize i = 0; i < length; i++)
		crc = crc << 8 ^ table[(crc >> 16 ^ bytes[i]) & 0xFF];
	return crc & 0xFFFFFF;
}

static bool
is_base64(Slice line)
{
	gsize i = 0;

	while (i < line.length && (g_ascii_isalnum(line.start[i]) || line.start[i] == '+' ||
	    line.start[i] == '/'))
		i++;
	while (i < line.length && line.start[i] == '=')
		i++;
	return i == line.length;
}

/* "=ABCD", the checksum's line. */
static bool
read_checksum(Slice line, guint32 *checksum)
{
	guchar sum[4];
	int state = 0;
	guint save = 0;

	if (line.length != 5 || line.start[0] != '=' ||
	    g_base64_decode_step(line.start + 1, 4, sum, &state, &save) != 3)
		return false;
	*checksum = (guint32)sum[0] << 16 | (guint32)sum[1] << 8 | sum[2];
	return true;
}

/* The lines of base 64 at the front of body, decoded; what is behind them is
 * left in it. NULL if there is something else among them. */
static guint8 *
decode_lines(Slice *body, gsize *size)
{
	g_autofree guint8 *bytes = g_malloc(body->length / 4 * 3 + 6);
	Slice rest = *body, line;
	bool padded = false;
	int state = 0;
	guint save = 0;

	for (*size = 0; slice_line(&rest, &line); *body = rest) {
		line = slice_trimmed(line);
		if (line.length == 5 && line.start[0] == '=')
			break;
		if (padded ? line.length > 0 : !is_base64(line))
			return NULL;
		*size += g_base64_decode_step(line.start, line.length, bytes + *size, &state, &save);
		padded = line.length > 0 && line.start[line.length - 1] == '=';
	}
	return state != 0 && !padded ? NULL : g_steal_pointer(&bytes);
}

/* The empty line as editors leave it: with blanks, or with one that is said not
 * to be broken at. */
static bool
is_empty(Slice line)
{
	static const char no_break[] = "\302\240";

	line = slice_trimmed(line);
	while (line.length >= 2 && memcmp(line.start, no_break, 2) == 0)
		line = (Slice){ line.start + 2, line.length - 2 };
	return slice_is_blank(line);
}

/* Behind the beginning come "Key: value" lines, then an empty one; some leave
 * out both. What is left is base 64. */
static void
skip_headers(Slice *body)
{
	Slice rest = *body, line;

	while (slice_line(&rest, &line)) {
		if (is_empty(line)) {
			*body = rest;
			return;
		}
		if (memchr(line.start, ':', line.length) == NULL)
			return;
	}
}

GBytes *
armour_open(const char *text, gsize length)
{
	g_autofree guint8 *bytes = NULL;
	Armour armour;
	Slice body, line;
	gsize size, tail;
	guint32 checksum;

	if (!armour_find(text, length, 0, &armour) || armour.kind == ARMOUR_SIGNED)
		return NULL;
	body = (Slice){ text + armour.start, armour.end - armour.start };
	slice_line(&body, &line);
	tail = strlen(blocks[armour.kind].end);
	while (memcmp(body.start + body.length - tail, blocks[armour.kind].end, tail) != 0)
		body.length--;
	body.length -= tail;
	skip_headers(&body);
	bytes = decode_lines(&body, &size);
	if (bytes == NULL || size == 0)
		return NULL;
	if (slice_line(&body, &line) && (!read_checksum(slice_trimmed(line), &checksum) ||
	    !slice_is_blank(body) || checksum != crc24(bytes, size)))
		return NULL;
	return g_bytes_new_take(g_steal_pointer(&bytes), size);
}

char *
armour_key(GBytes *packets)
{
	GString *text = g_string_new("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n");
	gsize length;
	const guint8 *bytes = g_bytes_get_data(packets, &length);
	guint32 sum = crc24(bytes, length);
	const guint8 octets[] = { (guint8)(sum >> 16), (guint8)(sum >> 8), (guint8)sum };
	g_autofree char *base64 = g_base64_encode(bytes, length);
	g_autofree char *checksum = g_base64_encode(octets, sizeof octets);

	for (gsize at = 0; base64[at] != '\0'; at += MIN(64, strlen(base64 + at)))
		g_string_append_printf(text, "%.64s\n", base64 + at);
	g_string_append_printf(text, "=%s\n-----END PGP PUBLIC KEY BLOCK-----\n", checksum);
	return g_string_free(text, FALSE);
}
