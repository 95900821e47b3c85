/* unveil - see unveil.h */

#include "unveil.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_BASE64 12		/* an address of eight letters */
#define LEAST_HEX 16
#define LEAST_RUN 4		/* letters in a row that are no chance */

/* Signs that stand before two hex digits. */
static void
add_escaped(GPtrArray *found, const char *text, char sign)
{
	GString *out;
	bool any = false;

	if (strchr(text, sign) == NULL)
		return;
	out = g_string_sized_new(strlen(text));
	for (const char *at = text; *at != '\0'; at++) {
		bool escaped = *at == sign && g_ascii_isxdigit(at[1]) && g_ascii_isxdigit(at[2]);

		char meant = escaped ? (char)(g_ascii_xdigit_value(at[1]) * 16 + g_ascii_xdigit_value(at[2])) : *at;

		g_string_append_c(out, meant);
		at += escaped ? 2 : 0;
		any = any || escaped;
	}
	if (any)
		g_ptr_array_add(found, unveil_bytes(out->str, out->len));
	g_string_free(out, TRUE);
}

/* "&#64;", "&#x40;", "&commat;"; 0: it is none. */
static gunichar
entity(const char *at, const char **end)
{
	static const struct { const char *name; char sign; } named[] = {
		{ "&commat;", '@' }, { "&period;", '.' }, { "&hyphen;", '-' }, { "&lowbar;", '_' },
	};
	bool hex = at[1] == '#' && (at[2] == 'x' || at[2] == 'X');
	guint64 c;

	for (guint i = 0; i < G_N_ELEMENTS(named); i++)
		if (g_str_has_prefix(at, named[i].name)) {
			*end = at + strlen(named[i].name);
			return (gunichar)named[i].sign;
		}
	if (at[1] != '#' || !g_ascii_isxdigit(at[hex ? 3 : 2]))
		return 0;
	c = g_ascii_strtoull(at + (hex ? 3 : 2), (char **)end, hex ? 16 : 10);
	*end += **end == ';';
	return c < 0x110000 && g_unichar_validate((gunichar)c) ? (gunichar)c : 0;
}

/* "\u0040", "\x40", as JSON and programs have them; 0: it is none. */
static gunichar
escape(const char *at, const char **end)
{
	guint digits = at[1] == 'u' ? 4 : at[1] == 'x' ? 2 : 0;
	gunichar c = 0;

	for (guint i = 0; i < digits; i++) {
		if (!g_ascii_isxdigit(at[2 + i]))
			return 0;
		c = c * 16 + (gunichar)g_ascii_xdigit_value(at[2 + i]);
	}
	*end = at + 2 + digits;
	return g_unichar_validate(c) ? c : 0;
}

/* Signs that are written as several others, of which start is the first. */
static void
add_written(GPtrArray *found, const char *text, char start,
    gunichar (*read)(const char *at, const char **end))
{
	g_autoptr(GString) out = g_string_new(NULL);
	bool any = false;

	for (const char *at = text; *at != '\0';) {
		const char *end = at + 1;
		gunichar c = *at == start ? read(at, &end) : 0;

		if (c != 0)
			g_string_append_unichar(out, c);
		else
			g_string_append_c(out, *at);
		any = any || c != 0;
		at = c != 0 ? end : at + 1;
	}
	if (any)
		g_ptr_array_add(found, g_strdup(out->str));
}

/* "heron at reporter dot example" */
static void
add_spelled(GPtrArray *found, const char *text)
{
	static const struct { const char *word, *sign; } signs[] = {
		{ " dot ", "." }, { " punt ", "." }, { " punkt ", "." }, { " at ", "@" },
		{ " apenstaartje ", "@" },
	};
	g_autofree char *lower = g_ascii_strdown(text, -1);
	GString *out;

	if (strstr(lower, " dot ") == NULL && strstr(lower, " punt ") == NULL &&
	    strstr(lower, " punkt ") == NULL)
		return;
	out = g_string_new(lower);
	for (guint i = 0; i < G_N_ELEMENTS(signs); i++)
		g_string_replace(out, signs[i].word, signs[i].sign, 0);
	g_ptr_array_add(found, g_string_free(out, FALSE));
}

