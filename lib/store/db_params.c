/* db_params - what is bound to a statement; see db.h */

#include "db_private.h"

#include <string.h>

typedef struct {
	GArray *types, *lengths, *formats;	/* Oid, int, int */
	GPtrArray *values;			/* const char *; NULL: null */
} Arrays;

struct Params {
	Arrays arrays;
	GPtrArray *owned;			/* of GBytes, what values point into */
};

Params *
params_new(void)
{
	Params *params = g_new0(Params, 1);

	params->arrays.types = g_array_new(FALSE, FALSE, sizeof(Oid));
	params->arrays.lengths = g_array_new(FALSE, FALSE, sizeof(int));
	params->arrays.formats = g_array_new(FALSE, FALSE, sizeof(int));
	params->arrays.values = g_ptr_array_new();
	params->owned = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	return params;
}

void
params_free(Params *params)
{
	if (params == NULL)
		return;
	g_array_unref(params->arrays.types);
	g_array_unref(params->arrays.lengths);
	g_array_unref(params->arrays.formats);
	g_ptr_array_unref(params->arrays.values);
	g_ptr_array_unref(params->owned);
	g_free(params);
}

void
params_bind(Params *params, Bound *bound)
{
	memset(bound, 0, sizeof(*bound));
	if (params == NULL || params->arrays.values->len == 0)
		return;
	bound->count = (int)params->arrays.values->len;
	bound->types = (const Oid *)(const void *)params->arrays.types->data;
	bound->lengths = (const int *)(const void *)params->arrays.lengths->data;
	bound->formats = (const int *)(const void *)params->arrays.formats->data;
	bound->values = (const char *const *)params->arrays.values->pdata;
}

/* Takes bytes; NULL is null. Text must end in NUL, which length leaves out. */
static Params *
add(Params *params, Oid type, bool binary, GBytes *bytes)
{
	const char *value = NULL;
	gsize size = 0;
	int length, format = binary;

	if (bytes != NULL) {
		value = g_bytes_get_data(bytes, &size);
		if (value == NULL)
			value = "";	/* no bytes at all are not null */
		g_ptr_array_add(params->owned, bytes);
	}
	g_assert(size <= G_MAXINT);
	length = (int)size;
	g_array_append_val(params->arrays.types, type);
	g_array_append_val(params->arrays.lengths, length);
	g_array_append_val(params->arrays.formats, format);
	g_ptr_array_add(params->arrays.values, (gpointer)value);
	return params;
}

static GBytes *
taken(char *text)
{
	return g_bytes_new_take(text, strlen(text) + 1);
}

/* What is no UTF-8 is mended here, since the server would print it. */
Params *
params_text(Params *params, const char *text)
{
	return add(params, TYPE_INFERRED, false,
	    text == NULL ? NULL : taken(g_utf8_make_valid(text, -1)));
}

Params *
params_int(Params *params, gint64 number)
{
	return add(params, TYPE_INFERRED, false,
	    taken(g_strdup_printf("%" G_GINT64_FORMAT, number)));
}

Params *
params_bool(Params *params, bool value)
{
	return add(params, TYPE_BOOL, false, taken(g_strdup(value ? "t" : "f")));
}

Params *
params_bytes(Params *params, GBytes *bytes)
{
	return add(params, TYPE_BYTEA, true, bytes == NULL ? NULL : g_bytes_ref(bytes));
}

Params *
params_time(Params *params, gint64 time)
{
	gint64 wire = GINT64_TO_BE(time - DB_EPOCH);

	return add(params, TYPE_TIME, true, time == 0 ? NULL : g_bytes_new(&wire, sizeof(wire)));
}

Params *
params_real(Params *params, double number)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	g_ascii_dtostr(text, sizeof(text), number);
	return add(params, TYPE_FLOAT8, false, taken(g_strdup(text)));
}

static void
put_number(GByteArray *wire, gint32 number)
{
	gint32 big = GINT32_TO_BE(number);

	g_byte_array_append(wire, (const guint8 *)&big, sizeof(big));
}

/* The wire form of a one-dimensional text[]: dimensions, nulls, element type,
 * length, first index, then each with its length. */
Params *
params_texts(Params *params, const GPtrArray *texts)
{
	GByteArray *wire;

	if (texts == NULL)
		return add(params, TYPE_TEXTS, true, NULL);
	wire = g_byte_array_new();
	put_number(wire, texts->len > 0 ? 1 : 0);
	put_number(wire, 0);
	put_number(wire, TYPE_TEXT);
	if (texts->len > 0) {
		put_number(wire, (gint32)texts->len);
		put_number(wire, 1);
	}
	for (guint i = 0; i < texts->len; i++) {
		g_autofree char *text = g_utf8_make_valid(g_ptr_array_index(texts, i), -1);

		put_number(wire, (gint32)strlen(text));
		g_byte_array_append(wire, (const guint8 *)text, (guint)strlen(text));
	}
	return add(params, TYPE_TEXTS, true, g_byte_array_free_to_bytes(wire));
}

Params *
params_null(Params *params)
{
	return add(params, TYPE_INFERRED, false, NULL);
}
