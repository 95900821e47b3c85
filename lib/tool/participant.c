/* participant - the directory: sluis participant add, import, export, list,
 * show, remove */

#include "nouns.h"

#include <errno.h>
#include <string.h>

#include "admin.h"
#include "batch.h"
#include "error.h"
#include "export.h"
#include "options.h"
#include "print.h"
#include "returns.h"
#include "roll.h"

static const Column in_list[] = {
	{ "NAME", "name", PRINT_TEXT },
	{ "KIND", "kind", PRINT_TEXT },
	{ "TITLE", "title", PRINT_TEXT },
	{ "LANGUAGES", "languages", PRINT_TEXTS },
	{ "DOMAINS", "domains", PRINT_TEXTS },
	{ "NETWORKS", "networks", PRINT_TEXTS },
	{ NULL }
};

static const Column contact_columns[] = {
	{ "ADDRESS", "address", PRINT_TEXT },
	{ "NAME", "name", PRINT_TEXT },
	{ "ROLE", "role", PRINT_TEXT },
	{ "PHONE", "phone", PRINT_TEXT },
	{ "HOURS", "hours", PRINT_TEXT },
	{ "LANGUAGE", "language", PRINT_TEXT },
	{ "RECEIVES", "receives", PRINT_TEXTS },
	{ "UNREACHABLE", "unreachable", PRINT_TEXT },
	{ "STATUS", "unreachable_status", PRINT_TEXT },
	{ NULL }
};

/* Options of "add": the fields that are often given have names of their own;
 * what follows a --contact belongs to it. */
static const OrderOption add_options[] = {
	{ "title", "TITLE" }, { "kind", "KIND" }, { "umbrella", "NAME" },
	{ "alias", "NAME" }, { "language", "CODE" }, { "tlp", "TLP" },
	{ "domain", "DOMAIN" }, { "network", "CIDR" }, { "product", "NAME" },
	{ "digest", "yes|no" },
	{ "contact", "ADDRESS" }, { "key", "FILE" }, { "vouched-by", "NAME" },
	{ "vouched-how", VOUCHED_HOW }, { "contact-name", "NAME" },
	{ "phone", "NUMBER" }, { "role", "ROLE" }, { "hours", "TEXT" },
	{ NULL }
};

static const struct {
	const char *option, *field;
} add_fields[] = {
	{ "title", "title" }, { "kind", "kind" }, { "umbrella", "umbrella" },
	{ "alias", "aliases" }, { "language", "languages" }, { "tlp", "tlp_default" },
	{ "domain", "domains" }, { "network", "networks" }, { "product", "products" },
	{ "digest", "digest" },
}, of_contact[] = {
	{ "contact-name", "name" }, { "phone", "phone" }, { "role", "role" },
	{ "hours", "hours" },
};

/* What stands behind a --contact. */
typedef struct {
	Json *contact, *vouched;
	GPtrArray *keys;
} Given;

static bool
take_fields(const Order *order, Json *entry, GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(add_fields); i++) {
		g_autoptr(GPtrArray) texts = order_texts(order, add_fields[i].option);

		if (texts != NULL && !entry_set(entry,
		    field_find(participant_fields, add_fields[i].field), texts, error))
			return false;
	}
	return entry_set_text(entry, field_find(participant_fields, "name"),
	    order_word(order, 0), error);
}

/* One option behind the contact it belongs to; given NULL: there is none. */
static bool
take_of_contact(Given *given, const Typed *typed, GError **error)
{
	const Field *of_key = keyfile_option(typed->name);
	const char *field = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(of_contact); i++)
		if (strcmp(of_contact[i].option, typed->name) == 0)
			field = of_contact[i].field;
	if (field == NULL && of_key == NULL && strcmp(typed->name, "key") != 0)
		return true;
	if (given == NULL)
		return program_usage(error, "--%s belongs behind the --contact it is of",
		    typed->name);
	if (of_key != NULL)
		return entry_set_text(given->vouched, of_key, typed->value, error);
	if (field != NULL)
		return entry_set_text(given->contact, field_find(contact_fields, field),
		    typed->value, error);
	g_ptr_array_add(given->keys, g_strdup(typed->value));
	return true;
}

