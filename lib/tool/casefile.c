/* casefile - see casefile.h */

#include "casefile.h"

#include "acts.h"
#include "admin.h"
#include "calls.h"
#include "clocks.h"
#include "consents.h"
#include "directory.h"
#include "sides.h"
#include "proofs.h"

/* A number that may be null. */
static void
put_number(Json *json, const char *key, const Rows *rows, guint row, const char *column)
{
	if (rows_null(rows, row, column))
		json_put_null(json, key);
	else
		json_put_int(json, key, rows_int(rows, row, column));
}

/* A participant goes by its handle, a reporter by the name or else the address
 * in the sealed record. */
static Json *
party_json(const Vault *vault, const Rows *rows, guint row, GError **error)
{
	g_autoptr(Json) record = vault_json(vault, rows, row, "wrapped", "record",
	    "reporter", error);
	g_autofree char *number = vault_text(vault, rows, row, "number_wrapped", "own_number", "number",
	    NULL);
	const char *participant = rows_text(rows, row, "participant");
	const char *address, *name;
	bool hidden;
	Json *json;

	if (record == NULL)
		return NULL;
	hidden = rows_bool(rows, row, "hidden");
	address = hidden ? NULL : json_text(record, "address");
	name = hidden ? HIDDEN_NAME : json_text(record, "name");
	json = json_new_object();
	json_put_int(json, "id", rows_int(rows, row, "id"));
	json_put_int(json, "number", rows_int(rows, row, "number"));
	json_put_text(json, "role", rows_text(rows, row, "role"));
	json_put_text(json, "name", participant != NULL ? participant :
	    name != NULL && *name != '\0' ? name : address);
	json_put_text(json, "title", rows_text(rows, row, "title"));
	json_put_text(json, "address", address);
	json_put_text(json, "language", rows_text(rows, row, "language"));
	json_put_text(json, "reference", number);
	json_put_bool(json, "hidden", hidden);
	json_put_bool(json, "direct", rows_bool(rows, row, "direct"));
	json_put_text(json, "state", rows_text(rows, row, "state"));
	put_number(json, "says", rows, row, "said");
	json_put_text(json, "says_how", rows_text(rows, row, "said_how"));
	return json;
}

static void
put_extract(Json *json, const Extract *extract)
{
	json_put_text(json, "from", extract->from);
	json_put_text(json, "from_name", extract->from_name);
	json_put_text(json, "to", extract->to);
	json_put_text(json, "subject", extract->subject);
	json_put_text(json, "signer", extract->signer);
	json_put_time(json, "signed", extract->signed_at);
	json_put_text(json, "message_id", extract->message_id);
	json_put_text(json, "language", extract->language);
	json_put_text(json, "text", extract->text);
	json_put(json, "attachments", extract_attachments(extract));
	json_put_texts(json, "indicators", extract->indicators);
	json_put_texts(json, "reasons", extract->reasons);
}

static Json *
message_json(const Vault *vault, const Rows *rows, guint row, GError **error)
{
	g_autoptr(Extract) extract = vault_extract(vault, rows, row, "wrapped", "extract", error);
	Json *json;

	if (extract == NULL)
		return NULL;
	json = json_new_object();
	json_put_int(json, "id", rows_int(rows, row, "id"));
	json_put_text(json, "direction", rows_text(rows, row, "direction"));
	json_put_int(json, "party", rows_int(rows, row, "party"));
	json_put_time(json, "time", rows_time(rows, row, "time"));
	json_put_text(json, "encryption", rows_text(rows, row, "encryption"));
	json_put_text(json, "signature", rows_text(rows, row, "signature"));
	json_put_bool(json, "verified", rows_bool(rows, row, "verified"));
	json_put_bool(json, "replayed", rows_bool(rows, row, "replayed"));
	json_put_text(json, "kind", rows_text(rows, row, "kind"));
	put_number(json, "reception", rows, row, "reception");
	put_number(json, "outbox", rows, row, "outbox");
	if (rows_bool(rows, row, "hidden"))
		extract_hide(extract, rows_text(rows, row, "direction"), rows_text(rows, row, "kind"));
	put_extract(json, extract);
	return json;
}

