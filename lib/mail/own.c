/* own - see own.h */

#include "own.h"

#include <stdbool.h>
#include <string.h>

#include "quote.h"
#include "refs.h"

#define MARK "===="		/* begins and ends the marker line of a mail of ours */
#define NONCE_LENGTH 16
#define MOST_NONCES 20
#define PIECE_LENGTH 24		/* a shorter piece of a line may be anybody's words */

/* A mail that is answered: its lines as they were, and all of it in one line. */
typedef struct {
	GHashTable *lines;
	char *whole, *foreign;
} Answered;

/* Blanks are what mail programs change: ends go, runs become one, and the one
 * that does not break is one as well. */
static char *
squeeze(const char *line)
{
	GString *out = g_string_new(NULL);

	for (const char *at = line; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar letter = g_utf8_get_char(at);
		bool blank = letter == 0xA0 || letter == 0xFEFF || g_unichar_isspace(letter);

		if (!blank)
			g_string_append_unichar(out, letter);
		else if (out->len > 0 && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	}
	if (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, FALSE);
}

static bool
is_foreign(const char *squeezed)
{
	return squeezed[0] == '|' && (squeezed[1] == ' ' || squeezed[1] == '\0');
}

static Answered *
answered_new(const char *body)
{
	Answered *answered = g_new0(Answered, 1);
	g_auto(GStrv) lines = g_strsplit(body, "\n", -1);
	GString *whole = g_string_new(" "), *foreign = g_string_new(" ");

	answered->lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (char **line = lines; *line != NULL; line++) {
		g_autofree char *squeezed = squeeze(*line);
		const char *bare = is_foreign(squeezed) ? squeezed + MIN(strlen(squeezed), 2) : squeezed;

		g_string_append_printf(is_foreign(squeezed) ? foreign : whole, "%s ", bare);
		if (squeezed[0] != '\0')
			g_hash_table_add(answered->lines, g_steal_pointer(&squeezed));
	}
	answered->whole = g_string_free(whole, FALSE);
	answered->foreign = g_string_free(foreign, FALSE);
	return answered;
}

static void
answered_free(Answered *answered)
{
	if (answered == NULL)
		return;
	g_hash_table_unref(answered->lines);
	g_free(answered->whole);
	g_free(answered->foreign);
	g_free(answered);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Answered, answered_free)

static bool
stands_in(const char *text, const char *squeezed)
{
	g_autofree char *words = g_strdup_printf(" %s ", squeezed);

	return strstr(text, words) != NULL;
}

/* Without the marks of quotation. */
static const char *
bare(const char *squeezed)
{
	return squeezed + strspn(squeezed, "> |");
}

static bool
stands_anywhere(const Answered *answered, const char *squeezed)
{
	return stands_in(answered->whole, squeezed) || stands_in(answered->foreign, squeezed);
}

/* The line above goes on with it in the answered mail. */
static bool
goes_on(const Answered *answered, const char *above, const char *squeezed)
{
	g_autofree char *both = g_strdup_printf("%s %s", bare(above), squeezed);

	return bare(above)[0] != '\0' && stands_anywhere(answered, both);
}

static bool
is_order(const char *squeezed)
{
	return squeezed[0] == '/' && g_ascii_isalpha(squeezed[1]);
}

/* It is how a line of the answered mail begins. */
static bool
begins_one(const Answered *answered, const char *squeezed)
{
	GHashTableIter each;
	gpointer line;
	bool begins = false;

	g_hash_table_iter_init(&each, answered->lines);
	while (!begins && g_hash_table_iter_next(&each, &line, NULL))
		begins = g_str_has_prefix(line, squeezed);
	return begins;
}

/* A piece so long that nobody writes it by chance. But an order we propose within
 * a line of ours is there to be written. */
static bool
is_piece(const Answered *answered, const char *squeezed)
{
	if (strlen(squeezed) < PIECE_LENGTH || !stands_anywhere(answered, squeezed))
		return false;
	return !is_order(squeezed) || stands_in(answered->foreign, squeezed) ||
	    begins_one(answered, squeezed);
}

/* A line of the answered mail, or a piece of one that was broken anew: a long
 * one, or one that goes on with what was quoted above it. above is "" if that
 * was not. */
static bool
is_answered(const Answered *answered, const char *above, const char *squeezed)
{
	if (answered == NULL || squeezed[0] == '\0')
		return false;
	return g_hash_table_contains(answered->lines, squeezed) ||
	    is_piece(answered, squeezed) ||
	    goes_on(answered, above, squeezed);
}

/* What a stranger wrote into the answered mail must not come back as an order
 * because a program broke the line it stood in. */
static bool
is_doubtful(const Answered *answered, const char *before, const char *squeezed)
{
	return answered != NULL && !g_hash_table_contains(answered->lines, squeezed) && goes_on(answered, before, squeezed);
}

static bool
is_nonce(const char *word, gsize length)
{
	return length == NONCE_LENGTH &&
	    strspn(word, "0123456789abcdefghjkmnpqrstvwxyz") >= NONCE_LENGTH;
}

/* The marker line, or either piece of one that was broken. */
static bool
is_marker(const char *squeezed)
{
	bool start = g_str_has_prefix(squeezed, "===="), end = g_str_has_suffix(squeezed, "====");

	return (start && (end || strstr(squeezed, " = ") != NULL)) ||
	    (end && is_nonce(squeezed, strcspn(squeezed, " ")));
}

static bool
is_quoted(const Answered *answered, const char *above, const char *squeezed)
{
	return squeezed[0] == '>' || is_foreign(squeezed) || is_marker(squeezed) ||
	    quote_device(squeezed) || is_answered(answered, above, squeezed);
}

/* An order in bold, underlined or italic letters, as programs write those in plain
 * text: without the signs. */
static char *
unmarked(const char *line)
{
	const char *start = line, *end = line + strlen(line);

	while (end - start > 3 && strchr("*_/", start[0]) != NULL && end[-1] == start[0] &&
	    !is_order(start)) {
		start++;
		end--;
	}
	return is_order(start) ? g_strndup(start, (gsize)(end - start)) : g_strdup(line);
}

/* A line as a writer meant it: no blank that does not break, none at its end;
 * one at its start stays, since it makes an order into text. */
static char *
written(const char *line)
{
	g_autofree char *squeezed = squeeze(line);
	g_autofree char *plain = unmarked(squeezed);

	return g_strconcat(line[0] == ' ' || line[0] == '\t' ? " " : "", plain, NULL);
}

static bool
is_dashes(const char *line)
{
	return strcmp(line, "-- ") == 0 || strcmp(line, "--") == 0;
}

/* What is read line by line. */
typedef struct {
	const Answered *answered;
	char *before;		/* the line before, squeezed */
	bool quoted;		/* it was not the writer's */
	GString *text;
	char *doubtful;
} Reading;

static void
read_line(Reading *reading, const char *line)
{
	g_autofree char *squeezed = squeeze(line);
	g_autofree char *clean = written(line);
	bool order = is_order(clean);
	const char *above = reading->quoted && !order ? reading->before : "";

	if (reading->doubtful == NULL && order && is_doubtful(reading->answered, reading->before, squeezed))
		reading->doubtful = g_strdup(squeezed);
	reading->quoted = is_quoted(reading->answered, above, squeezed);
	if (!reading->quoted)
		g_string_append_printf(reading->text, "%s\n", clean);
	g_free(reading->before);
	reading->before = g_steal_pointer(&squeezed);
}

/* How many lines from here on only introduce what is quoted. */
static guint
introduction(char **line)
{
	guint above = quote_attribution(line), block = quote_block(line);

	return MAX(above, block);
}

/* Of a mail one does not have it cannot be told what is its: all is, below an
 * introduction to lines without a mark. */
static bool
ends_here(const Answered *answered, char **line)
{
	return is_dashes(*line) || (answered == NULL && quote_is_rest(line));
}

Own *
own_read(const char *answer, const char *answered_body)
{
	g_autoptr(Answered) answered = answered_body != NULL ? answered_new(answered_body) : NULL;
	g_auto(GStrv) lines = g_strsplit(answer, "\n", -1);
	Reading reading = { answered, g_strdup(""), false, g_string_new(NULL), NULL };
	Own *own = g_new0(Own, 1);

	for (char **line = lines; *line != NULL && !ends_here(answered, line);) {
		guint skipped = introduction(line);

		if (skipped == 0)
			read_line(&reading, *line);
		line += MAX(skipped, 1);
	}
	g_free(reading.before);
	own->text = g_strchomp(g_string_free(reading.text, FALSE));
	own->doubtful = reading.doubtful;
	return own;
}

void
own_free(Own *own)
{
	if (own == NULL)
		return;
	g_free(own->text);
	g_free(own->doubtful);
	g_free(own);
}

static void
add_nonces(GPtrArray *found, const char *line)
{
	g_auto(GStrv) words = g_strsplit_set(line, " \t=<>|*[]()\"", -1);

	for (char **word = words; *word != NULL && found->len < MOST_NONCES; word++)
		if (is_nonce(*word, strlen(*word)) &&
		    !g_ptr_array_find_with_equal_func(found, *word, g_str_equal, NULL))
			g_ptr_array_add(found, g_strdup(*word));
}

GPtrArray *
own_nonces(const char *answer)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) lines = g_strsplit(answer, "\n", -1);

	for (char **line = lines; *line != NULL; line++)
		if (strstr(*line, MARK) != NULL)
			add_nonces(found, *line);
	for (char **line = lines; *line != NULL; line++)
		add_nonces(found, *line);
	return found;
}

GPtrArray *
own_marked(const char *answer)
{
	g_auto(GStrv) lines = g_strsplit(answer, "\n", -1);
	g_autoptr(GString) marked = g_string_new(NULL);

	for (char **line = lines; *line != NULL; line++)
		if (strstr(*line, MARK) != NULL)
			g_string_append_printf(marked, "%s\n", *line);
	return refs_tags(marked->str);
}
