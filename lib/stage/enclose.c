/* enclose - see enclose.h */

#include "enclose.h"

#include <string.h>

static const struct {
	const char *type, *ending;
} endings[] = {
	{ "application/json",       "json" },
	{ "application/pdf",        "pdf" },
	{ "application/pgp-keys",   "asc" },
	{ "application/zip",        "zip" },
	{ "image/gif",              "gif" },
	{ "image/jpeg",             "jpg" },
	{ "image/png",              "png" },
	{ "image/webp",             "webp" },
	{ "message/rfc822",         "eml" },
	{ "text/csv",               "csv" },
	{ "text/html",              "html.txt" },	/* nothing opens it as a page */
	{ "text/plain",             "txt" },
	{ "text/x-python",          "py.txt" },
	{ "text/xml",               "xml" },
};

char *
enclosure_name(const char *word, guint n, const char *type)
{
	const char *ending = "bin";

	for (guint i = 0; i < G_N_ELEMENTS(endings); i++)
		if (strcmp(endings[i].type, type) == 0)
			ending = endings[i].ending;
	return g_strdup_printf("%s-%u.%s", word, n, ending);
}

const char *
enclosure_type(const char *file)
{
	const char *dot = strrchr(file, '.');

	for (guint i = 0; dot != NULL && i < G_N_ELEMENTS(endings); i++)
		if (g_ascii_strcasecmp(endings[i].ending, dot + 1) == 0)
			return endings[i].type;
	return "application/octet-stream";
}
