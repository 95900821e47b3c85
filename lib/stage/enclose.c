/* enclose - see enclose.h */

#include "enclose.h"

#include <string.h>

#include "compose.h"

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

Json *
enclosures_json(const GPtrArray *enclosures)
{
	Json *array = json_new_array();

	for (guint i = 0; enclosures != NULL && i < enclosures->len; i++) {
		const Enclosure *enclosure = g_ptr_array_index(enclosures, i);
		Json *object = json_new_object();
		gsize length;
		gconstpointer data = g_bytes_get_data(enclosure->bytes, &length);
		g_autofree char *base64 = g_base64_encode(data, length);

		json_put_text(object, "name", enclosure->name);
		json_put_text(object, "type", enclosure->type);
		json_put_text(object, "bytes", base64);
		json_add(array, object);
	}
	return array;
}

GPtrArray *
enclosures_of(const Json *array)
{
	GPtrArray *enclosures = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);

	for (guint i = 0; i < json_length(array); i++) {
		const Json *object = json_at(array, i);
		const char *base64 = json_text(object, "bytes");
		gsize length;
		guchar *data = g_base64_decode(base64 != NULL ? base64 : "", &length);
		g_autoptr(GBytes) bytes = g_bytes_new_take(data, length);

		g_ptr_array_add(enclosures, enclosure_new(json_text(object, "name"),
		    json_text(object, "type"), bytes));
	}
	return enclosures;
}