/* Of what is no text nothing is said. */
static void
add_decoded(GPtrArray *found, const guchar *bytes, gsize length)
{
	g_autofree char *text = unveil_bytes((const char *)bytes, length);

	if (strlen(text) >= LEAST_RUN)
		g_ptr_array_add(found, g_steal_pointer(&text));
}

/* Both alphabets; what was cut off at the end is filled up. */
static void
add_base64(GPtrArray *found, const char *run, gsize length)
{
	g_autofree char *copy = g_strndup(run, length);
	g_autoptr(GString) whole = NULL;
	g_autofree guchar *bytes = NULL;
	gsize decoded;

	g_strdelimit(copy, "-", '+');
	g_strdelimit(copy, "_", '/');
	whole = g_string_new(copy);
	while (whole->len % 4 != 0)
		g_string_append_c(whole, whole->len % 4 == 1 ? 'A' : '=');
	bytes = g_base64_decode(whole->str, &decoded);
	add_decoded(found, bytes, decoded);
}

static void
add_hex(GPtrArray *found, const char *run, gsize length)
{
	g_autofree guchar *bytes = g_malloc(length / 2 + 1);

	for (gsize i = 0; i + 1 < length; i += 2)
		bytes[i / 2] = (guchar)(g_ascii_xdigit_value(run[i]) << 4 |
		    g_ascii_xdigit_value(run[i + 1]));
	add_decoded(found, bytes, length / 2);
}

/* A slash belongs to base64, and parts the pieces of a path: both are tried. */
static void
add_runs(GPtrArray *found, const char *text)
{
	static const char letters[] = G_CSET_A_2_Z G_CSET_a_2_z "0123456789+-_";
	static const char with_slash[] = G_CSET_A_2_Z G_CSET_a_2_z "0123456789+-_/";

	for (const char *at = text; *at != '\0';) {
		gsize run = strspn(at, letters), whole = strspn(at, with_slash);
		gsize digits = strspn(at, "0123456789abcdefABCDEF");

		if (run >= LEAST_BASE64)
			add_base64(found, at, run);
		if (whole > run && whole >= LEAST_BASE64 && (at == text || at[-1] != '/'))
			add_base64(found, at, whole);
		if (digits >= LEAST_HEX && digits % 2 == 0)
			add_hex(found, at, digits);
		at += run > 0 ? run : 1;
	}
}

GPtrArray *
unveil(const char *text)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);

	add_escaped(found, text, '%');
	add_escaped(found, text, '=');
	add_written(found, text, '&', entity);
	add_written(found, text, '\\', escape);
	add_spelled(found, text);
	add_runs(found, text);
	return found;
}

static bool
is_wide(const char *bytes, gsize length)
{
	gsize zeros = 0;

	for (gsize i = 0; i < length; i++)
		zeros += bytes[i] == '\0';
	return zeros > length / 4;
}

/* Each run of what can be read, on a line of its own. */
static char *
readable(const char *bytes, gsize length)
{
	GString *out = g_string_new(NULL);
	gsize start = 0;

	for (gsize i = 0; i <= length; i++) {
		if (i < length && (g_ascii_isprint(bytes[i]) || bytes[i] == '\t'))
			continue;
		if (i - start >= LEAST_RUN) {
			g_string_append_len(out, bytes + start, (gssize)(i - start));
			g_string_append_c(out, '\n');
		}
		start = i + 1;
	}
	return g_string_free(out, FALSE);
}

static bool
is_text(const char *bytes, gsize length)
{
	if (!g_utf8_validate(bytes, (gssize)length, NULL))
		return false;
	for (gsize i = 0; i < length; i++)
		if (g_ascii_iscntrl(bytes[i]) && !g_ascii_isspace(bytes[i]))
			return false;
	return true;
}

char *
unveil_bytes(const char *bytes, gsize length)
{
	GString *narrow;
	char *text;

	if (is_text(bytes, length))
		return g_strndup(bytes, length);
	if (!is_wide(bytes, length))
		return readable(bytes, length);
	narrow = g_string_sized_new(length);
	for (gsize i = 0; i < length; i++)
		if (bytes[i] != '\0')
			g_string_append_c(narrow, bytes[i]);
	text = readable(narrow->str, narrow->len);
	g_string_free(narrow, TRUE);
	return text;
}
