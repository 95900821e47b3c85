/* cases - matters and what is in them: sluis case list, show, search,
 * forward, reverify, told */

#include "nouns.h"

#include <string.h>

#include "account.h"
#include "admin.h"
#include "calls.h"
#include "casefile.h"
#include "evidence.h"
#include "forward.h"
#include "options.h"
#include "print.h"
#include "search.h"
#include "text.h"
#include "triage.h"
#include "verdicts.h"

static const Column in_list[] = {
	{ "TAG", "tag", PRINT_TEXT },
	{ "OPENED", "opened", PRINT_TEXT },
	{ "STATUS", "status", PRINT_TEXT },
	{ "CLASS", "class", PRINT_TEXT },
	{ "MOTIVE", "motive", PRINT_TEXT },
	{ "SEVERITY", "severity", PRINT_TEXT },
	{ "PARTICIPANTS", "participants", PRINT_TEXTS },
	{ "TITLE", "title", PRINT_TEXT },
	{ NULL }
};

static const Column in_full[] = {
	{ "case", "tag", PRINT_TEXT },
	{ "title", "title", PRINT_TEXT },
	{ "status", "status", PRINT_TEXT },
	{ "class", "class", PRINT_TEXT },
	{ "motive", "motive", PRINT_TEXT },
	{ "severity", "severity", PRINT_TEXT },
	{ "tlp", "tlp", PRINT_TEXT },
	{ "participants", "participants", PRINT_TEXTS },
	{ "opened", "opened", PRINT_TEXT },
	{ "changed", "changed", PRINT_TEXT },
	{ "owner", "owner", PRINT_TEXT },
	{ "links", "links", PRINT_TEXTS },
	{ NULL }
};

static const Column triage_columns[] = {
	{ "QUESTION", "question", PRINT_TEXT },
	{ "ANSWER", "answer", PRINT_TEXT },
	{ NULL }
};

static const Column policy_columns[] = {
	{ "NAME", "name", PRINT_TEXT },
	{ "POLICY", "policy", PRINT_TEXT },
	{ "OUT OF SCOPE", "out_of_scope", PRINT_TEXTS },
	{ "AGREEMENT", "agreement", PRINT_TEXT },
	{ NULL }
};

static const Column ssvc_columns[] = {
	{ "SSVC", "model", PRINT_TEXT },
	{ "may follow", "possible", PRINT_TEXTS },
	{ "still open", "open", PRINT_TEXTS },
	{ NULL }
};

static const Column clock_columns[] = {
	{ "WHAT", "kind", PRINT_TEXT },
	{ "DUE", "due", PRINT_TEXT },
	{ "BY", "who", PRINT_TEXT },
	{ "TOLD", "told", PRINT_TEXT },
	{ NULL }
};

static const Column waiting_columns[] = {
	{ "ID", "id", PRINT_NUMBER },
	{ "PARTY", "party", PRINT_NUMBER },
	{ "TO", "to", PRINT_TEXT },
	{ "CONFIRM", "hash", PRINT_TEXT },
	{ "REASON", "reason", PRINT_TEXT },
	{ NULL }
};

static const Column party_columns[] = {
	{ "ID", "id", PRINT_NUMBER },
	{ "ROLE", "role", PRINT_TEXT },
	{ "NAME", "name", PRINT_TEXT },
	{ "ADDRESS", "address", PRINT_TEXT },
	{ "LANGUAGE", "language", PRINT_TEXT },
	{ "REFERENCE", "reference", PRINT_TEXT },
	{ "DIRECT", "direct", PRINT_FLAG },
	{ "STATE", "state", PRINT_TEXT },
	{ "SAYS", "says", PRINT_NUMBER },
	{ "HOW", "says_how", PRINT_TEXT },
	{ NULL }
};