static Json *
event_json(const Vault *vault, const Rows *rows, guint row, GError **error)
{
	Json *json = json_new_object();

	(void)vault, (void)error;
	json_put_int(json, "id", rows_int(rows, row, "id"));
	json_put_time(json, "time", rows_time(rows, row, "at"));
	json_put_text(json, "kind", rows_text(rows, row, "kind"));
	json_put_text(json, "who", rows_text(rows, row, "who"));
	json_put_text(json, "detail", rows_text(rows, row, "detail"));
	return json;
}

/* What an analyst wrote inside. */
static Json *
note_json(const Vault *vault, const Rows *rows, guint row, GError **error)
{
	g_autoptr(GError) why = NULL;
	g_autofree char *text = vault_text(vault, rows, row, "wrapped", "text", "note", &why);
	Json *json;

	if (why != NULL) {
		g_propagate_error(error, g_steal_pointer(&why));
		return NULL;
	}
	json = json_new_object();
	json_put_int(json, "id", rows_int(rows, row, "id"));
	json_put_time(json, "time", rows_time(rows, row, "at"));
	json_put_text(json, "kind", rows_text(rows, row, "kind"));
	json_put_text(json, "who", rows_text(rows, row, "who"));
	json_put_bool(json, "legal", rows_bool(rows, row, "legal"));
	json_put_text(json, "text", text);
	return json;
}

static Json *
clock_json(const Vault *vault, const Rows *rows, guint row, GError **error)
{
	Json *json = json_new_object();

	(void)vault, (void)error;
	json_put_text(json, "kind", rows_text(rows, row, "kind"));
	json_put_time(json, "due", rows_time(rows, row, "due"));
	json_put_text(json, "who", rows_text(rows, row, "who"));
	json_put_time(json, "told", rows_time(rows, row, "told"));
	return json;
}

/* A mail that is held, or waits for its time. */
static Json *
waiting_json(const Vault *vault, const Rows *rows, guint row, GError **error)
{
	g_autoptr(Json) record = vault_json(vault, rows, row, "wrapped", "record", "record", error);
	Json *json;

	if (record == NULL)
		return NULL;
	json = json_new_object();
	json_put_int(json, "id", rows_int(rows, row, "id"));
	put_number(json, "party", rows, row, "party");
	json_put_text(json, "to", rows_bool(rows, row, "hidden") ? HIDDEN_NAME : json_text(record, "to"));
	json_put_text(json, "hash", rows_text(rows, row, "hash"));
	json_put_text(json, "reason", rows_text(rows, row, "reason"));
	return json;
}

static Json *
call_json(const Vault *vault, const Rows *rows, guint row, GError **error)
{
	(void)vault, (void)error;
	return calls_json(rows, row);
}

static Json *
proof_json(const Vault *vault, const Rows *rows, guint row, GError **error)
{
	Json *json = json_new_object();

	(void)vault, (void)error;
	json_put_int(json, "party", rows_int(rows, row, "party"));
	json_put_text(json, "method", rows_text(rows, row, "method"));
	json_put_text(json, "who", rows_text(rows, row, "who"));
	json_put_time(json, "asked", rows_time(rows, row, "asked"));
	json_put_text(json, "sent", rows_text(rows, row, "sent"));
	json_put_time(json, "done", rows_time(rows, row, "done"));
	json_put_text(json, "how", rows_text(rows, row, "how"));
	return json;
}

/* What an organisation has said of reports, and what was agreed with it. */
static Json *
policy_json(const Vault *vault, const Rows *rows, guint row, GError **error)
{
	g_autoptr(GPtrArray) without = rows_texts(rows, row, "out_of_scope");
	Json *json = json_new_object();

	(void)vault, (void)error;
	json_put_text(json, "name", rows_text(rows, row, "name"));
	json_put_text(json, "policy", rows_text(rows, row, "policy"));
	json_put_texts(json, "out_of_scope", without);
	json_put_text(json, "agreement", rows_text(rows, row, "agreement"));
	json_put_text(json, "tlp_default", rows_text(rows, row, "tlp_default"));
	return json;
}

static Json *
consent_json(const Vault *vault, const Rows *rows, guint row, GError **error)
{
	static const char *const texts[] = {
		"what", "state", "how", "signature", "vouched", "who",
	};
	g_autoptr(GError) why = NULL;
	g_autofree char *value = vault_text(vault, rows, row, "wrapped", "value", "credit", &why);
	Json *json;

	if (why != NULL) {
		g_propagate_error(error, g_steal_pointer(&why));
		return NULL;
	}
	json = json_new_object();
	json_put_int(json, "party", rows_int(rows, row, "party"));
	put_number(json, "with", rows, row, "other");
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		json_put_text(json, texts[i], rows_text(rows, row, texts[i]));
	json_put_text(json, "as", value);
	put_number(json, "message", rows, row, "message");
	json_put_time(json, "time", rows_time(rows, row, "at"));
	json_put_bool(json, "holds", rows_bool(rows, row, "holds"));
	return json;
}

