/*
 * json - the one fence around jansson
 *
 * What is sealed as a record and what --json prints are both built here. A
 * Json is reference counted by jansson but treated as owned: what is put into
 * an object or array belongs to it from then on.
 */

#ifndef SLUIS_BASE_JSON_H
#define SLUIS_BASE_JSON_H

#include <stdbool.h>
#include <glib.h>

typedef struct json_t Json;

Json *json_new_object(void);
Json *json_new_array(void);
void json_free(Json *json);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Json, json_free)

/* Text must be UTF-8 (text_clean); NULL becomes null. */
void json_put_text(Json *object, const char *key, const char *text);
void json_put_int(Json *object, const char *key, gint64 number);
void json_put_real(Json *object, const char *key, double number);
void json_put_bool(Json *object, const char *key, bool value);
void json_put_null(Json *object, const char *key);
void json_put_time(Json *object, const char *key, gint64 time);	/* RFC 3339; 0 is null */
void json_put(Json *object, const char *key, Json *value);		/* takes value */
void json_lay_over(Json *object, const Json *other);	/* all members of the other */
void json_put_texts(Json *object, const char *key, const GPtrArray *texts);
void json_add(Json *array, Json *value);				/* takes value */
void json_add_text(Json *array, const char *text);

/* Borrowed; NULL, 0 or false when missing or of another type. */
const char *json_text(const Json *object, const char *key);
gint64 json_int(const Json *object, const char *key);
double json_get_real(const Json *object, const char *key);	/* json_real() is jansson's */
bool json_bool(const Json *object, const char *key);
bool json_has(const Json *object, const char *key);	/* it is there, and not null */
const Json *json_get(const Json *object, const char *key);
guint json_length(const Json *array);
const Json *json_at(const Json *array, guint index);
const char *json_text_at(const Json *array, guint index);
Json *json_share(const Json *json);	/* the same, owned once more */

/* As text: one line, or indented by two for people. Wiped when freed. */
GBytes *json_bytes(const Json *json);
char *json_pretty(const Json *json);
Json *json_parse(GBytes *bytes, GError **error);	/* SETUP if it is none */

#endif