static const Column proof_columns[] = {
	{ "PARTY", "party", PRINT_NUMBER },
	{ "METHOD", "method", PRINT_TEXT },
	{ "WHO", "who", PRINT_TEXT },
	{ "ASKED", "asked", PRINT_TEXT },
	{ "SENT", "sent", PRINT_TEXT },
	{ "DONE", "done", PRINT_TEXT },
	{ "SIGNATURE", "how", PRINT_TEXT },
	{ NULL }
};

static const Column consent_columns[] = {
	{ "PARTY", "party", PRINT_NUMBER },
	{ "WHAT", "what", PRINT_TEXT },
	{ "WITH", "with", PRINT_NUMBER },
	{ "STATE", "state", PRINT_TEXT },
	{ "AS", "as", PRINT_TEXT },
	{ "HOW", "how", PRINT_TEXT },
	{ "WHO", "who", PRINT_TEXT },
	{ "SIGNATURE", "signature", PRINT_TEXT },
	{ "VOUCHED", "vouched", PRINT_TEXT },
	{ "TIME", "time", PRINT_TEXT },
	{ "HOLDS", "holds", PRINT_FLAG },
	{ NULL }
};

static const Column message_columns[] = {
	{ "message", "id", PRINT_NUMBER },
	{ "direction", "direction", PRINT_TEXT },
	{ "party", "party", PRINT_NUMBER },
	{ "time", "time", PRINT_TEXT },
	{ "from", "from", PRINT_TEXT },
	{ "to", "to", PRINT_TEXT },
	{ "subject", "subject", PRINT_TEXT },
	{ "kind", "kind", PRINT_TEXT },
	{ "encryption", "encryption", PRINT_TEXT },
	{ "signature", "signature", PRINT_TEXT },
	{ "signer", "signer", PRINT_TEXT },
	{ "signed", "signed", PRINT_TEXT },
	{ "reasons", "reasons", PRINT_TEXTS },
	{ NULL }
};

static const Column attachment_columns[] = {
	{ "#", "n", PRINT_NUMBER },
	{ "TYPE", "type", PRINT_TEXT },
	{ "SIZE", "size", PRINT_NUMBER },
	{ "NAME", "name", PRINT_TEXT },
	{ "SHA256", "sha256", PRINT_TEXT },
	{ NULL }
};

static const Column event_columns[] = {
	{ "TIME", "time", PRINT_TEXT },
	{ "WHO", "who", PRINT_TEXT },
	{ "WHAT", "kind", PRINT_TEXT },
	{ "DETAIL", "detail", PRINT_TEXT },
	{ NULL }
};

/* What the table of decisions says of what was found: null while nothing was. */
static bool
put_decision(const Order *order, Json *json, GError **error)
{
	g_autoptr(Decision) decision = decision_load(order->settings->ssvc_file, error);
	Json *decided = decision != NULL ? triage_decide(decision, json_get(json, "triage")) : NULL;

	if (decided != NULL)
		json_put(json, "ssvc", decided);
	else
		json_put_null(json, "ssvc");
	return decision != NULL;
}

/* Programs get each case whole; for the table of people no mail is opened. */
static bool
cases_list(const Order *order, GError **error)
{
	g_autoptr(Vault) vault = vault_open(order->settings, error);
	g_autoptr(Rows) rows = vault != NULL ? admin_cases(vault->db, 0, error) : NULL;
	g_autoptr(Json) array = json_new_array();

	if (rows == NULL)
		return false;
	for (guint i = 0; i < rows_count(rows); i++) {
		Json *json = order->json ? casefile_json(vault, rows, i, error) :
		    casefile_head(vault, rows, i, error);

		if (json == NULL)
			return false;
		json_add(array, json);
		if (order->json && !put_decision(order, json, error))
			return false;
	}
	return print_list(order, array, in_list, error);
}

static bool
print_message(const Order *order, const Json *message, GError **error)
{
	const char *text = json_text(message, "text");
	g_autofree char *quoted = text_prefix_lines(text != NULL ? text : "", "| ");

	return print_text("\n", error) &&
	    print_record(order, message, message_columns, error) &&
	    print_section("attachments", json_get(message, "attachments"),
	    attachment_columns, error) &&
	    (text == NULL || print_text(quoted, error));
}