/* What belongs to a case, each by its query and its way to become JSON. */
static const struct {
	const char *key;
	Rows *(*rows)(Db *, guint, GError **);
	Json *(*json)(const Vault *, const Rows *, guint, GError **);
} belongings[] = {
	{ "parties",  admin_parties,  party_json },
	{ "messages", admin_messages, message_json },
	{ "events",   admin_events,   event_json },
	{ "calls",    phone_tasks,    call_json },
	{ "notes",    acts_notes,     note_json },
	{ "clocks",   clocks_list,    clock_json },
	{ "waiting",  sides_waiting_rows, waiting_json },
	{ "verifications", proofs_list, proof_json },
	{ "policies", directory_policies, policy_json },
	{ "consents", consents_list,  consent_json },
};

static bool
put_belongings(const Vault *vault, Json *json, guint case_no, GError **error)
{
	for (guint b = 0; b < G_N_ELEMENTS(belongings); b++) {
		g_autoptr(Rows) rows = belongings[b].rows(vault->db, case_no, error);
		g_autoptr(Json) array = json_new_array();

		if (rows == NULL)
			return false;
		for (guint i = 0; i < rows_count(rows); i++) {
			Json *one = belongings[b].json(vault, rows, i, error);

			if (one == NULL)
				return false;
			json_add(array, one);
		}
		json_put(json, belongings[b].key, g_steal_pointer(&array));
	}
	return true;
}

/* What was found, an object with the questions that were answered. */
static bool
put_triage(const Vault *vault, Json *json, guint case_no, GError **error)
{
	g_autoptr(Rows) rows = acts_triage(vault->db, case_no, error);
	Json *record;

	if (rows == NULL)
		return false;
	record = rows_count(rows) == 0 ? json_new_object() :
	    vault_json(vault, rows, 0, "wrapped", "record", "triage", error);
	if (record != NULL)
		json_put(json, "triage", record);
	return record != NULL;
}

static bool
put_links(const Vault *vault, Json *json, guint case_no, GError **error)
{
	g_autoptr(GPtrArray) tags = acts_links(vault->db, case_no, error);

	if (tags == NULL)
		return false;
	json_put_texts(json, "links", tags);
	return true;
}

static bool
put_title(const Vault *vault, const Rows *rows, guint row, Json *json, GError **error)
{
	g_autoptr(GError) why = NULL;
	g_autofree char *title = vault_text(vault, rows, row, "wrapped", "title", "title", &why);

	json_put_text(json, "title", title);
	if (why == NULL)
		return true;
	g_propagate_error(error, g_steal_pointer(&why));
	return false;
}

Json *
casefile_head(const Vault *vault, const Rows *rows, guint row, GError **error)
{
	static const char *const texts[] = {
		"tag", "inbox", "status", "class", "motive", "severity", "tlp", "owner",
	};
	g_autoptr(Json) json = json_new_object();
	g_autoptr(GPtrArray) participants = rows_texts(rows, row, "participants");
	g_autoptr(GPtrArray) inboxes = rows_texts(rows, row, "inboxes");

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		json_put_text(json, texts[i], rows_text(rows, row, texts[i]));
	json_put_time(json, "opened", rows_time(rows, row, "opened"));
	json_put_time(json, "changed", rows_time(rows, row, "changed"));
	json_put_texts(json, "participants", participants);
	json_put_texts(json, "inboxes", inboxes);
	return put_title(vault, rows, row, json, error) ? g_steal_pointer(&json) : NULL;
}

Json *
casefile_json(const Vault *vault, const Rows *rows, guint row, GError **error)
{
	g_autoptr(Json) json = casefile_head(vault, rows, row, error);
	guint case_no = (guint)rows_int(rows, row, "case_no");

	if (json == NULL || !put_triage(vault, json, case_no, error) ||
	    !put_links(vault, json, case_no, error) || !put_belongings(vault, json, case_no, error))
		return NULL;
	return g_steal_pointer(&json);
}
