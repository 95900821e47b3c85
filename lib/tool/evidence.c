/* evidence - see evidence.h */

#include "evidence.h"

#include <string.h>

#include "acts.h"
#include "admin.h"
#include "canonical.h"
#include "casefile.h"
#include "cases.h"
#include "certificate.h"
#include "error.h"
#include "keyfile.h"
#include "letterform.h"
#include "options.h"
#include "print.h"
#include "tools.h"

const OrderOption evidence_options[] = {
	{ "key", "FILE" }, { "to", "ADDRESS" }, { "counsel", NULL }, { "unveil", NULL }, { NULL }
};

/* What is handed over, and to whom. */
typedef struct {
	const Order *order;
	Tools *tools;
	Db *opened;			/* ours to close; NULL */
	Vault vault;			/* borrowed, all of it */
	Rows *row;			/* the case */
	Rows *parties;
	bool counsel, unveil;		/* what else is handed over */
	Keyfiles *keyfiles;
	const Certificate *key;
	char *to;
	GPtrArray *enclosures;
	GString *sums;			/* "HASH  NAME" */
} Evidence;

static void
evidence_clear(Evidence *evidence)
{
	g_clear_pointer(&evidence->row, rows_free);
	g_clear_pointer(&evidence->parties, rows_free);
	g_clear_pointer(&evidence->tools, tools_free);
	g_clear_pointer(&evidence->opened, db_close);
	g_clear_pointer(&evidence->keyfiles, keyfiles_free);
	g_free(evidence->to);
	g_clear_pointer(&evidence->enclosures, g_ptr_array_unref);
	if (evidence->sums != NULL)
		g_string_free(evidence->sums, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Evidence, evidence_clear)

/* A key of somebody we may never have heard of: good enough to encrypt to. */
static bool
read_key(Evidence *evidence, const char *file, GError **error)
{
	const char *to = order_text(evidence->order, "to");
	g_autofree char *why = NULL;

	evidence->keyfiles = keyfiles_new(evidence->order->settings);
	evidence->keyfiles->quiet = true;
	evidence->key = keyfile_read(evidence->keyfiles, NULL, file, error);
	if (evidence->key == NULL)
		return false;
	why = certificate_sentence(evidence->key->unusable);
	if (why != NULL)
		return error_set(error, SLUIS_ERROR_REFUSED, "the key %s is refused: %s",
		    evidence->key->fingerprint, why);
	if (to == NULL && evidence->key->addresses->len > 0)
		to = g_ptr_array_index(evidence->key->addresses, 0);
	evidence->to = to != NULL ? canonical_address(to) : NULL;
	return evidence->to != NULL || error_set(error, SLUIS_ERROR_REFUSED,
	    "--to: expected a mail address, not \"%s\"", to != NULL ? to : "");
}

static bool
open_case(Evidence *evidence, GError **error)
{
	const Order *order = evidence->order;
	Db *db = order->session;

	evidence->tools = tools_open(order->settings, TOOLS_LETTERS, error);
	if (evidence->tools == NULL)
		return false;
	if (db == NULL)
		db = evidence->opened = db_open(order->settings->db_conninfo, "sluis_adm", error);
	evidence->vault = (Vault){ db, evidence->tools->storage_public,
	    evidence->tools->storage_secret };
	evidence->row = db != NULL ? admin_case(db, order_word(order, 0), error) : NULL;
	evidence->parties = evidence->row == NULL ? NULL :
	    admin_parties(db, (guint)rows_int(evidence->row, 0, "case_no"), error);
	evidence->enclosures = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);
	evidence->sums = g_string_new(NULL);
	return evidence->parties != NULL;
}

/* Only who extorts is named by a mail that is handed over without being asked for. */
static void
choose(Evidence *evidence)
{
	evidence->counsel = order_flag(evidence->order, "counsel");
	evidence->unveil = order_flag(evidence->order, "unveil") ||
	    g_strcmp0(rows_text(evidence->row, 0, "class"), "extortion") == 0;
}

static bool
is_counsel(const Evidence *evidence, gint64 party)
{
	const Rows *rows = evidence->parties;

	for (guint i = 0; i < rows_count(rows); i++)
		if (rows_int(rows, i, "id") == party)
			return strcmp(rows_text(rows, i, "role"), "legal") == 0;
	return false;
}

static void
enclose(Evidence *evidence, const char *name, const char *type, GBytes *bytes)
{
	gsize length;
	gconstpointer data = g_bytes_get_data(bytes, &length);
	g_autofree char *sum = seal_sha256(data, length);

	g_ptr_array_add(evidence->enclosures, enclosure_new(name, type, bytes));
	g_string_append_printf(evidence->sums, "%s  %s\n", sum, name);
}

static bool
is_of_counsel(const Evidence *evidence, const Json *one)
{
	return json_bool(one, "legal") || is_counsel(evidence, json_int(one, "party"));
}

/* What counsel wrote, and was asked, and what was noted beside that, is between
 * counsel and the team. */
static void
leave_out_counsel(const Evidence *evidence, Json *json)
{
	static const char *const lists[] = { "messages", "notes" };

	for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
		const Json *all = json_get(json, lists[i]);
		Json *some = json_new_array();

		for (guint j = 0; j < json_length(all); j++)
			if (!is_of_counsel(evidence, json_at(all, j)))
				json_add(some, json_share(json_at(all, j)));
		json_put(json, lists[i], some);
	}
}