/* The questions that were answered, in the order they are asked, and what follows. */
static bool
print_triage(const Order *order, const Json *json, GError **error)
{
	g_autoptr(Json) array = json_new_array();
	g_autoptr(Decision) decision = decision_load(order->settings->ssvc_file, error);
	g_autoptr(GPtrArray) questions = decision != NULL ? triage_questions(decision) : NULL;
	const Json *triage = json_get(json, "triage");

	if (questions == NULL)
		return false;
	for (guint i = 0; i < questions->len; i++) {
		const char *question = g_ptr_array_index(questions, i);
		Json *row;

		if (json_text(triage, question) == NULL)
			continue;
		row = json_new_object();
		json_put_text(row, "question", question);
		json_put_text(row, "answer", json_text(triage, question));
		json_add(array, row);
	}
	return print_section("triage", array, triage_columns, error) &&
	    (!json_has(json, "ssvc") || print_record(order, json_get(json, "ssvc"), ssvc_columns, error)) &&
	    print_section("policies", json_get(json, "policies"), policy_columns, error);
}

static bool
print_notes(const Json *notes, GError **error)
{
	for (guint i = 0; i < json_length(notes); i++) {
		const Json *note = json_at(notes, i);
		const char *text = json_text(note, "text");
		g_autofree char *indented = text_prefix_lines(text != NULL ? text : "-", "  ");

		if (!print_line(error, "\n%s %s, %s", json_text(note, "kind"), json_text(note, "who"),
		    json_text(note, "time")) || !print_text(indented, error))
			return false;
	}
	return true;
}

/* What is, and what is to be done; then all that was written, and what happened. */
static bool
print_case(const Order *order, const Json *json, GError **error)
{
	const Json *messages = json_get(json, "messages");

	if (!print_record(order, json, in_full, error))
		return false;
	if (order->json)
		return true;
	if (!print_triage(order, json, error) ||
	    !print_section("parties", json_get(json, "parties"), party_columns, error) ||
	    !print_section("verifications", json_get(json, "verifications"), proof_columns, error) ||
	    !print_section("consents", json_get(json, "consents"), consent_columns, error) ||
	    !print_section("clocks", json_get(json, "clocks"), clock_columns, error) ||
	    !print_section("waiting", json_get(json, "waiting"), waiting_columns, error) ||
	    !print_section("calls", json_get(json, "calls"), calls_columns, error) ||
	    !print_notes(json_get(json, "notes"), error))
		return false;
	for (guint i = 0; i < json_length(messages); i++)
		if (!print_message(order, json_at(messages, i), error))
			return false;
	return print_section("events", json_get(json, "events"), event_columns, error);
}

static bool
cases_show(const Order *order, GError **error)
{
	g_autoptr(Vault) vault = vault_open(order->settings, error);
	g_autoptr(Rows) rows = vault == NULL ? NULL :
	    admin_case(vault->db, order_word(order, 0), error);
	g_autoptr(Json) json = rows != NULL ? casefile_json(vault, rows, 0, error) : NULL;

	return json != NULL && put_decision(order, json, error) && print_case(order, json, error);
}

/* The numbers of --attach, as they were typed. */
static GArray *
attached(const Order *order, GError **error)
{
	g_autoptr(GPtrArray) texts = order_texts(order, "attach");
	g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint));

	for (guint i = 0; texts != NULL && i < texts->len; i++) {
		const char *text = g_ptr_array_index(texts, i);
		guint64 n;
		guint number;

		if (!g_ascii_string_to_unsigned(text + strspn(text, "#"), 10, 1, G_MAXUINT,
		    &n, NULL)) {
			program_usage(error, "--attach: expected a number of an attachment, "
			    "not \"%s\"; sluis case show lists them", text);
			return NULL;
		}
		number = (guint)n;
		g_array_append_val(numbers, number);
	}
	return g_steal_pointer(&numbers);
}

