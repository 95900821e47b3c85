/* roll - see roll.h */

#include "roll.h"

#include <string.h>

#include "error.h"

/* Arrays waiting for what they belong to, by its number. */
static Json *
waiting(GHashTable *table, gint64 id)
{
	Json *array = g_hash_table_lookup(table, GINT_TO_POINTER((int)id));

	if (array == NULL) {
		array = json_new_array();
		g_hash_table_insert(table, GINT_TO_POINTER((int)id), array);
	}
	return array;
}

static void
put_waiting(Json *json, const char *key, GHashTable *table, gint64 id)
{
	gpointer array = NULL;

	g_hash_table_steal_extended(table, GINT_TO_POINTER((int)id), NULL, &array);
	json_put(json, key, array != NULL ? array : json_new_array());
}

static void
json_drop(gpointer data)
{
	json_free(data);
}

static GHashTable *
waiting_table(void)
{
	return g_hash_table_new_full(NULL, NULL, NULL, json_drop);
}

static Json *
fields_json(const Rows *rows, guint row, const Field *fields)
{
	Json *json = json_new_object();

	for (; fields->name != NULL; fields++) {
		g_autoptr(GPtrArray) list = NULL;

		switch (fields->kind) {
		case FIELD_TEXT:
			json_put_text(json, fields->name, rows_text(rows, row, fields->name));
			break;
		case FIELD_FLAG:
			json_put_bool(json, fields->name, rows_bool(rows, row, fields->name));
			break;
		case FIELD_TEXTS:
			list = rows_texts(rows, row, fields->name);
			json_put_texts(json, fields->name, list);
			break;
		}
	}
	return json;
}

static bool
read_keys(Db *db, GHashTable *by_contact, GError **error)
{
	g_autoptr(Rows) rows = admin_certificates(db, error);

	if (rows == NULL)
		return false;
	for (guint i = 0; i < rows_count(rows); i++)
		if (!rows_null(rows, i, "contact"))
			json_add(waiting(by_contact, rows_int(rows, i, "contact")),
			    keyfile_row_json(rows, i));
	return true;
}

static bool
read_contacts(Db *db, GHashTable *keys, GHashTable *by_participant, GError **error)
{
	g_autoptr(Rows) rows = admin_contacts(db, 0, error);

	if (rows == NULL)
		return false;
	for (guint i = 0; i < rows_count(rows); i++) {
		Json *json = fields_json(rows, i, contact_fields);

		json_put_time(json, "unreachable", rows_time(rows, i, "unreachable"));
		json_put_text(json, "unreachable_status", rows_text(rows, i, "unreachable_status"));
		put_waiting(json, "keys", keys, rows_int(rows, i, "id"));
		json_add(waiting(by_participant, rows_int(rows, i, "participant")), json);
	}
	return true;
}

/* One participant or, without a name, all. */
static Json *
roll_of(Db *db, const char *name, GError **error)
{
	g_autoptr(GHashTable) keys = waiting_table();
	g_autoptr(GHashTable) contacts = waiting_table();
	g_autoptr(Rows) rows = name != NULL ? admin_participant(db, name, error) :
	    admin_participants(db, error);
	Json *roll;

	if (rows == NULL || !read_keys(db, keys, error) ||
	    !read_contacts(db, keys, contacts, error))
		return NULL;
	roll = json_new_array();
	for (guint i = 0; i < rows_count(rows); i++) {
		Json *json = fields_json(rows, i, participant_fields);

		json_put_time(json, "added", rows_time(rows, i, "added"));
		put_waiting(json, "contacts", contacts, rows_int(rows, i, "id"));
		json_add(roll, json);
	}
	return roll;
}

Json *
roll_read(Db *db, GError **error)
{
	return roll_of(db, NULL, error);
}

Json *
roll_read_one(Db *db, const char *name, GError **error)
{
	return roll_of(db, name, error);
}

static bool
remove_keys(Db *db, const char *owner, const Json *before, const Json *contact, GError **error)
{
	const Json *keys = json_get(before, "keys");

	for (guint i = 0; i < json_length(keys); i++) {
		const char *fingerprint = json_text(json_at(keys, i), "fingerprint");

		if (contact_key(contact, fingerprint) == NULL &&
		    !admin_remove_certificate(db, owner, fingerprint, error))
			return false;
	}
	return true;
}

static bool
put_contact(Db *db, int participant, const Json *contact, Keyfiles *keyfiles,
    GError **error)
{
	g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	const Json *keys = json_get(contact, "keys");
	ContactRecord record = { .address = NULL };
	bool fresh;
	int id;

	entry_fill(contact, contact_fields, &record, lists);
	id = admin_put_contact(db, participant, &record, &fresh, error);
	if (id == 0)
		return false;
	for (guint i = 0; i < json_length(keys); i++) {
		const Certificate *certificate = g_hash_table_lookup(keyfiles->by_fingerprint,
		    json_text(json_at(keys, i), "fingerprint"));
		CertificateRecord key = { .contact = id };

		entry_fill(json_at(keys, i), key_fields, &key, lists);
		if (!keyfile_pin(keyfiles, db, certificate, key, &fresh, error))
			return false;
	}
	return true;
}

