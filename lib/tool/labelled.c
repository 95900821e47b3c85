/* labelled - see labelled.h */

#include "labelled.h"

#include <string.h>

#include "cells.h"
#include "error.h"
#include "file.h"
#include "json.h"
#include "verdict.h"

#define MOST (64 * 1024 * 1024)

/* Words that are no class, and those they stand for. */
static const struct {
	const char *word, *classes[4];
	bool low_value;
} aliases[] = {
	{ "low-value", { "vulnerability" }, true },
	{ "data-breach", { "leak" }, false },
	{ "phishing", { "spam", "incident" }, false },
	{ "abuse", { "feed", "incident" }, false },
	{ "xarf-invalid", { "feed", "incident" }, false },
	{ "auto", { "automatic" }, false },
};

static guint
bit_of(const char *class)
{
	const char *const *classes = verdict_classes();

	for (guint i = 0; classes[i] != NULL; i++)
		if (strcmp(classes[i], class) == 0)
			return 1U << i;
	return 0;
}

/* One word of a label. */
static guint
bits_of(const char *word, bool *low_value)
{
	guint bits = bit_of(word);

	for (guint i = 0; i < G_N_ELEMENTS(aliases); i++) {
		if (strcmp(aliases[i].word, word) != 0)
			continue;
		*low_value = *low_value || aliases[i].low_value;
		for (guint j = 0; j < G_N_ELEMENTS(aliases[i].classes) && aliases[i].classes[j] != NULL; j++)
			bits |= bit_of(aliases[i].classes[j]);
	}
	return bits;
}

/* "vulnerability-or-incident", "CLASS:spam FROMLINE", "ABUSE ARF": all classes
 * that are among its words. */
static void
read_label(Labelled *labelled)
{
	g_autofree char *lower = g_ascii_strdown(labelled->label, -1);
	g_auto(GStrv) words = NULL;
	g_autoptr(GString) plain = g_string_new(lower);

	g_string_replace(plain, "-or-", " ", 0);
	g_string_replace(plain, "class:", "", 0);
	words = g_strsplit(plain->str, " ", 20);
	for (char **word = words; *word != NULL; word++)
		labelled->classes |= bits_of(*word, &labelled->low_value);
	labelled->of_value = strcmp(lower, "vulnerability") == 0;
}

static void
labelled_free(gpointer data)
{
	Labelled *labelled = data;

	g_free(labelled->name);
	g_free(labelled->label);
	g_bytes_unref(labelled->mail);
	g_free(labelled);
}

GPtrArray *
labelled_new(void)
{
	return g_ptr_array_new_with_free_func(labelled_free);
}

guint
labelled_class(const Labelled *labelled)
{
	guint class = 0;

	while ((labelled->classes & (1U << class)) == 0)
		class++;
	return class;
}

/* Does it begin with the line of an mbox, or with a header field mails have? */
static bool
is_mail(const char *data, gsize length)
{
	static const char *const fields[] = {
		"from", "subject", "return-path", "received", "date", "mime-version", "content-type",
		"message-id", "to", "delivered-to", "reply-to", "x-account-key", "sender", "envelope-to", NULL
	};
	const char *colon = memchr(data, ':', MIN(length, 60));
	g_autofree char *name = NULL;

	if (length > 5 && strncmp(data, "From ", 5) == 0)
		return true;
	if (colon == NULL)
		return false;
	name = g_ascii_strdown(data, colon - data);
	return g_strv_contains(fields, name) || g_str_has_prefix(name, "x-");
}

static GBytes *
mail_of_words(const char *subject, const char *text)
{
	g_autofree char *line = g_strdelimit(g_strdup(subject), "\r\n", ' ');
	char *mail = g_strdup_printf("Subject: %s\nContent-Type: text/plain; charset=utf-8\n\n%s\n", line, text);

	return g_bytes_new_take(mail, strlen(mail));
}

/* Takes the bytes. */
static GBytes *
as_mail(GBytes *bytes)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	g_autofree char *text = NULL;

	if (is_mail(data, length))
		return bytes;
	text = g_strndup(data, length);
	g_bytes_unref(bytes);
	return mail_of_words("", text);
}

static guint
motive_of(const char *word)
{
	const char *const *motives = verdict_motives();

	for (guint i = 0; motives[i] != NULL; i++)
		if (strcmp(motives[i], word) == 0)
			return i;
	return LABELLED_NO_MOTIVE;
}

/* Takes the mail. */
static void
add(GPtrArray *all, const char *name, const char *label, const char *motive, GBytes *mail, guint *unknown)
{
	Labelled *labelled = g_new0(Labelled, 1);

	labelled->name = g_strdup(name);
	labelled->label = g_strdup(label);
	labelled->motive = motive_of(motive);
	labelled->mail = mail;
	read_label(labelled);
	if (labelled->classes != 0) {
		g_ptr_array_add(all, labelled);
		return;
	}
	(*unknown)++;
	labelled_free(labelled);
}

static bool
add_file(GPtrArray *all, const char *file, const char *label, const char *motive, guint *unknown,
    GError **error)
{
	GBytes *bytes = file_read(file, MOST, error);

	if (bytes == NULL)
		return false;
	add(all, file, label, motive, as_mail(bytes), unknown);
	return true;
}

/* The place of one of these names in a row; -1. */
static int
column(const GPtrArray *row, const char *const *names)
{
	for (guint i = 0; i < row->len; i++)
		if (g_strv_contains(names, g_ptr_array_index(row, i)))
			return (int)i;
	return -1;
}

