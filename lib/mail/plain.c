/* plain - bytes of a text part as words; see plain.h */

#include "plain.h"

#include <stdbool.h>
#include <string.h>

/* Beginnings of the charset names we convert from, lower case. */
static const char *const ordinary[] = {
	"iso-8859-", "iso8859-", "iso_8859-", "latin", "windows-125", "cp125",
	"cp850", "cp437", "koi8-", "utf-7", "utf-16", "utf-32", "gb2312", "gbk",
	"gb18030", "big5", "euc-", "shift_jis", "shift-jis", "sjis", "iso-2022-jp",
	"ks_c_5601", "tis-620", "macintosh",
};

static const char *
charset_known(const char *charset)
{
	g_autofree char *lower = g_ascii_strdown(charset, -1);

	/* What is called Latin-1 is windows-1252 in truth, as browsers know. */
	if (strcmp(lower, "iso-8859-1") == 0 || strcmp(lower, "latin1") == 0)
		return "WINDOWS-1252";
	if (strcmp(lower, "ks_c_5601-1987") == 0)
		return "CP949";
	for (gsize i = 0; i < G_N_ELEMENTS(ordinary); i++)
		if (g_str_has_prefix(lower, ordinary[i]))
			return g_intern_string(lower);
	return NULL;
}

char *
plain_decode(GBytes *bytes, const char *charset, gsize *length)
{
	const char *const tries[] = { charset_known(charset), "UTF-8", "WINDOWS-1252", "ISO-8859-1" };
	gsize size = 0;
	const char *data = g_bytes_get_data(bytes, &size);

	/* ISO-8859-1 gives every byte a meaning, so the loop always ends well. */
	for (gsize i = 0; size > 0 && i < G_N_ELEMENTS(tries); i++) {
		char *text;

		if (tries[i] == NULL)
			continue;
		text = g_convert(data, (gssize)size, "UTF-8", tries[i], NULL, length, NULL);
		if (text != NULL)
			return text;
	}
	*length = 0;
	return g_strdup("");
}

/* The marks of quoting at the start of a line: how deep, and what is behind,
 * with the one blank of space-stuffing taken away. */
static const char *
quote_depth(const char *line, guint *depth)
{
	for (*depth = 0; *line == '>'; line++)
		(*depth)++;
	return *line == ' ' ? line + 1 : line;
}

static void
add_quotes(GString *out, guint depth)
{
	for (guint i = 0; i < depth; i++)
		g_string_append_c(out, '>');
	if (depth > 0)
		g_string_append_c(out, ' ');
}

char *
plain_unflow(const char *text, gboolean delsp)
{
	GString *out = g_string_sized_new(strlen(text));
	guint depth = 0, before = 0;
	bool open = false;

	while (*text != '\0') {
		const char *rest = quote_depth(text, &depth);
		gsize length = strcspn(rest, "\n");
		bool soft = length > 0 && rest[length - 1] == ' ' &&
		    !(length == 3 && g_str_has_prefix(rest, "-- "));

		/* A paragraph ends where the depth changes, soft break or not,
		 * and at a signature's line. */
		if (open && (depth != before || (length == 3 && g_str_has_prefix(rest, "-- ")))) {
			g_string_append_c(out, '\n');
			open = false;
		}
		if (!open)
			add_quotes(out, depth);
		g_string_append_len(out, rest, (gssize)(soft && delsp ? length - 1 : length));
		if (!soft && rest[length] == '\n')
			g_string_append_c(out, '\n');
		open = soft;
		before = depth;
		text = rest + length + (rest[length] == '\n');
	}
	return g_string_free(out, FALSE);
}
