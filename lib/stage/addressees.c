/* addressees - see addressees.h */

#include "addressees.h"

#include <string.h>

#include "versions.h"

static void
addressee_free(gpointer data)
{
	Addressee *addressee = data;

	g_free(addressee->name);
	g_free(addressee->title);
	g_free(addressee->kind);
	g_free(addressee->product);
	g_free(addressee);
}

static Addressee *
addressee_new(const Rows *rows, guint row)
{
	Addressee *addressee = g_new0(Addressee, 1);

	addressee->name = g_strdup(rows_text(rows, row, "name"));
	addressee->title = g_strdup(rows_text(rows, row, "title"));
	addressee->kind = g_strdup(rows_text(rows, row, "kind"));
	return addressee;
}

/* Rows of one participant stand together: the surest of its products counts. */
static Addressee *
judge(const Rows *rows, guint from, guint to, const Advisory *advisory, bool everybody)
{
	Versions best = VERSIONS_OTHER;
	const char *product = NULL;
	Addressee *addressee;

	for (guint row = from; row < to; row++) {
		Versions met = rows_null(rows, row, "product") ? VERSIONS_OTHER : versions_meet(
		    rows_text(rows, row, "listed"),
		    g_ptr_array_index(advisory->versions, (guint)rows_int(rows, row, "asked") - 1));

		if (met > best) {
			best = met;
			product = rows_text(rows, row, "product");
		}
	}
	if (product == NULL && !everybody)
		return NULL;
	addressee = addressee_new(rows, from);
	addressee->product = g_strdup(product);
	addressee->doubtful = best == VERSIONS_MAYBE;
	return addressee;
}

/* All there are, whether or not they list a product. */
static bool
is_for_all(const Advisory *advisory, const Advised *advised)
{
	return advised->everybody || (advisory->products->len == 0 &&
	    (advised->kind != NULL || advised->umbrella != NULL));
}

bool
addressees_are_named(const Advisory *advisory, const Advised *advised)
{
	return advisory->products->len > 0 || is_for_all(advisory, advised);
}

GPtrArray *
addressees_of(Db *db, const Advisory *advisory, const Advised *advised, GError **error)
{
	Advised asked = *advised;
	g_autoptr(Rows) rows = NULL;
	GPtrArray *all;

	asked.products = advisory->products;
	asked.everybody = is_for_all(advisory, advised);
	rows = advised_list(db, &asked, error);
	if (rows == NULL)
		return NULL;
	all = g_ptr_array_new_with_free_func(addressee_free);
	for (guint from = 0, to; from < rows_count(rows); from = to) {
		Addressee *addressee;

		for (to = from + 1; to < rows_count(rows) && strcmp(rows_text(rows, to, "name"),
		    rows_text(rows, from, "name")) == 0; to++)
			continue;
		addressee = judge(rows, from, to, advisory, asked.everybody);
		if (addressee != NULL)
			g_ptr_array_add(all, addressee);
	}
	return all;
}
