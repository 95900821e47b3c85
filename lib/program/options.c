/* options - the words of a command line, by a table; see options.h */

#include "options.h"

#include <string.h>

#define MEMBER(into, row, type) (*(type *)(void *)((char *)(into) + (row)->offset))

/* Words being read; what is not understood is moved to the front again. */
typedef struct {
	const ProgramOption *options;
	void *into;
	bool only_known;
	char **words;
	int count, next, kept;
} Reader;

GQuark
program_usage_quark(void)
{
	return g_quark_from_static_string("sluis-usage");
}

bool
program_usage(GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_propagate_error(error, g_error_new_valist(PROGRAM_USAGE, 0, format, args));
	va_end(args);
	return false;
}

/* Which option a word is; *value points behind its "=" or letter, or is NULL. */
static const ProgramOption *
find_option(const ProgramOption *options, const char *word, const char **value)
{
	bool is_long = word[1] == '-';
	gsize length = is_long ? strcspn(word + 2, "=") : 0;

	for (const ProgramOption *row = options; row != NULL && row->name != NULL; row++) {
		if (is_long && strlen(row->name) == length &&
		    strncmp(row->name, word + 2, length) == 0) {
			*value = word[2 + length] == '=' ? word + 2 + length + 1 : NULL;
			return row;
		}
		if (!is_long && row->letter != 0 && word[1] == row->letter) {
			*value = word[2] != '\0' ? word + 2 : NULL;
			return row;
		}
	}
	return NULL;
}

static bool
put_number(const ProgramOption *row, void *into, const char *value, GError **error)
{
	gint64 number;

	if (!g_ascii_string_to_signed(value, 10, 0, G_MAXINT64, &number, NULL))
		return program_usage(error, "--%s: expected a number, not '%s'", row->name, value);
	MEMBER(into, row, gint64) = number;
	return true;
}

static bool
put(const ProgramOption *row, void *into, const char *value, GError **error)
{
	char **text = &MEMBER(into, row, char *);

	switch (row->type) {
	case OPTION_FLAG:
		MEMBER(into, row, bool) = true;
		return true;
	case OPTION_TEXT:
		if (*text != NULL)
			return program_usage(error, "--%s is here twice", row->name);
		*text = g_strdup(value);
		return true;
	case OPTION_TEXTS:
		g_ptr_array_add(MEMBER(into, row, GPtrArray *), g_strdup(value));
		return true;
	case OPTION_NUMBER:
		return put_number(row, into, value, error);
	}
	g_assert_not_reached();
}

static bool
read_option(Reader *reader, char *word, GError **error)
{
	const char *value = NULL;
	const ProgramOption *row = find_option(reader->options, word, &value);

	if (row == NULL && reader->only_known) {
		reader->words[reader->kept++] = word;
		return true;
	}
	if (row == NULL)
		return program_usage(error, "unknown option '%s'", word);
	if (row->type == OPTION_FLAG && value != NULL)
		return program_usage(error, "--%s takes no value", row->name);
	if (row->type != OPTION_FLAG && value == NULL) {
		if (reader->next == reader->count)
			return program_usage(error, "--%s needs a value", row->name);
		value = reader->words[reader->next++];
	}
	return put(row, reader->into, value, error);
}

static bool
read_words(Reader *reader, GError **error)
{
	bool over = false;

	while (reader->next < reader->count) {
		char *word = reader->words[reader->next++];

		if (!over && strcmp(word, "--") == 0) {
			over = true;
			if (reader->only_known)
				reader->words[reader->kept++] = word;
		} else if (over || word[0] != '-' || word[1] == '\0') {
			reader->words[reader->kept++] = word;
		} else if (!read_option(reader, word, error)) {
			return false;
		}
	}
	reader->words[reader->kept] = NULL;
	return true;
}

static bool
all_given(const ProgramOption *options, const void *into, GError **error)
{
	for (const ProgramOption *row = options; row != NULL && row->name != NULL; row++)
		if (row->required && row->type == OPTION_TEXT &&
		    MEMBER(into, row, char *) == NULL)
			return program_usage(error, "--%s %s is missing", row->name, row->argument);
	return true;
}

static bool
parse(Reader *reader, int *argc, GError **error)
{
	for (const ProgramOption *row = reader->options; row != NULL && row->name != NULL; row++)
		if (row->type == OPTION_TEXTS && MEMBER(reader->into, row, GPtrArray *) == NULL)
			MEMBER(reader->into, row, GPtrArray *) = g_ptr_array_new_with_free_func(g_free);
	if (!read_words(reader, error))
		return false;
	*argc = reader->kept;
	return reader->only_known || all_given(reader->options, reader->into, error);
}

bool
program_options(const ProgramOption *options, void *into, int *argc, char ***argv,
    GError **error)
{
	Reader reader = { .options = options, .into = into, .words = *argv, .count = *argc };

	return parse(&reader, argc, error);
}

bool
program_options_known(const ProgramOption *options, void *into, int *argc, char ***argv,
    GError **error)
{
	Reader reader = { .options = options, .into = into, .words = *argv, .count = *argc,
		.only_known = true };

	return parse(&reader, argc, error);
}

void
program_options_clear(const ProgramOption *options, void *into)
{
	for (const ProgramOption *row = options; row != NULL && row->name != NULL; row++) {
		if (row->type == OPTION_TEXT)
			g_clear_pointer(&MEMBER(into, row, char *), g_free);
		else if (row->type == OPTION_TEXTS)
			g_clear_pointer(&MEMBER(into, row, GPtrArray *), g_ptr_array_unref);
	}
}

char *
program_options_help(const ProgramOption *options)
{
	GString *help = g_string_new(NULL);

	for (const ProgramOption *row = options; row != NULL && row->name != NULL; row++) {
		g_autofree char *names = g_strdup_printf("%s%.1s%s--%s%s%s",
		    row->letter != 0 ? "-" : "", row->letter != 0 ? &row->letter : "",
		    row->letter != 0 ? ", " : "    ", row->name,
		    row->argument != NULL ? " " : "",
		    row->argument != NULL ? row->argument : "");

		g_string_append_printf(help, "  %-26s %s\n", names, row->help);
	}
	return g_string_free(help, FALSE);
}
