/* json - the one fence around jansson; see json.h */

#include "json.h"

#include <jansson.h>

#include "buffer.h"
#include "error.h"
#include "text.h"
#include "times.h"

/* Scores and grades, not physics. */
#define REAL_DIGITS 12

Json *
json_new_object(void)
{
	return json_object();
}

Json *
json_new_array(void)
{
	return json_array();
}

void
json_free(Json *json)
{
	json_decref(json);
}

/* jansson refuses what is no UTF-8; losing it would be worse than showing it. */
static Json *
text_value(const char *text)
{
	g_autofree char *clean = NULL;
	Json *value;

	if (text == NULL)
		return json_null();
	value = json_string(text);
	if (value != NULL)
		return value;
	clean = text_clean(text, -1, NULL);
	return json_string(clean);
}

void
json_put(Json *object, const char *key, Json *value)
{
	json_object_set_new(object, key, value);
}

void
json_put_text(Json *object, const char *key, const char *text)
{
	json_put(object, key, text_value(text));
}

void
json_put_int(Json *object, const char *key, gint64 number)
{
	json_put(object, key, json_integer(number));
}

void
json_put_real(Json *object, const char *key, double number)
{
	json_put(object, key, json_real(number));
}

void
json_put_bool(Json *object, const char *key, bool value)
{
	json_put(object, key, json_boolean(value));
}

void
json_put_null(Json *object, const char *key)
{
	json_put(object, key, json_null());
}

void
json_put_time(Json *object, const char *key, gint64 time)
{
	g_autofree char *text = time != 0 ? times_rfc3339(time) : NULL;

	json_put_text(object, key, text);
}

void
json_lay_over(Json *object, const Json *other)
{
	if (json_object_update(object, (Json *)other) != 0)
		g_error("out of memory");
}

void
json_put_texts(Json *object, const char *key, const GPtrArray *texts)
{
	Json *array = json_array();

	for (guint i = 0; texts != NULL && i < texts->len; i++)
		json_add_text(array, texts->pdata[i]);
	json_put(object, key, array);
}

void
json_add(Json *array, Json *value)
{
	json_array_append_new(array, value);
}

void
json_add_text(Json *array, const char *text)
{
	json_add(array, text_value(text));
}

bool
json_has(const Json *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return value != NULL && !json_is_null(value);
}

const Json *
json_get(const Json *object, const char *key)
{
	return json_object_get(object, key);
}

const char *
json_text(const Json *object, const char *key)
{
	return json_string_value(json_get(object, key));
}

gint64
json_int(const Json *object, const char *key)
{
	return json_integer_value(json_get(object, key));
}

double
json_get_real(const Json *object, const char *key)
{
	return json_number_value(json_get(object, key));
}

bool
json_bool(const Json *object, const char *key)
{
	return json_is_true(json_get(object, key));
}

guint
json_length(const Json *array)
{
	return (guint)json_array_size(array);
}

const Json *
json_at(const Json *array, guint index)
{
	return json_array_get(array, index);
}

const char *
json_text_at(const Json *array, guint index)
{
	return json_string_value(json_at(array, index));
}

Json *
json_share(const Json *json)
{
	return json_incref((Json *)json);
}

static int
add_to_buffer(const char *bytes, size_t length, void *buffer)
{
	return buffer_add(buffer, bytes, length) ? 0 : -1;
}

static GBytes *
dump(const Json *json, size_t flags)
{
	g_autoptr(Buffer) buffer = buffer_new(0);

	if (json_dump_callback(json, add_to_buffer, buffer,
	        flags | JSON_ENCODE_ANY | JSON_REAL_PRECISION(REAL_DIGITS)) != 0)
		g_assert_not_reached();
	return buffer_steal(buffer);
}

GBytes *
json_bytes(const Json *json)
{
	return dump(json, JSON_COMPACT);
}

char *
json_pretty(const Json *json)
{
	g_autoptr(GBytes) bytes = dump(json, JSON_INDENT(2));

	return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

Json *
json_parse(GBytes *bytes, GError **error)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	json_error_t why;
	Json *json = json_loadb(data != NULL ? data : "", length,
	    JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &why);

	/* The reason is left out: it quotes what it stumbled over. */
	if (json == NULL)
		error_set(error, SLUIS_ERROR_SETUP, "no JSON: line %d", why.line);
	return json;
}
