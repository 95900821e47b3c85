/* search - see search.h */

#include "search.h"

#include <stdio.h>

#include "print.h"
#include "sought.h"
#include "upkeep.h"
#include "vault.h"

#define BATCH 500

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

static void
look_at_message(const Vault *vault, const Rows *rows, guint row, const GPtrArray *words,
    Json *hits, guint *unread)
{
	g_autoptr(Extract) extract = vault_extract(vault, rows, row, "wrapped", "extract", NULL);
	g_autofree char *around = NULL;
	Json *hit;

	if (extract == NULL)
		*unread += 1;
	else if (rows_bool(rows, row, "hidden"))
		extract_hide(extract, rows_text(rows, row, "direction"), rows_text(rows, row, "kind"));
	around = extract != NULL ? sought_in(extract, words) : NULL;
	if (around == NULL)
		return;
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
	g_autoptr(GPtrArray) words = sought_words(order->words);
	g_autoptr(Vault) vault = vault_open(order->settings, error);
	g_autoptr(Json) hits = json_new_array();
	guint unread = 0;

	if (vault == NULL || !look_at_all(vault, words, hits, &unread, error) ||
	    !print_list(order, hits, columns, error))
		return false;
	if (unread > 0)
		fprintf(stderr, "sluis: warning: %u messages do not open with storage.key\n", unread);
	return true;
}