/* Everything from one --contact up to the next. */
static Json *
take_contact(const Order *order, guint *at, Batch *batch, GError **error)
{
	g_autoptr(Json) contact = json_new_object(), vouched = json_new_object();
	g_autoptr(Json) keys = json_new_array();
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
	const Typed *typed = &g_array_index(order->typed, Typed, *at);
	Given given = { .contact = contact, .vouched = vouched, .keys = files };

	if (!entry_set_text(contact, field_find(contact_fields, "address"), typed->value, error))
		return NULL;
	for (++*at; *at < order->typed->len; ++*at) {
		typed = &g_array_index(order->typed, Typed, *at);
		if (strcmp(typed->name, "contact") == 0)
			break;
		if (!take_of_contact(&given, typed, error))
			return NULL;
	}
	if (!batch_keys(batch, keys, NULL, files, vouched, error))
		return NULL;
	if (files->len > 0)
		json_put(contact, "keys", g_steal_pointer(&keys));
	return g_steal_pointer(&contact);
}

static bool
take_contacts(const Order *order, Batch *batch, Json *entry, GError **error)
{
	g_autoptr(Json) contacts = json_new_array();

	for (guint at = 0; at < order->typed->len; ) {
		const Typed *typed = &g_array_index(order->typed, Typed, at);
		Json *contact = NULL;

		if (strcmp(typed->name, "contact") != 0) {
			if (!take_of_contact(NULL, typed, error))
				return false;
			at++;
			continue;
		}
		contact = take_contact(order, &at, batch, error);
		if (contact == NULL)
			return false;
		json_add(contacts, contact);
	}
	json_put(entry, "contacts", g_steal_pointer(&contacts));
	return true;
}

static Db *
directory(const Order *order, GError **error)
{
	return db_open(order->settings->db_conninfo, "sluis_adm", error);
}

static bool
participant_add(const Order *order, GError **error)
{
	g_autoptr(Batch) batch = batch_new(order->settings);
	g_autoptr(Json) entry = json_new_object();
	g_autoptr(Db) db = NULL;

	if (!take_fields(order, entry, error) ||
	    !take_contacts(order, batch, entry, error) ||
	    !batch_add(batch, g_steal_pointer(&entry), error))
		return false;
	db = directory(order, error);
	return db != NULL && batch_put(batch, db, order_flag(order, "dry-run"), true, error);
}

/* Root reads it, and the keys it names, as the user it has become. */
static bool
read_file(Batch *batch, const char *file, GError **error)
{
	g_autoptr(GError) why = NULL;

	if (batch_read(batch, file, &why))
		return true;
	if (g_str_has_suffix(why->message, g_strerror(EACCES)))
		return error_set(error, SLUIS_ERROR_SETUP, "%s; put it, with the keys it names, "
		    "where the user %s can read it, such as /srv", why->message, g_get_user_name());
	g_propagate_error(error, g_steal_pointer(&why));
	return false;
}

static bool
participant_import(const Order *order, GError **error)
{
	g_autoptr(Batch) batch = batch_new(order->settings);
	g_autoptr(Db) db = NULL;

	batch->whole = true;
	if (!read_file(batch, order_word(order, 0), error))
		return false;
	db = directory(order, error);
	return db != NULL && batch_put(batch, db, order_flag(order, "dry-run"), false, error);
}

static bool
participant_export(const Order *order, GError **error)
{
	g_autoptr(Db) db = directory(order, error);
	g_autoptr(Json) roll = db != NULL ? roll_read(db, error) : NULL;
	g_autofree char *text = NULL;

	if (roll == NULL)
		return false;
	text = order_flag(order, "csv") ? export_csv(roll) : export_yaml(roll);
	return print_text(text, error);
}

static bool
participant_list(const Order *order, GError **error)
{
	g_autoptr(Db) db = directory(order, error);
	g_autoptr(Json) roll = db != NULL ? roll_read(db, error) : NULL;

	return roll != NULL && print_list(order, roll, in_list, error);
}

