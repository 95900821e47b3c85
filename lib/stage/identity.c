/* identity - see identity.h */

#include "identity.h"

#include <string.h>

#include "admin.h"
#include "brought.h"
#include "consents.h"
#include "extract.h"
#include "known.h"
#include "packet.h"
#include "reporter.h"

/* --- what a mail says of its sender --- */

static void
add_certificate(GHashTable *all, GBytes *certificate)
{
	gsize length;
	const void *bytes = g_bytes_get_data(certificate, &length);
	g_autoptr(GPtrArray) user_ids = packet_user_ids(bytes, length);
	g_autoptr(GPtrArray) keys = packet_keys(bytes, length, NULL);

	for (guint i = 0; i < user_ids->len; i++)
		identifiers_add_user_id(all, g_ptr_array_index(user_ids, i));
	for (guint i = 0; keys != NULL && i < keys->len; i++)
		identifiers_add_fingerprint(all, ((const PacketKey *)g_ptr_array_index(keys, i))->fingerprint);
}

/* People send the keys of others as well. */
static bool
is_of(GBytes *certificate, const Mailbox *from)
{
	gsize length;
	const void *bytes = g_bytes_get_data(certificate, &length);
	g_autoptr(GPtrArray) user_ids = packet_user_ids(bytes, length);
	g_autofree char *address = g_ascii_strdown(from->address, -1);

	for (guint i = 0; i < user_ids->len; i++) {
		g_autofree char *lower = g_ascii_strdown(g_ptr_array_index(user_ids, i), -1);

		if (strstr(lower, address) != NULL)
			return true;
	}
	return false;
}

static void
add_sender(GHashTable *all, const Run *run)
{
	const Mail *mail = run->mail;

	for (guint i = 0; i < mail->senders->len; i++) {
		const Mailbox *sender = g_ptr_array_index(mail->senders, i);

		identifiers_add_address(all, sender->address);
		identifiers_add_name(all, sender->name);
	}
	identifiers_add_fingerprint(all, run->opened->signer);
	if (run->reporter != NULL && run->reporter->certificate != NULL)
		add_certificate(all, run->reporter->certificate);
	for (guint i = 0; run->brought != NULL && mail->from != NULL && i < run->brought->len; i++) {
		const Brought *brought = g_ptr_array_index(run->brought, i);

		if (!brought->revokes && is_of(brought->bytes, mail->from))
			add_certificate(all, brought->bytes);
	}
}

/* A single word is nobody's but among few. */
static GPtrArray *
hashes_of(const Tools *tools, GHashTable *all)
{
	GPtrArray *hashes = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	GHashTableIter each;
	gpointer identifier;

	g_hash_table_iter_init(&each, all);
	while (g_hash_table_iter_next(&each, &identifier, NULL))
		if (((const Identifier *)identifier)->kind < IDENTIFIER_WORD)
			g_ptr_array_add(hashes, tools_hash_identifier(tools, identifier));
	return hashes;
}

/* Of a note it is not sure who wrote it: it must not become the party's own. */
bool
identity_note(Run *run, GError **error)
{
	g_autoptr(GHashTable) all = identifiers_new();
	g_autoptr(GPtrArray) hashes = NULL;

	if (run->placement.place == PLACE_NOTE || run->before != NULL)
		return true;
	add_sender(all, run);
	hashes = hashes_of(run->tools, all);
	return known_note(run->db, run->placement.party, hashes, error);
}

/* --- among the parties of a case --- */

static bool
add_record(const Tools *tools, const Side *side, GHashTable *all, GError **error)
{
	g_autoptr(Reporter) reporter = NULL;

	if (side->wrapped == NULL || side->record == NULL)
		return true;
	reporter = reporter_open(tools, side->wrapped, side->record, error);
	if (reporter == NULL)
		return false;
	identifiers_add_address(all, reporter->address);
	identifiers_add_name(all, reporter->name);
	identifiers_add_fingerprint(all, reporter->fingerprint);
	if (reporter->certificate != NULL)
		add_certificate(all, reporter->certificate);
	return true;
}

static bool
add_people(Db *db, const Side *side, GHashTable *all, GError **error)
{
	g_autoptr(GPtrArray) contacts = NULL;

	if (side->participant == 0)
		return true;
	identifiers_add_name(all, side->title);
	identifiers_add_name(all, side->name);
	contacts = directory_contacts(db, side->participant, error);
	for (guint i = 0; contacts != NULL && i < contacts->len; i++) {
		const Correspondent *contact = g_ptr_array_index(contacts, i);

		identifiers_add_address(all, contact->address);
		identifiers_add_name(all, contact->name);
		identifiers_add_phone(all, contact->phone);
		identifiers_add_fingerprint(all, contact->fingerprint);
	}
	return contacts != NULL;
}

/* The messages that came from one party, or from all but one; of Extract. */
static GPtrArray *
came_from(const Tools *tools, Db *db, guint case_no, gint64 party, bool others, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)extract_free);
	g_autoptr(Rows) rows = admin_messages(db, case_no, error);

	for (guint i = 0; rows != NULL && i < rows_count(rows); i++) {
		g_autoptr(GBytes) wrapped = rows_bytes(rows, i, "wrapped");
		g_autoptr(GBytes) sealed = rows_bytes(rows, i, "extract");
		Extract *extract;

		if (strcmp(rows_text(rows, i, "direction"), "in") != 0 || wrapped == NULL ||
		    (rows_int(rows, i, "party") == party) == others ||
		    (!others && !rows_bool(rows, i, "verified")))
			continue;
		extract = extract_open(wrapped, sealed, tools->storage_public, tools->storage_secret, error);
		if (extract == NULL)
			return NULL;
		g_ptr_array_add(all, extract);
	}
	return rows != NULL ? g_steal_pointer(&all) : NULL;
}

