/* parcel - an outgoing mail as it is handed from work to send; see parcel.h */

#include "parcel.h"

#include <string.h>

#include "error.h"
#include "json.h"

#define ENVELOPE "outgoing-envelope"
#define CONTENT "outgoing"

/* The members of a letter that are text, by their names in the record. */
typedef struct {
	const char *name;
	size_t offset;
} Member;

static const Member members[] = {
	{ "from", offsetof(Letter, from) },
	{ "from_name", offsetof(Letter, from_name) },
	{ "to", offsetof(Letter, to) },
	{ "outer_subject", offsetof(Letter, outer_subject) },
	{ "message_id", offsetof(Letter, message_id) },
	{ "in_reply_to", offsetof(Letter, in_reply_to) },
};

Parcel *
parcel_new(ParcelForm form)
{
	Parcel *parcel = g_new0(Parcel, 1);

	parcel->form = form;
	parcel->letter = letter_new();
	parcel->key_ids = g_ptr_array_new_with_free_func(g_free);
	parcel->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return parcel;
}

void
parcel_free(Parcel *parcel)
{
	if (parcel == NULL)
		return;
	letter_free(parcel->letter);
	g_free(parcel->envelope_sender);
	g_clear_pointer(&parcel->key_ids, g_ptr_array_unref);
	g_free(parcel->template);
	g_free(parcel->language);
	g_free(parcel->signature);
	g_clear_pointer(&parcel->values, g_hash_table_unref);
	g_clear_pointer(&parcel->bytes, g_bytes_unref);
	g_free(parcel);
}

void
parcel_expect(Parcel *parcel, const char *fingerprint)
{
	gsize length = strlen(fingerprint);

	g_assert(length >= 16);
	g_ptr_array_add(parcel->key_ids, g_ascii_strup(fingerprint + length - 16, 16));
}

/* The same test for both sides: what is filed can be opened. */
static bool
parcel_check(const Parcel *parcel, GError **error)
{
	const Letter *letter = parcel->letter;

	if (letter->from == NULL || letter->to == NULL || letter->message_id == NULL ||
	    parcel->envelope_sender == NULL)
		return error_set(error, SLUIS_ERROR_SETUP, "a parcel without an address");
	if (parcel->form == PARCEL_ENCRYPTED && parcel->key_ids->len != 1)
		return error_set(error, SLUIS_ERROR_SETUP, "an encrypted parcel for %u keys",
		    parcel->key_ids->len);
	if (parcel->form == PARCEL_TEMPLATE &&
	    (parcel->template == NULL || parcel->language == NULL))
		return error_set(error, SLUIS_ERROR_SETUP, "a clear parcel without a template");
	if (parcel->bytes == NULL)
		return error_set(error, SLUIS_ERROR_SETUP, "a parcel without a mail");
	return true;
}

static Json *
letter_to_json(const Letter *letter)
{
	Json *json = json_new_object();

	for (guint i = 0; i < G_N_ELEMENTS(members); i++)
		json_put_text(json, members[i].name,
		    G_STRUCT_MEMBER(char *, letter, members[i].offset));
	json_put_int(json, "date", letter->date);
	json_put_bool(json, "automatic", letter->automatic);
	if (letter->references != NULL)
		json_put_texts(json, "references", letter->references);
	return json;
}

/* Pairs in the order of their names: the same values, the same record. */
static Json *
values_to_json(GHashTable *values)
{
	g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(values), (GCompareFunc)strcmp);
	Json *json = json_new_array();

	for (GList *name = names; name != NULL; name = name->next) {
		Json *pair = json_new_array();

		json_add_text(pair, name->data);
		json_add_text(pair, g_hash_table_lookup(values, name->data));
		json_add(json, pair);
	}
	return json;
}

static GBytes *
parcel_record(const Parcel *parcel)
{
	g_autoptr(Json) json = json_new_object();

	json_put_int(json, "version", 1);
	json_put_text(json, "form", parcel->form == PARCEL_ENCRYPTED ? "encrypted" : "template");
	json_put(json, "letter", letter_to_json(parcel->letter));
	json_put_text(json, "envelope_sender", parcel->envelope_sender);
	json_put_texts(json, "key_ids", parcel->key_ids);
	json_put_text(json, "template", parcel->template);
	json_put_text(json, "language", parcel->language);
	json_put_text(json, "signature", parcel->signature);
	json_put(json, "values", values_to_json(parcel->values));
	return json_bytes(json);
}