/* Where the rows of an index say it; motive may be -1. */
typedef struct {
	int file, label, motive;
} Columns;

static bool
find_columns(const GPtrArray *rows, const char *index, Columns *columns, GError **error)
{
	static const char *const files[] = { "file", NULL }, *const labels[] = { "expect", "class", "label", NULL },
	    *const motives[] = { "motive", NULL };
	g_autoptr(GPtrArray) empty = g_ptr_array_new();
	const GPtrArray *head = rows->len > 0 ? g_ptr_array_index(rows, 0) : empty;

	*columns = (Columns){ column(head, files), column(head, labels), column(head, motives) };
	return (columns->file >= 0 && columns->label >= 0) || error_set(error, SLUIS_ERROR_REFUSED,
	    "%s: line 1: expected columns \"file\" and \"expect\"", index);
}

static bool
read_row(const char *folder, const GPtrArray *row, const Columns *columns, GPtrArray *all, guint *unknown,
    GError **error)
{
	g_autofree char *path = g_build_filename(folder, g_ptr_array_index(row, (guint)columns->file), NULL);
	bool has_motive = columns->motive >= 0 && columns->motive < (int)row->len;

	return add_file(all, path, g_ptr_array_index(row, (guint)columns->label),
	    has_motive ? g_ptr_array_index(row, (guint)columns->motive) : "", unknown, error);
}

static bool
read_index(const char *folder, const char *index, GPtrArray *all, guint *unknown, GError **error)
{
	g_autoptr(GBytes) bytes = file_read(index, MOST, error);
	g_autoptr(GPtrArray) rows = bytes != NULL ? cells_read(index, bytes, error) : NULL;
	Columns columns;

	if (rows == NULL || !find_columns(rows, index, &columns, error))
		return false;
	for (guint i = 1; i < rows->len; i++) {
		const GPtrArray *row = g_ptr_array_index(rows, i);

		if ((int)row->len <= MAX(columns.file, columns.label))
			return error_set(error, SLUIS_ERROR_REFUSED, "%s: row %u is too short", index, i + 1);
		if (!read_row(folder, row, &columns, all, unknown, error))
			return false;
	}
	return true;
}

static bool
read_texts(const char *file, GPtrArray *all, guint *unknown, GError **error)
{
	g_autoptr(GBytes) bytes = file_read(file, MOST, error);
	g_autoptr(Json) texts = bytes != NULL ? json_parse(bytes, error) : NULL;

	for (guint i = 0; texts != NULL && i < json_length(texts); i++) {
		const Json *one = json_at(texts, i);
		const char *id = json_text(one, "id"), *label = json_text(one, "label");
		const char *subject = json_text(one, "subject"), *text = json_text(one, "text");
		const char *motive = json_text(one, "motive");
		g_autofree char *name = g_strdup_printf("%s: %s", file, id != NULL ? id : "?");

		add(all, name, label != NULL ? label : "", motive != NULL ? motive : "",
		    mail_of_words(subject != NULL ? subject : "", text != NULL ? text : ""), unknown);
	}
	return texts != NULL;
}

static gint
name_compare(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder, sorted; so a table is the same each time. */
static GPtrArray *
names_in(const char *folder, GError **error)
{
	g_autoptr(GError) why = NULL;
	g_autoptr(GDir) dir = g_dir_open(folder, 0, &why);
	GPtrArray *names;
	const char *name;

	if (dir == NULL) {
		error_set(error, SLUIS_ERROR_REFUSED, "%s", why->message);
		return NULL;
	}
	names = g_ptr_array_new_with_free_func(g_free);
	while ((name = g_dir_read_name(dir)) != NULL)
		g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, name_compare);
	return names;
}

static bool
read_folder(const char *folder, const char *label, GPtrArray *all, guint *unknown, GError **error)
{
	g_autoptr(GPtrArray) names = names_in(folder, error);

	for (guint i = 0; names != NULL && i < names->len; i++) {
		g_autofree char *path = g_build_filename(folder, g_ptr_array_index(names, i), NULL);

		if (g_file_test(path, G_FILE_TEST_IS_REGULAR) && !add_file(all, path, label, "", unknown, error))
			return false;
	}
	return names != NULL;
}

bool
labelled_read(const char *folder, GPtrArray *all, guint *unknown, GError **error)
{
	g_autofree char *index = g_build_filename(folder, "INDEX.csv", NULL);
	g_autofree char *texts = g_build_filename(folder, "texts.json", NULL);
	g_autoptr(GPtrArray) names = NULL;

	if (g_file_test(index, G_FILE_TEST_EXISTS))
		return read_index(folder, index, all, unknown, error);
	if (g_file_test(texts, G_FILE_TEST_EXISTS))
		return read_texts(texts, all, unknown, error);
	names = names_in(folder, error);
	for (guint i = 0; names != NULL && i < names->len; i++) {
		const char *label = g_ptr_array_index(names, i);
		g_autofree char *path = g_build_filename(folder, label, NULL);

		if (g_file_test(path, G_FILE_TEST_IS_DIR) && !read_folder(path, label, all, unknown, error))
			return false;
	}
	return names != NULL;
}

bool
labelled_read_shipped(GPtrArray *all, guint *unknown, GError **error)
{
	g_autofree char *folder = file_installed("share/sluis/lessons");

	return !g_file_test(folder, G_FILE_TEST_IS_DIR) || labelled_read(folder, all, unknown, error);
}