/* As what somebody is credited names them, too. */
static bool
add_credits(const Tools *tools, const Rows *rows, gint64 but, GHashTable *all, GError **error)
{
	for (guint i = 0; i < rows_count(rows); i++) {
		g_autoptr(GBytes) wrapped = rows_bytes(rows, i, "wrapped"), sealed = rows_bytes(rows, i, "value");
		g_autoptr(GError) because = NULL;
		g_autofree char *value = rows_int(rows, i, "party") == but ? NULL :
		    tools_unseal_text(tools, wrapped, sealed, "credit", &because);

		if (because != NULL) {
			g_propagate_error(error, g_steal_pointer(&because));
			return false;
		}
		identifiers_add_name(all, value);
	}
	return true;
}

GHashTable *
identity_of_others(const Tools *tools, Db *db, const GPtrArray *sides, const Side *to,
    GError **error)
{
	g_autoptr(GHashTable) all = identifiers_new();
	g_autoptr(GPtrArray) came = came_from(tools, db, to->case_no, to->id, true, error);
	g_autoptr(Rows) ledger = came != NULL ? consents_list(db, to->case_no, error) : NULL;

	if (ledger == NULL || !add_credits(tools, ledger, to->id, all, error))
		return NULL;
	for (guint i = 0; i < sides->len; i++) {
		const Side *side = g_ptr_array_index(sides, i);

		if (side != to && (!add_record(tools, side, all, error) || !add_people(db, side, all, error)))
			return NULL;
	}
	for (guint i = 0; i < came->len; i++) {
		const Extract *extract = g_ptr_array_index(came, i);

		identifiers_add_address(all, extract->from);
		identifiers_add_name(all, extract->from_name);
		identifiers_add_fingerprint(all, extract->signer);
	}
	return g_steal_pointer(&all);
}

static void
add_written(Leak *own, const Extract *extract)
{
	leak_add_text(own, extract->subject);
	leak_add_text(own, extract->text);
	for (guint i = 0; i < extract->attachments->len; i++) {
		const Attached *attached = g_ptr_array_index(extract->attachments, i);

		if (attached->name != NULL)
			leak_add_text(own, attached->name);
	}
}

Leak *
identity_of_own(const Tools *tools, Db *db, const Side *to, GError **error)
{
	g_autoptr(Leak) own = leak_new();
	g_autoptr(GPtrArray) came = came_from(tools, db, to->case_no, to->id, false, error);

	if (came == NULL || !add_record(tools, to, leak_all(own), error) ||
	    !add_people(db, to, leak_all(own), error))
		return NULL;
	for (guint i = 0; i < came->len; i++)
		add_written(own, g_ptr_array_index(came, i));
	return g_steal_pointer(&own);
}

/* --- what they agree to --- */

static bool
add_name_of(const Tools *tools, const Side *side, GHashTable *all, GError **error)
{
	g_autoptr(Reporter) reporter = side->wrapped == NULL || side->record == NULL ? NULL :
	    reporter_open(tools, side->wrapped, side->record, error);

	if (reporter != NULL)
		identifiers_add_name(all, reporter->name);
	return reporter != NULL || side->record == NULL;
}

/* A name, or a credit: by the name that was wished, else by the reporter's own. */
static bool
add_agreed_row(const Tools *tools, const Rows *rows, guint row, const GPtrArray *sides,
    GHashTable *all, GError **error)
{
	const Side *side = side_of_id(sides, rows_int(rows, row, "party"));
	g_autoptr(GBytes) wrapped = rows_bytes(rows, row, "wrapped"), sealed = rows_bytes(rows, row, "value");
	g_autofree char *value = tools_unseal_text(tools, wrapped, sealed, "credit", NULL);

	if (side == NULL || !rows_bool(rows, row, "holds") || !rows_null(rows, row, "other"))
		return true;
	identifiers_add_name(all, value);
	return value != NULL || add_name_of(tools, side, all, error);
}

bool
identity_add_agreed(const Tools *tools, Db *db, const GPtrArray *sides, const Side *to,
    GHashTable *all, GError **error)
{
	g_autoptr(Rows) rows = consents_list(db, to->case_no, error);
	g_autoptr(GArray) known = rows != NULL ? consents_acquainted(db, to->id, error) : NULL;

	for (guint i = 0; known != NULL && i < rows_count(rows); i++)
		if (!add_agreed_row(tools, rows, i, sides, all, error))
			return false;
	if (known != NULL && to->meets != 0)	/* what puts that on record is being filed */
		g_array_append_val(known, to->meets);
	for (guint i = 0; known != NULL && i < known->len; i++) {
		const Side *side = side_of_id(sides, g_array_index(known, gint64, i));

		if (side != NULL && (!add_record(tools, side, all, error) || !add_people(db, side, all, error)))
			return false;
	}
	return known != NULL;
}