static bool
print_entry(const Order *order, const Json *entry, GError **error)
{
	Column columns[32] = { 0 };
	const Json *contacts = json_get(entry, "contacts");

	for (guint i = 0; participant_fields[i].name != NULL; i++)
		columns[i] = (Column){
			.title = participant_fields[i].name,
			.key = participant_fields[i].name,
			.kind = participant_fields[i].kind == FIELD_TEXTS ? PRINT_TEXTS :
			    participant_fields[i].kind == FIELD_FLAG ? PRINT_FLAG : PRINT_TEXT,
		};
	if (!print_record(order, entry, columns, error))
		return false;
	if (order->json)
		return true;
	if (!print_section("contacts", contacts, contact_columns, error))
		return false;
	for (guint i = 0; i < json_length(contacts); i++)
		if (!print_section(json_text(json_at(contacts, i), "address"),
		    json_get(json_at(contacts, i), "keys"), keyfile_columns, error))
			return false;
	return true;
}

static bool
participant_show(const Order *order, GError **error)
{
	g_autoptr(Db) db = directory(order, error);
	g_autoptr(Json) roll = db != NULL ?
	    roll_read_one(db, order_word(order, 0), error) : NULL;

	return roll != NULL && print_entry(order, json_at(roll, 0), error);
}

static bool
remove_contact(Db *db, const char *name, const char *address, GError **error)
{
	g_autoptr(Rows) rows = admin_participant(db, name, error);

	return rows != NULL &&
	    admin_remove_contact(db, (int)rows_int(rows, 0, "id"), address, error);
}

static bool
participant_remove(const Order *order, GError **error)
{
	const char *name = order_word(order, 0);
	const char *contact = order_text(order, "contact"), *key = order_text(order, "key");
	g_autoptr(Db) db = directory(order, error);

	if (db == NULL)
		return false;
	if (key != NULL)
		return admin_remove_certificate(db, name, key, error);
	if (contact != NULL)
		return remove_contact(db, name, contact, error);
	return admin_remove_participant(db, name, error);
}

/* Mails to it do not come back any more, says the operator. */
static bool
participant_reached(const Order *order, GError **error)
{
	const char *address = order_word(order, 0);
	g_autoptr(Db) db = directory(order, error);
	gint64 marked = db != NULL ? returns_reached(db, address, error) : -1;

	if (marked == 0)
		return error_set(error, SLUIS_ERROR_REFUSED, "no mail to %s is known to have come back", address);
	return marked > 0;
}

static const OrderOption import_options[] = { { "dry-run", NULL }, { NULL } };
static const OrderOption export_options[] = { { "csv", NULL }, { NULL } };
static const OrderOption remove_options[] = {
	{ "contact", "ADDRESS" }, { "key", "FINGERPRINT" }, { NULL }
};

const Verb participant_verbs[] = {
	{ .noun = "participant", .name = "add", .words = "NAME", .least = 1, .most = 1,
	  .options = add_options, .run = participant_add,
	  .summary = "put an organisation in the directory, or change it" },
	{ .noun = "participant", .name = "import", .words = "FILE.yaml|FILE.csv",
	  .least = 1, .most = 1, .options = import_options, .run = participant_import,
	  .summary = "put many, all or none, and say what changed" },
	{ .noun = "participant", .name = "export", .options = export_options,
	  .run = participant_export, .summary = "the whole directory as such a file, to stdout" },
	{ .noun = "participant", .name = "list", .has_json = true, .run = participant_list,
	  .summary = "all organisations" },
	{ .noun = "participant", .name = "show", .words = "NAME", .least = 1, .most = 1,
	  .has_json = true, .run = participant_show,
	  .summary = "one with its contacts and keys" },
	{ .noun = "participant", .name = "remove", .words = "NAME", .least = 1, .most = 1,
	  .options = remove_options, .run = participant_remove,
	  .summary = "take it, a contact or a key out of the directory" },
	{ .noun = "participant", .name = "reached", .words = "ADDRESS", .least = 1, .most = 1,
	  .run = participant_reached, .summary = "mails to that contact or analyst get through again" },
	{ 0 }
};
