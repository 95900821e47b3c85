/* own - see own.h */

#include "own.h"

#include <stdbool.h>
#include <string.h>

#include "quote.h"

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

/* A line of the answered mail, or a piece of one that was broken anew. */
static bool
is_answered(const Answered *answered, const char *squeezed)
{
	if (answered == NULL || squeezed[0] == '\0')
		return false;
	return g_hash_table_contains(answered->lines, squeezed) ||
	    (strlen(squeezed) >= PIECE_LENGTH &&
	    (stands_in(answered->whole, squeezed) || stands_in(answered->foreign, squeezed)));
}

/* Without the marks of quotation. */
static const char *
bare(const char *squeezed)
{
	return squeezed + strspn(squeezed, "> |");
}

/* What a stranger wrote into the answered mail must not come back as an order
 * because a program broke the line it stood in: it does if the line above goes
 * on with it there. */
static bool
is_doubtful(const Answered *answered, const char *above, const char *squeezed)
{
	g_autofree char *both = g_strdup_printf("%s %s", bare(above), squeezed);

	return answered != NULL && squeezed[0] == '/' && g_ascii_isalpha(squeezed[1]) &&
	    bare(above)[0] != '\0' && stands_in(answered->foreign, both);
}

static bool
is_marker(const char *squeezed)
{
	return g_str_has_prefix(squeezed, "====") && g_str_has_suffix(squeezed, "====");
}

static bool
is_quoted(const Answered *answered, const char *squeezed)
{
	return squeezed[0] == '>' || is_foreign(squeezed) || is_marker(squeezed) ||
	    is_answered(answered, squeezed);
}

/* A line as a writer meant it: no blank that does not break, none at its end;
 * one at its start stays, since it makes an order into text. */
static char *
written(const char *line)
{
	g_autofree char *squeezed = squeeze(line);

	return g_strconcat(line[0] == ' ' || line[0] == '\t' ? " " : "", squeezed, NULL);
}

static bool
is_dashes(const char *line)
{
	return strcmp(line, "-- ") == 0 || strcmp(line, "--") == 0;
}

Own *
own_read(const char *answer, const char *answered_body)
{
	g_autoptr(Answered) answered = answered_body != NULL ? answered_new(answered_body) : NULL;
	g_auto(GStrv) lines = g_strsplit(answer, "\n", -1);
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *before = g_strdup("");
	Own *own = g_new0(Own, 1);

	for (char **line = lines; *line != NULL && !is_dashes(*line);) {
		guint above = quote_attribution(line), block = quote_block(line);
		g_autofree char *squeezed = squeeze(*line);
		g_autofree char *clean = written(*line);

		if (block > 0 && answered == NULL)
			break;
		if (above > 0 || block > 0) {
			line += MAX(above, block);
			continue;
		}
		if (own->doubtful == NULL && clean[0] == '/' && is_doubtful(answered, before, squeezed))
			own->doubtful = g_strdup(squeezed);
		if (!is_quoted(answered, squeezed))
			g_string_append_printf(text, "%s\n", clean);
		g_free(before);
		before = g_steal_pointer(&squeezed);
		line++;
	}
	own->text = g_strdup(text->str);
	g_strchomp(own->text);
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

static bool
is_nonce(const char *word)
{
	return strlen(word) == NONCE_LENGTH &&
	    strspn(word, "0123456789abcdefghjkmnpqrstvwxyz") == NONCE_LENGTH;
}

static void
add_nonces(GPtrArray *found, const char *line)
{
	g_auto(GStrv) words = g_strsplit_set(line, " \t=<>|*[]()\"", -1);

	for (char **word = words; *word != NULL && found->len < MOST_NONCES; word++)
		if (is_nonce(*word) &&
		    !g_ptr_array_find_with_equal_func(found, *word, g_str_equal, NULL))
			g_ptr_array_add(found, g_strdup(*word));
}

GPtrArray *
own_nonces(const char *answer)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) lines = g_strsplit(answer, "\n", -1);

	for (char **line = lines; *line != NULL; line++)
		if (strstr(*line, "====") != NULL)
			add_nonces(found, *line);
	for (char **line = lines; *line != NULL; line++)
		add_nonces(found, *line);
	return found;
}
