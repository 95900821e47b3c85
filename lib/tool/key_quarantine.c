/* key_quarantine - see key_quarantine.h */

#include "key_quarantine.h"

#include <string.h>

#include "canonical.h"
#include "certificate.h"
#include "error.h"
#include "keyfile.h"
#include "options.h"
#include "print.h"
#include "takeback.h"
#include "untrusted.h"
#include "vault.h"

static const Column in_list[] = {
	{ "ID", "id", PRINT_NUMBER },
	{ "STATE", "state", PRINT_TEXT },
	{ "KEY", "fingerprint", PRINT_TEXT },
	{ "FROM", "from", PRINT_TEXT },
	{ "ORIGIN", "origin", PRINT_TEXT },
	{ "ENCRYPTED", "encrypted", PRINT_FLAG },
	{ "CASE", "case", PRINT_TEXT },
	{ "ARRIVED", "arrived", PRINT_TEXT },
	{ NULL }
};

static const Column in_full[] = {
	{ "key", "id", PRINT_NUMBER },
	{ "state", "state", PRINT_TEXT },
	{ "fingerprint", "fingerprint", PRINT_TEXT },
	{ "user ids", "user_ids", PRINT_TEXTS },
	{ "algorithm", "algorithm", PRINT_TEXT },
	{ "made", "made", PRINT_TEXT },
	{ "expires", "expires", PRINT_TEXT },
	{ "refused", "refused", PRINT_TEXT },
	{ "sent by", "from", PRINT_TEXT },
	{ "said to be of", "address", PRINT_TEXT },
	{ "origin", "origin", PRINT_TEXT },
	{ "encrypted", "encrypted", PRINT_FLAG },
	{ "case", "case", PRINT_TEXT },
	{ "reception", "reception", PRINT_NUMBER },
	{ "arrived", "arrived", PRINT_TEXT },
	{ "times", "times", PRINT_NUMBER },
	{ "last", "last", PRINT_TEXT },
	{ "decided", "decided", PRINT_TEXT },
	{ "pinned for", "pinned_for", PRINT_TEXTS },
	{ "signed by the pinned key", "signed_by", PRINT_TEXT },
	{ NULL }
};

/* One that came, as far as no gpg has to look at it. record: what was sealed of
 * it, the caller's. */
static Json *
kept_json(const Vault *vault, const Rows *rows, guint row, Json **record, GError **error)
{
	static const char *const texts[] = { "state", "origin" };
	static const char *const sealed[] = { "fingerprint", "from", "address" };
	static const char *const times[] = { "arrived", "last", "decided" };
	Json *json;

	*record = vault_json(vault, rows, row, "wrapped", "record", "quarantine", error);
	if (*record == NULL)
		return NULL;
	json = json_new_object();
	json_put_int(json, "id", rows_int(rows, row, "id"));
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		json_put_text(json, texts[i], rows_text(rows, row, texts[i]));
	for (guint i = 0; i < G_N_ELEMENTS(sealed); i++)
		json_put_text(json, sealed[i], json_text(*record, sealed[i]));
	if (rows_bool(rows, row, "hidden")) {	/* named to nobody (T-49) */
		json_put_text(json, "from", HIDDEN_NAME);
		json_put_null(json, "address");
	}
	json_put_bool(json, "encrypted", rows_bool(rows, row, "encrypted"));
	json_put_text(json, "case", rows_text(rows, row, "tag"));
	json_put_int(json, "reception", rows_int(rows, row, "reception"));
	json_put_int(json, "times", rows_int(rows, row, "times"));
	for (guint i = 0; i < G_N_ELEMENTS(times); i++)
		json_put_time(json, times[i], rows_time(rows, row, times[i]));
	return json;
}

static bool
list_all(const Order *order, const Vault *vault, GError **error)
{
	g_autoptr(Rows) rows = untrusted_list(vault->db, 0, error);
	g_autoptr(Json) array = json_new_array();

	if (rows == NULL)
		return false;
	for (guint i = 0; i < rows_count(rows); i++) {
		g_autoptr(Json) record = NULL;
		Json *json = kept_json(vault, rows, i, &record, error);

		if (json == NULL)
			return false;
		json_add(array, json);
	}
	return print_list(order, array, in_list, error);
}

static bool
same(const char *one, const char *other)
{
	return one != NULL && other != NULL && g_ascii_strcasecmp(one, other) == 0;
}

/* Is that pinned certificate one of whom this key says, or the mail, it is of? */
static bool
is_of(const Rows *pinned, guint row, const Certificate *certificate, const Json *record)
{
	const char *address = rows_text(pinned, row, "address");
	bool named = same(address, json_text(record, "from")) ||
	    same(address, json_text(record, "address"));

	for (guint i = 0; !named && i < certificate->addresses->len; i++)
		named = same(address, g_ptr_array_index(certificate->addresses, i));
	return named;
}