bool
parcel_seal(const Parcel *parcel, const SealKey *send_public, GBytes **wrapped,
    GBytes **envelope, GPtrArray **chunks, GError **error)
{
	g_autoptr(SealKey) data = NULL;
	g_autoptr(GBytes) record = NULL;

	if (!parcel_check(parcel, error))
		return false;
	data = seal_data_key();
	record = parcel_record(parcel);
	*wrapped = seal_wrap(data, send_public);
	*envelope = seal_small(data, ENVELOPE, record);
	*chunks = seal_chunks(data, CONTENT, g_bytes_get_data(parcel->bytes, NULL),
	    g_bytes_get_size(parcel->bytes));
	return true;
}

static GPtrArray *
texts_from_json(const Json *array)
{
	GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; array != NULL && i < json_length(array); i++) {
		if (json_text_at(array, i) != NULL)
			g_ptr_array_add(texts, g_strdup(json_text_at(array, i)));
	}
	return texts;
}

static void
letter_from_json(Letter *letter, const Json *json)
{
	for (guint i = 0; i < G_N_ELEMENTS(members); i++)
		G_STRUCT_MEMBER(char *, letter, members[i].offset) =
		    g_strdup(json_text(json, members[i].name));
	letter->date = json_int(json, "date");
	letter->automatic = json_bool(json, "automatic");
	if (json_get(json, "references") != NULL)
		letter->references = texts_from_json(json_get(json, "references"));
}

static void
values_from_json(GHashTable *values, const Json *json)
{
	for (guint i = 0; json != NULL && i < json_length(json); i++) {
		const Json *pair = json_at(json, i);
		const char *name = json_text_at(pair, 0);
		const char *value = json_text_at(pair, 1);

		if (name != NULL && value != NULL)
			g_hash_table_insert(values, g_strdup(name), g_strdup(value));
	}
}

static Parcel *
parcel_from_record(const Json *json, GError **error)
{
	const char *form = json_text(json, "form");
	const Json *letter = json_get(json, "letter");
	Parcel *parcel;

	if (json_int(json, "version") != 1 || form == NULL || letter == NULL) {
		error_set(error, SLUIS_ERROR_SETUP, "the envelope is of another version");
		return NULL;
	}
	parcel = parcel_new(strcmp(form, "encrypted") == 0 ? PARCEL_ENCRYPTED : PARCEL_TEMPLATE);
	letter_from_json(parcel->letter, letter);
	parcel->envelope_sender = g_strdup(json_text(json, "envelope_sender"));
	g_ptr_array_unref(parcel->key_ids);
	parcel->key_ids = texts_from_json(json_get(json, "key_ids"));
	parcel->template = g_strdup(json_text(json, "template"));
	parcel->language = g_strdup(json_text(json, "language"));
	parcel->signature = g_strdup(json_text(json, "signature"));
	values_from_json(parcel->values, json_get(json, "values"));
	return parcel;
}

Parcel *
parcel_open(GBytes *wrapped, GBytes *envelope, const GPtrArray *chunks,
    const SealKey *public, const SealKey *secret, GError **error)
{
	g_autoptr(SealKey) data = seal_unwrap(wrapped, public, secret, error);
	g_autoptr(GBytes) record = NULL;
	g_autoptr(Json) json = NULL;
	g_autoptr(Parcel) parcel = NULL;

	if (data == NULL)
		return NULL;
	record = unseal_small(data, ENVELOPE, envelope, error);
	if (record == NULL)
		return NULL;
	json = json_parse(record, error);
	if (json == NULL)
		return NULL;
	parcel = parcel_from_record(json, error);
	if (parcel == NULL)
		return NULL;
	parcel->bytes = unseal_chunks(data, CONTENT, chunks, error);
	if (parcel->bytes == NULL || !parcel_check(parcel, error))
		return NULL;
	return g_steal_pointer(&parcel);
}