static bool
put_contacts(Db *db, int participant, const Json *entry, Keyfiles *keyfiles,
    GError **error)
{
	const Json *contacts = json_get(entry, "contacts");

	for (guint i = 0; i < json_length(contacts); i++)
		if (!put_contact(db, participant, json_at(contacts, i), keyfiles, error))
			return false;
	return true;
}

/* Contacts and keys an entry that is the whole truth does not have. */
static bool
remove_rest(Db *db, int participant, const Json *before, const Json *entry, GError **error)
{
	const Json *contacts = json_get(before, "contacts");

	for (guint i = 0; i < json_length(contacts); i++) {
		const Json *old = json_at(contacts, i);
		const char *address = json_text(old, "address");
		const Json *contact = entry_contact(entry, address);

		if (contact == NULL ? !admin_remove_contact(db, participant, address, error) :
		    json_get(contact, "keys") != NULL &&
		    !remove_keys(db, json_text(entry, "name"), old, contact, error))
			return false;
	}
	return true;
}

bool
roll_put(Db *db, const Json *before, const Json *entry, bool whole,
    Keyfiles *keyfiles, GError **error)
{
	g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	ParticipantRecord record = { .digest = -1 };
	bool fresh;
	int id;

	entry_fill(entry, participant_fields, &record, lists);
	id = admin_put_participant(db, &record, &fresh, error);
	if (id == 0)
		return false;
	if (whole && before != NULL && json_get(entry, "contacts") != NULL &&
	    !remove_rest(db, id, before, entry, error))
		return false;
	return put_contacts(db, id, entry, keyfiles, error);
}

static bool
has_text(const Json *array, const char *text)
{
	for (guint i = 0; i < json_length(array); i++)
		if (g_strcmp0(json_text_at(array, i), text) == 0)
			return true;
	return false;
}

/* Lists are sets, but for languages, of which the first one counts. */
static bool
same_value(const Json *before, const Json *entry, const Field *field)
{
	const Json *old = json_get(before, field->name), *new = json_get(entry, field->name);
	g_autofree char *shown_old = entry_show(before, field);
	g_autofree char *shown_new = entry_show(entry, field);
	bool same = json_length(old) == json_length(new);

	if (field->kind != FIELD_TEXTS || field->ordered)
		return g_strcmp0(shown_old != NULL ? shown_old : "", shown_new) == 0;
	for (guint i = 0; same && i < json_length(new); i++)
		same = has_text(old, json_text_at(new, i));
	return same;
}

static void
fields_difference(GString *text, const char *indent, const Json *before,
    const Json *entry, const Field *fields)
{
	for (; fields->name != NULL; fields++) {
		g_autofree char *old = entry_show(before, fields);
		g_autofree char *new = entry_show(entry, fields);

		if (new != NULL && !same_value(before, entry, fields))
			g_string_append_printf(text, "%s%s: %s -> %s\n", indent, fields->name,
			    old != NULL && *old != '\0' ? old : "-", *new != '\0' ? new : "-");
	}
}

/* A key of the same fingerprint may have been prolonged or revoked since. */
static void
keys_difference(GString *text, const Json *before, const Json *contact, bool whole)
{
	const Json *new = json_get(contact, "keys"), *old = json_get(before, "keys");

	for (guint i = 0; i < json_length(new); i++) {
		const Json *key = json_at(new, i);
		const char *fingerprint = json_text(key, "fingerprint");
		const Json *pinned = contact_key(before, fingerprint);

		if (pinned == NULL || g_strcmp0(json_text(pinned, "armour"),
		    json_text(key, "armour")) != 0)
			g_string_append_printf(text, "        %s key %s\n",
			    pinned == NULL ? "+" : "~", fingerprint);
		if (pinned != NULL)
			fields_difference(text, "            ", pinned, key, key_fields);
	}
	for (guint i = 0; whole && new != NULL && i < json_length(old); i++) {
		const char *fingerprint = json_text(json_at(old, i), "fingerprint");

		if (contact_key(contact, fingerprint) == NULL)
			g_string_append_printf(text, "        - key %s\n", fingerprint);
	}
}

static void
contact_difference(GString *text, const Json *before, const Json *contact, bool whole)
{
	g_autoptr(GString) lines = g_string_new(NULL);

	if (before != NULL)
		fields_difference(lines, "        ", before, contact, contact_fields);
	keys_difference(lines, before, contact, whole);
	if (before == NULL || lines->len > 0)
		g_string_append_printf(text, "    %s contact %s\n%s",
		    before == NULL ? "+" : "~", json_text(contact, "address"), lines->str);
}

char *
roll_difference(const Json *before, const Json *entry, bool whole)
{
	GString *text = g_string_new(NULL);
	const Json *new = json_get(entry, "contacts"), *old = json_get(before, "contacts");

	fields_difference(text, "    ", before, entry, participant_fields);
	for (guint i = 0; i < json_length(new); i++)
		contact_difference(text, entry_contact(before,
		    json_text(json_at(new, i), "address")), json_at(new, i), whole);
	for (guint i = 0; whole && new != NULL && i < json_length(old); i++)
		if (entry_contact(entry, json_text(json_at(old, i), "address")) == NULL)
			g_string_append_printf(text, "    - contact %s\n",
			    json_text(json_at(old, i), "address"));
	return g_string_free(text, FALSE);
}
