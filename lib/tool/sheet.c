/* sheet - see sheet.h */

#include "sheet.h"

#include <string.h>

#include "error.h"
#include "seal.h"

#define HEADING "== "
#define LINE_BYTES 20
#define LINE_LETTERS (LINE_BYTES * 8 / 5)
#define GROUP 4
#define CHECK_LETTERS 3

/* Five bits a letter; the last is filled up with zeros. */
static void
write_letters(GString *word, const guint8 *bytes, gsize length)
{
	for (gsize bit = 0; bit < length * 8; bit += 5) {
		guint value = 0;

		for (gsize i = bit; i < bit + 5; i++)
			value = value << 1 |
			    (i < length * 8 ? (bytes[i / 8] >> (7 - i % 8) & 1U) : 0);
		g_string_append_c(word, SEAL_LETTERS[value]);
	}
}

/* The bytes a word of letters stands for. */
static GBytes *
read_letters(const char *word, gsize letters)
{
	gsize length = letters * 5 / 8;
	guint8 *bytes = g_malloc0(length + 1);

	for (gsize i = 0; i < letters; i++) {
		guint value = (guint)(strchr(SEAL_LETTERS, word[i]) - SEAL_LETTERS);

		for (gsize bit = 0; bit < 5; bit++)
			if ((value >> (4 - bit) & 1) != 0 && (i * 5 + bit) / 8 < length)
				bytes[(i * 5 + bit) / 8] |= (guint8)(0x80 >> (i * 5 + bit) % 8);
	}
	return g_bytes_new_take(bytes, length);
}

static char *
line_check(const char *name, guint number, const char *letters)
{
	g_autofree char *text = g_strdup_printf("%s %u %s", name, number, letters);
	g_autofree char *hex = seal_sha256(text, strlen(text));
	guint64 value = g_ascii_strtoull(hex + strlen(hex) - 8, NULL, 16);
	char *check = g_strnfill(CHECK_LETTERS, ' ');

	for (guint i = 0; i < CHECK_LETTERS; i++)
		check[i] = SEAL_LETTERS[value >> (5 * i) & 31];
	return check;
}

char *
sheet_write(const char *name, GBytes *secret)
{
	GString *text = g_string_new(HEADING);
	gsize length;
	const guint8 *bytes = g_bytes_get_data(secret, &length);

	g_string_append_printf(text, "%s\n", name);
	for (gsize at = 0; at < length; at += LINE_BYTES) {
		guint number = (guint)(at / LINE_BYTES + 1);
		g_autoptr(GString) letters = g_string_new(NULL);
		g_autofree char *check = NULL;

		write_letters(letters, bytes + at, MIN(LINE_BYTES, length - at));
		check = line_check(name, number, letters->str);
		g_string_append_printf(text, "%2u ", number);
		for (gsize i = 0; i < letters->len; i += GROUP)
			g_string_append_printf(text, " %.*s", GROUP, letters->str + i);
		g_string_append_printf(text, "  %s\n", check);
	}
	return g_string_free(text, FALSE);
}

/* A line without its number and blanks, in our letters; NULL: others in it. */
static char *
line_letters(const char *line)
{
	GString *word = g_string_new(NULL);

	line += strspn(line, " \t");
	line += strspn(line, "0123456789");
	for (; *line != '\0'; line++) {
		char letter = g_ascii_tolower(*line);

		if (strchr(" \t\r-", letter) != NULL)
			continue;
		letter = letter == 'o' ? '0' : letter == 'i' || letter == 'l' ? '1' : letter;
		if (strchr(SEAL_LETTERS, letter) == NULL) {
			g_string_free(word, TRUE);
			return NULL;
		}
		g_string_append_c(word, letter);
	}
	return g_string_free(word, FALSE);
}

static bool
read_line(const char *line, const char *name, guint number, GByteArray *secret, GError **error)
{
	g_autofree char *word = line_letters(line);
	gsize length = word != NULL ? strlen(word) : 0;
	g_autofree char *letters = NULL;
	g_autofree char *check = NULL;
	g_autoptr(GBytes) bytes = NULL;

	if (length > CHECK_LETTERS && length <= LINE_LETTERS + CHECK_LETTERS) {
		letters = g_strndup(word, length - CHECK_LETTERS);
		check = line_check(name, number, letters);
	}
	if (check == NULL || !g_str_equal(check, word + length - CHECK_LETTERS))
		return error_set(error, SLUIS_ERROR_REFUSED, "%s: line %u is not as it was printed",
		    name, number);
	bytes = read_letters(letters, strlen(letters));
	g_byte_array_append(secret, g_bytes_get_data(bytes, NULL),
	    (guint)g_bytes_get_size(bytes));
	return true;
}

GBytes *
sheet_read(const char *text, const char *name, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autofree char *heading = g_strconcat(HEADING, name, NULL);
	g_autoptr(GByteArray) secret = g_byte_array_new();
	guint at = 0, number = 0;

	while (lines[at] != NULL && !g_str_equal(g_strstrip(lines[at]), heading))
		at++;
	if (lines[at] == NULL) {
		error_set(error, SLUIS_ERROR_REFUSED, "%s: not on this sheet", name);
		return NULL;
	}
	while (lines[++at] != NULL && g_ascii_isdigit(g_strstrip(lines[at])[0]))
		if (!read_line(lines[at], name, ++number, secret, error))
			return NULL;
	return g_byte_array_free_to_bytes(g_steal_pointer(&secret));
}