/* What the directory has to say of it. */
static bool
put_standing(Json *json, const Vault *vault, Pgp *pgp, GBytes *bytes,
    const Certificate *certificate, const Json *record, GError **error)
{
	g_autoptr(Rows) pinned = admin_certificates(vault->db, error);
	g_autoptr(GPtrArray) theirs = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	Json *owners = json_new_array();
	g_autofree char *by = NULL;

	json_put(json, "pinned_for", owners);
	for (guint i = 0; pinned != NULL && i < rows_count(pinned); i++) {
		g_autofree char *owner = g_strdup_printf("%s %s", rows_text(pinned, i, "name"),
		    rows_text(pinned, i, "address"));

		if (strcmp(rows_text(pinned, i, "fingerprint"), certificate->fingerprint) == 0)
			json_add_text(owners, owner);
		else if (is_of(pinned, i, certificate, record))
			g_ptr_array_add(theirs, rows_bytes(pinned, i, "bytes"));
	}
	if (pinned == NULL)
		return false;
	by = certificate_certified_by(pgp, bytes, theirs, error);
	if (by == NULL)
		return false;
	json_put_text(json, "signed_by", *by != '\0' ? by : NULL);
	return true;
}

GBytes *
quarantine_bytes(const Json *record, GError **error)
{
	const char *base64 = json_text(record, "certificate");
	guchar *data;
	gsize length;

	if (base64 == NULL) {
		error_set(error, SLUIS_ERROR_REFUSED, "this key was erased");
		return NULL;
	}
	data = g_base64_decode(base64, &length);
	return g_bytes_new_take(data, length);
}

/* A key of a number, judged, and what has come that takes it back (T-31). */
static const Certificate *
judged(Keyfiles *keyfiles, Db *db, const Json *record, GBytes **bytes, GError **error)
{
	g_autoptr(GError) because = NULL;
	g_autofree char *armour = NULL;
	const Certificate *certificate;
	Certificate *after;

	*bytes = quarantine_bytes(record, error);
	if (*bytes == NULL)
		return NULL;
	armour = keyfile_armour(*bytes);
	certificate = keyfile_read(keyfiles, NULL, armour, error);
	after = certificate != NULL ? takeback_heed(keyfiles, db, certificate, &because) : NULL;
	if (because != NULL) {
		g_propagate_error(error, g_steal_pointer(&because));
		return NULL;
	}
	if (after == NULL)
		return certificate;
	g_hash_table_replace(keyfiles->by_fingerprint, after->fingerprint, after);
	return after;
}

static bool
show_one(const Order *order, const Vault *vault, gint64 id, GError **error)
{
	g_autoptr(Rows) rows = untrusted_list(vault->db, id, error);
	g_autoptr(Keyfiles) keyfiles = keyfiles_new(order->settings);
	g_autoptr(Json) record = NULL, json = NULL, about = NULL;
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(GError) because = NULL;
	const Certificate *certificate;

	json = rows != NULL ? kept_json(vault, rows, 0, &record, error) : NULL;
	if (json == NULL)
		return false;
	keyfiles->quiet = true;
	certificate = judged(keyfiles, vault->db, record, &bytes, &because);
	if (certificate == NULL) {	/* what no gpg can read is shown as just that */
		g_assert(because != NULL);
		json_put_text(json, "refused", because->message);
		return print_record(order, json, in_full, error);
	}
	keyfile_tell(certificate, json);
	if (rows_bool(rows, 0, "hidden"))
		json_put_null(json, "user_ids");
	return put_standing(json, vault, keyfiles->pgp, bytes, certificate, record, error) &&
	    print_record(order, json, in_full, error);
}

bool
key_quarantine(const Order *order, GError **error)
{
	const char *word = order_word(order, 0);
	g_autoptr(Vault) vault = NULL;
	gint64 id = 0;

	if (word != NULL && strcmp(word, "show") == 0)
		id = order_number(order, 1, error);
	else if (word != NULL && (strcmp(word, "list") != 0 || order_word(order, 1) != NULL))
		return program_usage(error, "expected list, or show ID");
	if (word != NULL && strcmp(word, "show") == 0 && id == 0)
		return false;
	vault = vault_open(order->settings, error);
	if (vault == NULL)
		return false;
	return id != 0 ? show_one(order, vault, id, error) : list_all(order, vault, error);
}

/*
 * Deciding.
 */

