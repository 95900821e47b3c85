/* twofold - where two readers of one mail could see two mails; see twofold.h */

#include "twofold.h"

#include <string.h>

#include "text.h"

#define DEPTH_MOST 32

/* They say what the bytes below them are. */
static const char *const structure[] = {
	"MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition",
};

/* Said twice is too much even of the same: they say what is protected. */
static bool
says_protection(const char *name)
{
	return strcmp(name, "hp") == 0 || strcmp(name, "protected-headers") == 0;
}

/* The first parameter that has two values; NULL. */
static char *
parameter_twice(const char *field)
{
	g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	const char *rest = field, *before;
	char *said, *value;

	while (split_parameter(&rest, &said, &value)) {
		g_autofree char *name = said;

		if (value == NULL)
			continue;
		before = g_hash_table_lookup(values, name);
		if (before != NULL && (strcmp(before, value) != 0 || says_protection(name))) {
			g_free(value);
			return g_steal_pointer(&name);
		}
		g_hash_table_replace(values, g_steal_pointer(&name), value);
	}
	return NULL;
}

char *
twofold_head(const Mime *mime)
{
	Slice header = mime_entity(mime).header;

	for (gsize i = 0; i < G_N_ELEMENTS(structure); i++) {
		g_autofree char *field = split_header(header, structure[i], 0);
		g_autofree char *parameter = field != NULL ? parameter_twice(field) : NULL;

		if (split_header_count(header, structure[i]) > 1)
			return g_strdup_printf("%s: several fields", structure[i]);
		if (parameter != NULL) {
			g_autofree char *clean = text_clean_line(parameter, -1);

			return g_strdup_printf("%s: several values of %s", structure[i], clean);
		}
	}
	return NULL;
}

static char *find(const Mime *mime, Slice body, guint depth);

static char *
find_in_parts(const Multipart *parts, guint depth)
{
	for (guint i = 0; i < parts->children->len; i++) {
		Entity child = split_entity(g_array_index(parts->children, Slice, i));
		g_autoptr(Mime) head = mime_parse_slice(child.header);
		char *found = find(head, child.body, depth + 1);

		if (found != NULL)
			return found;
	}
	return NULL;
}

/* body is apart from mime, which is all that is needed of the parts below. */
static char *
find(const Mime *mime, Slice body, guint depth)
{
	g_autofree char *boundary = NULL, *found = twofold_head(mime);
	g_autoptr(Multipart) parts = NULL;

	if (found != NULL)
		return g_steal_pointer(&found);
	if (!g_str_has_prefix(mime_type(mime), "multipart/") || depth > DEPTH_MOST)
		return NULL;
	boundary = mime_parameter(mime, "boundary");
	if (boundary == NULL || boundary[0] == '\0')
		return g_strdup_printf("%s: no boundary", mime_type(mime));
	parts = split_multipart(body, boundary);
	if (parts->ambiguous)
		return g_strdup_printf("%s: ambiguous boundaries", mime_type(mime));
	return find_in_parts(parts, depth);
}

char *
twofold_find(const Mime *mime)
{
	return find(mime, mime_entity(mime).body, 0);
}
