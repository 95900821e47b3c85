/* search - see search.h */

#include "search.h"

#include <stdio.h>
#include <string.h>

#include "print.h"
#include "text.h"
#include "upkeep.h"
#include "vault.h"

#define BATCH 500
#define AROUND 30		/* characters of the text on either side of a hit */

static const Column columns[] = {
	{ "CASE", "case", PRINT_TEXT },
	{ "MESSAGE", "id", PRINT_NUMBER },
	{ "TIME", "time", PRINT_TEXT },
	{ "WAY", "direction", PRINT_TEXT },
	{ "FROM", "from", PRINT_TEXT },
	{ "SUBJECT", "subject", PRINT_TEXT },
	{ "WHERE", "where", PRINT_TEXT },
	{ NULL }
};

/* Small letters, and one form for letters that can be written in two ways. */
static char *
folded(const char *text)
{
	g_autofree char *normal = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);

	return normal != NULL ? g_utf8_casefold(normal, -1) : g_ascii_strdown(text, -1);
}

/* Everything of a message one may look for, on lines. */
static char *
haystack(const Extract *extract)
{
	const char *const texts[] = {
		extract->subject, extract->from, extract->from_name, extract->to, extract->text,
		extract->message_id, extract->signer,
	};
	g_autoptr(GString) all = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		if (texts[i] != NULL)
			g_string_append_printf(all, "%s\n", texts[i]);
	for (guint i = 0; i < extract->indicators->len; i++)
		g_string_append_printf(all, "%s\n", (char *)g_ptr_array_index(extract->indicators, i));
	for (guint i = 0; i < extract->attachments->len; i++) {
		const Attached *attached = g_ptr_array_index(extract->attachments, i);

		g_string_append_printf(all, "%s %s\n", attached->name != NULL ? attached->name : "",
		    attached->sha256);
	}
	return folded(all->str);
}

/* All words must be there; where the first one is goes to *where. */
static bool
has_all(const char *hay, const GPtrArray *words, const char **where)
{
	for (guint i = 0; i < words->len; i++) {
		const char *found = strstr(hay, g_ptr_array_index(words, i));

		if (found == NULL)
			return false;
		if (i == 0)
			*where = found;
	}
	return true;
}

/* A few words around a place, on one line. */
static char *
surroundings(const char *hay, const char *where)
{
	const char *start = where, *end = where;

	for (guint i = 0; i < AROUND && start > hay && *start != '\0'; i++)
		start = g_utf8_prev_char(start);
	for (guint i = 0; i < 2 * AROUND && *end != '\0'; i++)
		end = g_utf8_next_char(end);
	return text_clean_line(start, end - start);
}

static void
look_at_message(const Vault *vault, const Rows *rows, guint row, const GPtrArray *words,
    Json *hits, guint *unread)
{
	g_autoptr(Extract) extract = vault_extract(vault, rows, row, "wrapped", "extract", NULL);
	g_autofree char *hay = extract != NULL ? haystack(extract) : NULL;
	g_autofree char *around = NULL;
	const char *where = hay;
	Json *hit;

	if (hay == NULL)
		*unread += 1;
	if (hay == NULL || !has_all(hay, words, &where))
		return;
	around = surroundings(hay, where);
	hit = json_new_object();
	json_put_text(hit, "case", rows_text(rows, row, "tag"));
	json_put_int(hit, "id", rows_int(rows, row, "id"));
	json_put_int(hit, "party", rows_int(rows, row, "party"));
	json_put_time(hit, "time", rows_time(rows, row, "time"));
	json_put_text(hit, "direction", rows_text(rows, row, "direction"));
	json_put_text(hit, "from", extract->from);
	json_put_text(hit, "subject", extract->subject);
	json_put_text(hit, "where", around);
	json_add(hits, hit);
}

static bool
look_at_all(const Vault *vault, const GPtrArray *words, Json *hits, guint *unread,
    GError **error)
{
	gint64 behind = 0;

	for (;;) {
		g_autoptr(Rows) rows = upkeep_extracts(vault->db, behind, BATCH, error);

		if (rows == NULL)
			return false;
		for (guint i = 0; i < rows_count(rows); i++)
			look_at_message(vault, rows, i, words, hits, unread);
		if (rows_count(rows) < BATCH)
			return true;
		behind = rows_int(rows, rows_count(rows) - 1, "id");
	}
}

/* One message that does not open is no reason to find nothing. */
bool
search_run(const Order *order, GError **error)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(Vault) vault = vault_open(order->settings, error);
	g_autoptr(Json) hits = json_new_array();
	guint unread = 0;

	for (guint i = 0; i < order->words->len; i++)
		g_ptr_array_add(words, folded(order_word(order, i)));
	if (vault == NULL || !look_at_all(vault, words, hits, &unread, error) ||
	    !print_list(order, hits, columns, error))
		return false;
	if (unread > 0)
		fprintf(stderr, "sluis: warning: %u messages do not open with storage.key\n", unread);
	return true;
}
