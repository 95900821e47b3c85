/* standing - see standing.h */

#include "standing.h"

#include "admin.h"
#include "text.h"

/* The title we gave it; NULL if it has none. */
static char *
title_of(const Tools *tools, const Rows *row)
{
	g_autoptr(GBytes) wrapped = rows_bytes(row, 0, "wrapped");
	g_autoptr(GBytes) sealed = rows_bytes(row, 0, "title");
	g_autofree char *title = wrapped == NULL || sealed == NULL ? NULL :
	    tools_unseal_text(tools, wrapped, sealed, "title", NULL);

	return title != NULL && title[0] != '\0' ? text_clean_line(title, -1) : NULL;
}

char *
standing_line(const Tools *tools, Db *db, const char *tag, GError **error)
{
	static const char *const columns[] = { "severity", "status", "owner" };
	g_autoptr(Rows) row = admin_case(db, tag, error);
	g_autofree char *title = NULL;
	GString *line;

	if (row == NULL)
		return NULL;
	title = title_of(tools, row);
	line = g_string_new(NULL);
	for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
		const char *text = rows_text(row, 0, columns[i]);

		if (text != NULL)
			g_string_append_printf(line, "%s%s", line->len > 0 ? ", " : "", text);
	}
	if (title != NULL)
		g_string_append_printf(line, ": %s", title);
	return g_string_free(line, FALSE);
}
