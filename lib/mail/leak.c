/* leak - see leak.h */

#include "leak.h"

#include <string.h>

#include "domain.h"
#include "refang.h"
#include "unveil.h"

#define MOST_TEXT (4 * 1024 * 1024)
#define MOST_WORDS 4		/* of a whole name */
#define MOST_WORD 64
#define MOST_DEPTH 2		/* base64 within a percent-coded URL; no deeper */
#define LEAST_WHOLE 40		/* of a line that may be one of several of base64 */
#define MOST_LINE_WORDS 3
#define LONG_KEY 16
#define SHORT_KEY 8

struct Leak {
	GHashTable *found;	/* of Identifier */
};

/* One text that is being cut up. */
typedef struct {
	Leak *leak;
	char *words[MOST_WORDS];	/* the last ones, the newest last */
	GString *base64;	/* whole lines of it so far */
	guint depth;
} Finder;

static void find_in(Finder *outer, const char *text);

Leak *
leak_new(void)
{
	Leak *leak = g_new0(Leak, 1);

	leak->found = identifiers_new();
	return leak;
}

void
leak_free(Leak *leak)
{
	if (leak == NULL)
		return;
	g_hash_table_unref(leak->found);
	g_free(leak);
}

static void
add(Finder *finder, IdentifierKind kind, char *value)
{
	identifiers_add(finder->leak->found, kind, value);
}

/* --- names --- */

static void
add_names(Finder *finder)
{
	g_autoptr(GString) name = g_string_new(finder->words[MOST_WORDS - 1]);

	for (guint i = MOST_WORDS - 1; i > 0 && finder->words[i - 1] != NULL; i--) {
		g_string_prepend_c(name, ' ');
		g_string_prepend(name, finder->words[i - 1]);
		add(finder, IDENTIFIER_NAME, g_strdup(name->str));
	}
}

static void
take_word(Finder *finder, const char *word)
{
	if (strlen(word) > MOST_WORD)
		return;
	g_free(finder->words[0]);
	memmove(finder->words, finder->words + 1, sizeof(finder->words) - sizeof(finder->words[0]));
	finder->words[MOST_WORDS - 1] = g_strdup(word);
	add(finder, IDENTIFIER_WORD, g_strdup(word));
	add_names(finder);
}

static void
take_words(Finder *finder, const char *folded)
{
	g_autoptr(GPtrArray) words = identifier_words(folded);
	g_autoptr(GString) whole = g_string_new(NULL);

	for (guint i = 0; i < words->len; i++) {
		take_word(finder, g_ptr_array_index(words, i));
		g_string_append_printf(whole, "%s%s", i > 0 ? " " : "", (char *)g_ptr_array_index(words, i));
	}
	if (words->len > 0 && words->len <= MOST_LINE_WORDS)
		add(finder, IDENTIFIER_LINE, g_steal_pointer(&whole->str));
}

/* --- addresses and hosts --- */

/* "example.reporter", as a package is called. */
static char *
turned(const char *host)
{
	g_auto(GStrv) labels = g_strsplit(host, ".", -1);
	guint count = g_strv_length(labels);

	for (guint i = 0; i < count / 2; i++) {
		char *kept = labels[i];

		labels[i] = labels[count - 1 - i];
		labels[count - 1 - i] = kept;
	}
	return g_strjoinv(".", labels);
}

static void
take_place(Finder *finder, const char *start, gsize length)
{
	g_autofree char *place = NULL;

	while (length > 0 && strchr(".-_+'", start[length - 1]) != NULL)
		length--;
	while (length > 0 && strchr(".-_+'", *start) != NULL)
		start++, length--;
	if (length < 4 || length > 254)
		return;
	place = g_strndup(start, length);
	if (strchr(place, '@') != NULL)
		identifiers_add_address(finder->leak->found, place);
	else if (strchr(place, '.') != NULL) {
		g_autofree char *package = turned(place);

		identifiers_add_host(finder->leak->found, place);
		identifiers_add_host(finder->leak->found, package);
	}
}

static void
take_places(Finder *finder, const char *folded)
{
	for (const char *at = folded; *at != '\0';) {
		const char *end = at;

		while (*end != '\0' && (strchr(".-_+@'", *end) != NULL ||
		    g_unichar_isalnum(g_utf8_get_char(end))))
			end = g_utf8_next_char(end);
		if (end > at)
			take_place(finder, at, (gsize)(end - at));
		at = end > at ? end : g_utf8_next_char(at);
	}
}

/* --- keys and telephones --- */

/* A fingerprint brings its key ids at whatever end they stand. */
static void
take_digits(Finder *finder, const char *digits, gsize length)
{
	if (length == SHORT_KEY)
		add(finder, IDENTIFIER_KEY, g_strndup(digits, length));
	for (gsize i = 0; i + LONG_KEY <= length && i < 128; i++)
		add(finder, IDENTIFIER_KEY, g_strndup(digits + i, LONG_KEY));
}