static int
find_contact(Db *db, const char *text, GError **error)
{
	g_auto(GStrv) words = g_strsplit(text, "/", 2);
	g_autoptr(Rows) participant = admin_participant(db, words[0] != NULL ? words[0] : "", error);
	g_autoptr(Rows) contacts = participant == NULL ? NULL :
	    admin_contacts(db, (int)rows_int(participant, 0, "id"), error);
	bool only = contacts != NULL && words[1] == NULL && rows_count(contacts) == 1;

	for (guint i = 0; contacts != NULL && i < rows_count(contacts); i++)
		if (only || same(rows_text(contacts, i, "address"), words[1]))
			return (int)rows_int(contacts, i, "id");
	if (contacts != NULL)
		error_set(error, SLUIS_ERROR_REFUSED, "%s names no contact: expected NAME/ADDRESS as "
		    "sluis participant show prints them", text);
	return 0;
}

static int
find_analyst(Db *db, const char *name, GError **error)
{
	g_autoptr(Rows) rows = admin_analysts(db, error);

	for (guint i = 0; rows != NULL && i < rows_count(rows); i++)
		if (rows_bool(rows, i, "active") && same(rows_text(rows, i, "name"), name))
			return (int)rows_int(rows, i, "id");
	if (rows != NULL)
		error_set(error, SLUIS_ERROR_REFUSED, "there is no analyst %s: see sluis analyst list", name);
	return 0;
}

static bool
find_owner(const Order *order, Db *db, CertificateRecord *record, GError **error)
{
	const char *contact = order_text(order, "contact"), *analyst = order_text(order, "analyst");

	if (contact != NULL)
		record->contact = find_contact(db, contact, error);
	else
		record->analyst = find_analyst(db, analyst, error);
	return record->contact != 0 || record->analyst != 0;
}

/* A key of no use is pinned for nobody; but where it is pinned, what came may say
 * that it was taken back, and that acts at once (T-31). */
static bool
may_be_pinned(Db *db, const Certificate *certificate, GError **error)
{
	g_autofree char *sentence = certificate_sentence(certificate->unusable);
	g_autoptr(GError) because = NULL;
	g_autoptr(GBytes) known = admin_known_certificate(db, certificate->fingerprint, &because);

	if (because != NULL) {
		g_propagate_error(error, g_steal_pointer(&because));
		return false;
	}
	return sentence == NULL || known != NULL || error_set(error, SLUIS_ERROR_REFUSED,
	    "the key %s is refused: %s", certificate->fingerprint, sentence);
}

static bool
accept_in(const Order *order, Db *db, Keyfiles *keyfiles, const Certificate *certificate,
    const Json *vouched, GError **error)
{
	CertificateRecord record = { .contact = 0 };
	bool fresh;

	entry_fill(vouched, key_fields, &record, NULL);
	return find_owner(order, db, &record, error) && may_be_pinned(db, certificate, error) &&
	    keyfile_pin(keyfiles, db, certificate, record, &fresh, error) &&
	    untrusted_settle(db, order_number(order, 0, NULL), "accepted", error);
}

static bool
accept_key(const Order *order, const Vault *vault, gint64 id, GError **error)
{
	g_autoptr(Keyfiles) keyfiles = keyfiles_new(order->settings);
	g_autoptr(Json) vouched = keyfile_vouched(order, error);
	g_autoptr(Rows) rows = vouched != NULL ? untrusted_list(vault->db, id, error) : NULL;
	g_autoptr(Json) record = NULL, json = NULL;
	g_autoptr(GBytes) bytes = NULL;
	const Certificate *certificate;

	json = rows != NULL ? kept_json(vault, rows, 0, &record, error) : NULL;
	if (json == NULL)
		return false;
	keyfiles->quiet = true;
	certificate = judged(keyfiles, vault->db, record, &bytes, error);
	if (certificate == NULL || !db_begin(vault->db, error))
		return false;
	if (accept_in(order, vault->db, keyfiles, certificate, vouched, error))
		return db_commit(vault->db, error);
	db_rollback(vault->db);
	return false;
}

bool
key_accept(const Order *order, GError **error)
{
	bool contact = order_text(order, "contact") != NULL;
	g_autoptr(Vault) vault = NULL;
	gint64 id;

	if (contact == (order_text(order, "analyst") != NULL))
		return program_usage(error, "expected --contact NAME/ADDRESS or --analyst NAME");
	if (order_text(order, "vouched-how") == NULL)
		return program_usage(error, "--vouched-how is missing: how was it checked that this is "
		    "the owner's key?");
	id = order_number(order, 0, error);
	vault = id != 0 ? vault_open(order->settings, error) : NULL;
	return vault != NULL && accept_key(order, vault, id, error);
}

bool
key_refuse(const Order *order, GError **error)
{
	gint64 id = order_number(order, 0, error);
	g_autoptr(Db) db = id != 0 ? db_open(order->settings->db_conninfo, "sluis_adm", error) : NULL;

	return db != NULL && untrusted_settle(db, id, "refused", error);
}

const OrderOption key_accept_options[] = {
	{ "contact", "NAME/ADDRESS" }, { "analyst", "NAME" }, { "vouched-by", "NAME" },
	{ "vouched-how", VOUCHED_HOW }, { NULL }
};