static const Column forwarded_columns[] = {
	{ "ID", "id", PRINT_NUMBER },
	{ "TO", "to", PRINT_TEXT },
	{ "STATE", "state", PRINT_TEXT },
	{ "REASON", "reason", PRINT_TEXT },
	{ NULL }
};

static Json *
forwarded_json(const GPtrArray *filed)
{
	Json *array = json_new_array();

	for (guint i = 0; i < filed->len; i++) {
		const Forwarded *forwarded = g_ptr_array_index(filed, i);
		Json *json = json_new_object();

		json_put_int(json, "id", forwarded->id);
		json_put_text(json, "to", forwarded->to);
		json_put_text(json, "state", forwarded->held != NULL ? "held" : "ready");
		json_put_text(json, "reason", forwarded->held);
		json_add(array, json);
	}
	return array;
}

static bool
cases_forward(const Order *order, GError **error)
{
	g_autoptr(GArray) numbers = attached(order, error);
	g_autoptr(Tools) tools = numbers != NULL ? tools_open(order->settings, TOOLS_LETTERS, error) : NULL;
	g_autoptr(Db) opened = tools == NULL || order->session != NULL ? NULL :
	    db_open(order->settings->db_conninfo, "sluis_adm", error);
	Db *db = order->session != NULL ? order->session : opened;
	g_autoptr(Forward) forward = NULL;
	g_autoptr(GPtrArray) filed = NULL;
	g_autoptr(Json) array = NULL;

	if (tools == NULL || db == NULL)
		return false;
	forward = forward_of_case(tools, db, order_word(order, 0), order_word(order, 1),
	    numbers, error);
	filed = forward != NULL ? forward_file(tools, db, forward, error) : NULL;
	if (filed == NULL)
		return false;
	array = forwarded_json(filed);
	return print_list(order, array, forwarded_columns, error);
}

static bool
cases_reverify(const Order *order, GError **error)
{
	g_autoptr(Db) db = db_open(order->settings->db_conninfo, "sluis_adm", error);
	gint64 count = db != NULL ? verdicts_ask(db, order_word(order, 0), error) : -1;

	return count >= 0 && print_line(error, "%" G_GINT64_FORMAT " message%s to be verified "
	    "again by sluis-work", count, count == 1 ? "" : "s");
}

static const OrderOption forward_options[] = { { "attach", "N" }, { NULL } };

const Verb case_verbs[] = {
	{ .noun = "case", .name = "list", .has_json = true, .run = cases_list,
	  .summary = "all cases, newest first" },
	{ .noun = "case", .name = "show", .words = "TAG", .least = 1, .most = 1,
	  .has_json = true, .run = cases_show, .summary = "a case with its parties, mails and events" },
	{ .noun = "case", .name = "search", .words = "WORD...", .least = 1, .most = G_MAXUINT,
	  .has_json = true, .run = search_run,
	  .summary = "messages with all these words in them" },
	{ .noun = "case", .name = "forward", .words = "TAG PARTICIPANT", .least = 2, .most = 2,
	  .options = forward_options, .user = ACCOUNT_WORK, .wants_session = true,
	  .has_json = true, .run = cases_forward,
	  .summary = "pass the report on to a participant, encrypted to its contacts" },
	{ .noun = "case", .name = "export", .words = "TAG", .least = 1, .most = 1,
	  .options = evidence_options, .user = ACCOUNT_WORK, .wants_session = true,
	  .run = evidence_export,
	  .summary = "the whole case as evidence, one mail encrypted to a key, to stdout" },
	{ .noun = "case", .name = "reverify", .words = "TAG", .least = 1, .most = 1,
	  .run = cases_reverify,
	  .summary = "look at the signatures of a case again, with today's keys" },
	{ .noun = "case", .name = "told", .words = "TAG PARTY phone|portal|person", .least = 3,
	  .most = 3, .options = calls_told_options, .run = calls_told,
	  .summary = "a participant was told another way: what waits for its key is dropped" },
	{ 0 }
};