/* Groups of four or of two digits are one number. */
static void
take_keys(Finder *finder, const char *folded)
{
	g_autoptr(GPtrArray) words = identifier_words(folded);
	g_autoptr(GString) group = g_string_new(NULL);
	gsize width = 0;

	for (guint i = 0; i < words->len; i++) {
		g_autofree char *upper = g_ascii_strup(g_ptr_array_index(words, i), -1);
		const char *digits = g_str_has_prefix(upper, "0X") ? upper + 2 : upper;
		gsize length = strspn(digits, "0123456789ABCDEF");

		if (digits[length] != '\0')
			length = 0;
		take_digits(finder, digits, length);
		if (length != width || (length != 2 && length != 4)) {
			take_digits(finder, group->str, group->len);
			g_string_truncate(group, 0);
		}
		width = length;
		if (length == 2 || length == 4)
			g_string_append(group, digits);
	}
	take_digits(finder, group->str, group->len);
}

static void
take_phones(Finder *finder, const char *folded)
{
	for (const char *at = folded; *at != '\0';) {
		gsize length = strspn(at, "0123456789+()-./ ");
		g_autofree char *phone = g_strndup(at, length);

		identifiers_add_phone(finder->leak->found, phone);
		at += length > 0 ? length : 1;
	}
}

/* --- lines --- */

static void
take_hidden(Finder *finder, const char *text)
{
	g_autoptr(GPtrArray) others = finder->depth < MOST_DEPTH ? unveil(text) : NULL;

	for (guint i = 0; others != NULL && i < others->len; i++)
		find_in(finder, g_ptr_array_index(others, i));
}

static bool
is_base64(const char *line)
{
	gsize length = strspn(line, G_CSET_A_2_Z G_CSET_a_2_z "0123456789+/=");

	return length > 0 && line[length] == '\0';
}

/* Lines of base64 are one run; its end is the first line that is shorter. */
static void
collect_base64(Finder *finder, const char *line)
{
	bool more = is_base64(line) && (strlen(line) >= LEAST_WHOLE || finder->base64->len > 0);

	if (more)
		g_string_append(finder->base64, line);
	if (finder->base64->len > 0 && (!more || strlen(line) < LEAST_WHOLE)) {
		take_hidden(finder, finder->base64->str);
		g_string_truncate(finder->base64, 0);
	}
}

static void
take_line(Finder *finder, const char *line)
{
	g_autofree char *whole = refang(line, strlen(line));
	g_autofree char *folded = identifier_fold(whole);

	take_places(finder, folded);
	if (!g_str_is_ascii(whole))	/* a name of letters that are no look-alikes */
		take_places(finder, whole);
	take_words(finder, folded);
	take_keys(finder, folded);
	take_phones(finder, folded);
	take_hidden(finder, line);
	collect_base64(finder, line);
}

static void
find_lines(Finder *finder, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL; line++)
		take_line(finder, g_strchomp(*line));
	collect_base64(finder, "");
}

static void
finder_clear(Finder *finder)
{
	for (guint i = 0; i < MOST_WORDS; i++)
		g_free(finder->words[i]);
	g_string_free(finder->base64, TRUE);
}

static void
find_in(Finder *outer, const char *text)
{
	Finder finder = { .leak = outer->leak, .depth = outer->depth + 1,
	    .base64 = g_string_new(NULL) };

	find_lines(&finder, text);
	finder_clear(&finder);
}

void
leak_add_text(Leak *leak, const char *text)
{
	g_autofree char *start = g_strndup(text, MOST_TEXT);
	Finder finder = { .leak = leak, .base64 = g_string_new(NULL) };

	find_lines(&finder, start);
	finder_clear(&finder);
}

void
leak_add_bytes(Leak *leak, const char *bytes, gsize length)
{
	g_autofree char *text = unveil_bytes(bytes, MIN(length, MOST_TEXT));

	leak_add_text(leak, text);
}

bool
leak_has(const Leak *leak, IdentifierKind kind, const char *value)
{
	return identifiers_have(leak->found, kind, value);
}

/* A name may begin in one line and end in the next. */
char *
leak_line(const char *text, const Identifier *identifier)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (guint together = 1; together <= 2; together++)
		for (char **line = lines; *line != NULL; line++) {
			g_autofree char *both = together == 1 || line[1] == NULL ? g_strdup(*line) :
			    g_strconcat(line[0], "\n", line[1], NULL);
			g_autoptr(Leak) leak = leak_new();

			leak_add_text(leak, both);
			if (leak_has(leak, identifier->kind, identifier->value))
				return g_steal_pointer(&both);
		}
	return NULL;
}

guint
leak_count(const Leak *leak)
{
	return g_hash_table_size(leak->found);
}

GHashTable *
leak_all(const Leak *leak)
{
	return leak->found;
}
