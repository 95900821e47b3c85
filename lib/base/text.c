/* text - foreign words made fit for people; see text.h */

#include "text.h"

#include <string.h>

/* Letters and marks by their category, yet nothing of them is seen. */
static const gunichar unseen[] = {
	0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0,
};

static bool
is_odd(gunichar c)
{
	for (gsize i = 0; i < G_N_ELEMENTS(unseen); i++)
		if (c == unseen[i])
			return true;
	switch (g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
		return c != '\n' && c != '\t';
	case G_UNICODE_FORMAT:		/* bidi, zero width, tags */
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR:
	case G_UNICODE_PRIVATE_USE:
	case G_UNICODE_SURROGATE:
		return true;
	default:
		return false;
	}
}

/* The next character, and how many bytes it takes; a byte that belongs to
 * none is given back as itself with *valid false. */
static gunichar
next_char(const char *bytes, gsize length, gsize *taken, bool *valid)
{
	gunichar c = *bytes != '\0' ? g_utf8_get_char_validated(bytes, (gssize)length) : 0;

	*valid = c < 0x110000;
	if (!*valid || c == 0) {
		*taken = 1;
		return (guchar)*bytes;
	}
	*taken = (gsize)g_unichar_to_utf8(c, NULL);
	return c;
}

char *
text_clean(const char *bytes, gssize length, guint *odd)
{
	gsize left = length < 0 ? strlen(bytes) : (gsize)length;
	GString *clean = g_string_sized_new(left + 16);
	guint count = 0;
	gsize taken;
	bool valid;

	/* A byte order mark at the very top says nothing about what follows. */
	if (left >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
		bytes += 3, left -= 3;
	for (; left > 0; bytes += taken, left -= taken) {
		gunichar c = next_char(bytes, left, &taken, &valid);

		if (c == '\r' && valid) {
			if (left == 1 || bytes[1] != '\n')
				g_string_append_c(clean, '\n');
		} else if (!valid || is_odd(c)) {
			g_string_append_printf(clean, "\\u{%04X}", c);
			count++;
		} else {
			g_string_append_unichar(clean, c);
		}
	}
	if (odd != NULL)
		*odd = count;
	return g_string_free(clean, FALSE);
}

char *
text_clean_line(const char *bytes, gssize length)
{
	char *line = text_clean(bytes, length, NULL);
	char *to = line;

	for (const char *from = line; *from != '\0'; from++) {
		char c = *from == '\n' || *from == '\t' ? ' ' : *from;

		if (c != ' ' || (to > line && to[-1] != ' '))
			*to++ = c;
	}
	if (to > line && to[-1] == ' ')
		to--;
	*to = '\0';
	return line;
}

char *
text_printable(const char *text)
{
	char *printable = g_strndup(text, 200);

	for (char *p = printable; *p != '\0'; p++)
		if (!g_ascii_isprint(*p))
			*p = '?';
	return printable;
}

bool
text_mixes_scripts(const char *word)
{
	bool latin = false, cyrillic = false, greek = false;

	if (!g_utf8_validate(word, -1, NULL))
		return true;
	for (; *word != '\0'; word = g_utf8_next_char(word)) {
		GUnicodeScript script = g_unichar_get_script(g_utf8_get_char(word));

		latin |= script == G_UNICODE_SCRIPT_LATIN;
		cyrillic |= script == G_UNICODE_SCRIPT_CYRILLIC;
		greek |= script == G_UNICODE_SCRIPT_GREEK;
	}
	return latin + cyrillic + greek > 1;
}

/* How many bytes of the line go into so many columns: to the last blank that
 * fits, or, if a word alone is longer, to its end. */
static gsize
fitting(const char *line, gsize length, guint columns)
{
	const char *end = line + length, *at = line;
	gsize fits = 0;
	guint column = 0;

	while (at < end && *at == ' ' && column < columns / 2)
		at++, column++;
	for (; at < end; at = g_utf8_next_char(at)) {
		if (*at == ' ' && (column <= columns || fits == 0))
			fits = (gsize)(at - line);
		if (column > columns && fits > 0)
			return fits;
		column += g_unichar_iswide(g_utf8_get_char(at)) ? 2 : 1;
	}
	return column > columns && fits > 0 ? fits : length;
}

char *
text_prefix_lines(const char *text, const char *prefix)
{
	guint columns = TEXT_COLUMNS - (guint)g_utf8_strlen(prefix, -1);
	GString *lines = g_string_new(NULL);

	while (*text != '\0') {
		gsize whole = strcspn(text, "\n"), length = fitting(text, whole, columns);

		g_string_append(lines, prefix);
		g_string_append_len(lines, text, (gssize)length);
		g_string_append_c(lines, '\n');
		if (length < whole)
			length += strspn(text + length, " ");
		text += length;
		if (*text == '\n')
			text++;
	}
	return g_string_free(lines, FALSE);
}

bool
text_is_plain_id(const char *text)
{
	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++)
		if (!g_ascii_isalnum(*text) && strchr(".!#$%&'*+/=?^_{|}~@<>-", *text) == NULL)
			return false;
	return true;
}

static char *
hex(const void *bytes, gsize length, const char *digits)
{
	const guchar *from = bytes;
	char *text = g_malloc(2 * length + 1);

	for (gsize i = 0; i < length; i++) {
		text[2 * i] = digits[from[i] >> 4];
		text[2 * i + 1] = digits[from[i] & 15];
	}
	text[2 * length] = '\0';
	return text;
}

char *
text_hex(const void *bytes, gsize length)
{
	return hex(bytes, length, "0123456789abcdef");
}

char *
text_hex_upper(const void *bytes, gsize length)
{
	return hex(bytes, length, "0123456789ABCDEF");
}

GBytes *
text_unhex(const char *text)
{
	gsize length = strlen(text);
	g_autofree guchar *bytes = g_malloc(length / 2 + 1);

	if (length % 2 != 0)
		return NULL;
	for (gsize i = 0; i < length; i++) {
		int digit = g_ascii_xdigit_value(text[i]);

		if (digit < 0)
			return NULL;
		bytes[i / 2] = (guchar)(i % 2 == 0 ? digit << 4 : bytes[i / 2] | digit);
	}
	return g_bytes_new_take(g_steal_pointer(&bytes), length / 2);
}

guint
text_distance(const char *a, const char *b)
{
	gsize width = strlen(b) + 1;
	g_autofree guint *row = g_new(guint, width);

	for (guint j = 0; j < width; j++)
		row[j] = j;
	for (guint i = 1; a[i - 1] != '\0'; i++) {
		guint diagonal = row[0];

		row[0] = i;
		for (guint j = 1; j < width; j++) {
			guint changed = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			row[j] = MIN(changed, MIN(row[j], row[j - 1]) + 1);
		}
	}
	return row[width - 1];
}
