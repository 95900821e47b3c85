/* The fields of protected: which one counts, and which was changed outside. */

#include "protected.h"

#include <string.h>

static int
by_word(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Who is meant, whatever they are called and in whichever order. */
static char *
addresses(const Mime *mime, const char *name)
{
	g_autoptr(GPtrArray) mailboxes = mime_mailboxes(mime, name);
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < mailboxes->len; i++) {
		const Mailbox *one = g_ptr_array_index(mailboxes, i);

		g_ptr_array_add(words, g_ascii_strdown(*one->address != '\0' ? one->address : one->name, -1));
	}
	g_ptr_array_sort(words, by_word);
	g_ptr_array_add(words, NULL);
	return g_strjoinv(" ", (char **)words->pdata);
}

static char *
ids(const Mime *mime, const char *name)
{
	g_autoptr(GPtrArray) found = mime_ids(mime, name);

	g_ptr_array_add(found, NULL);
	return g_strjoinv(" ", (char **)found->pdata);
}

static char *
instant(const Mime *mime, const char *name)
{
	gint64 date = mime_date(mime);

	return date == 0 ? mime_header(mime, name) : g_strdup_printf("%" G_GINT64_FORMAT, date);
}

/* The fields people and programs go by. */
static const struct {
	const char *name;
	char *(*read)(const Mime *, const char *);	/* what it means */
	bool needed;		/* better from outside than not at all */
	bool by_transport;	/* servers add it where it is missing */
} fields[] = {
	{ "From",        addresses,   true,  false },
	{ "Sender",      addresses,   false, true  },
	{ "Reply-To",    addresses,   false, false },
	{ "To",          addresses,   false, false },
	{ "Cc",          addresses,   false, false },
	{ "Subject",     mime_header, true,  false },
	{ "Date",        instant,     true,  true  },
	{ "Message-ID",  ids,         true,  true  },
	{ "In-Reply-To", ids,         false, false },
	{ "References",  ids,         false, false },
};

char *
protected_twice(const Mime *mime)
{
	for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
		if (mime_header_count(mime, fields[i].name) > 1)
			return g_strdup_printf("%s: several fields", fields[i].name);
	return NULL;
}

static bool
is_needed(const char *name)
{
	for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
		if (strcmp(fields[i].name, name) == 0)
			return fields[i].needed;
	return false;
}

const Mime *
protected_source(const Protected *protected, const Mime *outer, const char *name)
{
	if (!protected->trusted)
		return outer;
	if (mime_header_count(protected->fields, name) > 0)
		return protected->fields;
	return protected->complete && !is_needed(name) ? protected->fields : outer;
}

/* Is the i-th field another one outside than its sender left there? */
static bool
is_changed(const Protected *protected, const Mime *outer, gsize i)
{
	const char *name = fields[i].name;
	bool was = mime_header_count(protected->left, name) > 0;
	bool is = mime_header_count(outer, name) > 0;
	g_autofree char *before = was ? fields[i].read(protected->left, name) : NULL;
	g_autofree char *now = is ? fields[i].read(outer, name) : NULL;

	if (!was)
		return is && protected->complete && !fields[i].by_transport;
	if (protected->may_hide && (!is || strcmp(name, "Subject") == 0))
		return false;
	return g_strcmp0(before, now) != 0;
}

char *
protected_changes(const Protected *protected, const Mime *outer)
{
	GString *names = g_string_new(NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(fields) && protected->fields != NULL; i++)
		if (is_changed(protected, outer, i))
			g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", fields[i].name);
	return g_string_free(names, names->len == 0);
}