static bool
enclose_case(Evidence *evidence, GError **error)
{
	g_autoptr(Json) json = casefile_json(&evidence->vault, evidence->row, 0, error);
	g_autoptr(GBytes) bytes = NULL;

	if (json == NULL)
		return false;
	if (!evidence->counsel)
		leave_out_counsel(evidence, json);
	bytes = json_bytes(json);
	enclose(evidence, "case.json", "application/json", bytes);
	return true;
}

/* What was erased is named, and not there. */
static bool
enclose_mail(Evidence *evidence, gint64 reception, const char *name, GError **error)
{
	g_autoptr(Rows) row = admin_reception(evidence->vault.db, reception, error);
	g_autoptr(GBytes) raw = NULL;

	if (row == NULL)
		return false;
	if (rows_null(row, 0, "wrapped") || rows_null(row, 0, "blob")) {
		g_string_append_printf(evidence->sums, "-  %s\n", name);
		return true;
	}
	raw = vault_blob(&evidence->vault, row, 0, "wrapped", "blob", "raw", error);
	if (raw == NULL)
		return false;
	enclose(evidence, name, "application/octet-stream", raw);
	return true;
}

/* A mail as it came has all of who sent it. */
static bool
take_message(Evidence *evidence, const Rows *messages, guint row, GError **error)
{
	bool kept_back = (rows_bool(messages, row, "hidden") && !evidence->unveil) ||
	    (is_counsel(evidence, rows_int(messages, row, "party")) && !evidence->counsel);
	gint64 reception = rows_int(messages, row, "reception");
	g_autofree char *name = g_strdup_printf("mail-%" G_GINT64_FORMAT ".eml", reception);

	if (!kept_back)
		return enclose_mail(evidence, reception, name, error);
	g_string_append_printf(evidence->sums, "kept back  %s\n", name);
	return true;
}

static bool
enclose_mails(Evidence *evidence, guint case_no, GError **error)
{
	g_autoptr(Rows) messages = admin_messages(evidence->vault.db, case_no, error);

	for (guint i = 0; messages != NULL && i < rows_count(messages); i++)
		if (!rows_null(messages, i, "reception") && !take_message(evidence, messages, i, error))
			return false;
	return messages != NULL;
}

static bool
put_on_record(const Evidence *evidence, guint case_no, GError **error)
{
	g_autofree char *key = g_strdup_printf("%s%s%s", evidence->key->fingerprint,
	    evidence->counsel ? ", with counsel" : "",
	    order_flag(evidence->order, "unveil") ? ", unveiled" : "");
	Db *db = evidence->vault.db;

	return db_begin(db, error) && case_add_event(db, case_no, "exported", key, error) &&
	    acts_audit(db, "operator", "exported", case_no, 0, key, error) && db_commit(db, error);
}

/* The text is that of the team's language, since nobody knows the reader's. */
static bool
fill_letter(const Evidence *evidence, Letter *letter, GError **error)
{
	const Settings *settings = evidence->order->settings;
	const Inbox *inbox = tools_inbox(evidence->tools, rows_text(evidence->row, 0, "inbox"));
	g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	char *sums = g_strdup(evidence->sums->str);

	letter->from = g_strdup(inbox->address);
	letter->from_name = g_strdup(settings->team_name);
	letter->to = g_strdup(evidence->to);
	letter->outer_subject = g_strdup("[...]");
	letter->date = g_get_real_time() / G_USEC_PER_SEC * G_USEC_PER_SEC;
	letter->message_id = token_message_id(evidence->tools->tokens, tools_domain(inbox->address));
	letter->enclosures = g_ptr_array_ref(evidence->enclosures);
	g_hash_table_insert(values, (gpointer)"tag", g_strdup(rows_text(evidence->row, 0, "tag")));
	g_strchomp(sums);
	g_hash_table_insert(values, (gpointer)"sums", sums);
	return letterform_fill(letter, settings->text_folder, settings->team_language, "evidence",
	    values, error);
}

static GBytes *
sealed_mail(const Evidence *evidence, GError **error)
{
	g_autoptr(Letter) letter = letter_new();
	g_autoptr(GBytes) inner = NULL;
	g_autoptr(GBytes) armoured = NULL;

	if (!fill_letter(evidence, letter, error))
		return NULL;
	inner = compose_inner(letter);
	armoured = pgp_encrypt(evidence->tools->pgp, inner, evidence->key->bytes,
	    evidence->key->encryption_subkey, error);
	return armoured != NULL ? compose_outer(letter, armoured) : NULL;
}

bool
evidence_export(const Order *order, GError **error)
{
	g_auto(Evidence) evidence = { .order = order };
	const char *file = order_text(order, "key");
	g_autoptr(GBytes) mail = NULL;
	guint case_no;

	if (file == NULL)
		return program_usage(error, "--key FILE is missing");
	if (!read_key(&evidence, file, error) || !open_case(&evidence, error))
		return false;
	choose(&evidence);
	case_no = (guint)rows_int(evidence.row, 0, "case_no");
	if (!enclose_case(&evidence, error) || !enclose_mails(&evidence, case_no, error))
		return false;
	mail = sealed_mail(&evidence, error);
	return mail != NULL && put_on_record(&evidence, case_no, error) && print_bytes(mail, error);
}
