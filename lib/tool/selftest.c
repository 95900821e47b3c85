/* selftest - a mail of ours to ourselves, through the whole chain: sluis selftest
 *
 * It leaves as every mail does, by outbox and sluis-send, encrypted to the
 * team's own key, and comes back as every mail does, by sluis-intake and
 * sluis-work. Its Message-ID is registered beforehand, so that the case it
 * opens is a test and no analyst is told of it. Where all programs are one
 * user's they are run here; else those that stay are waited for.
 */

#include "nouns.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "account.h"
#include "admin.h"
#include "dispatch.h"
#include "dkim.h"
#include "error.h"
#include "file.h"
#include "options.h"
#include "print.h"
#include "spawn.h"
#include "upkeep.h"
#include "vault.h"

#define PATIENCE 60		/* seconds a step may take */
#define PAUSE (G_USEC_PER_SEC / 10)
#define LATEST 20		/* receptions that are looked at */
#define MAIL_MOST (1024 * 1024)

typedef struct {
	const Order *order;
	const Settings *settings;
	Tools *tools;
	Db *db;				/* as the operator's role */
	bool own_db;
	const Inbox *inbox;
	char *address;			/* rd+selftest-...@ */
	GBytes *id;			/* hashed Message-ID */
	gint64 outgoing, reception;
	gint64 started, step_started;
	char *said;			/* what the step has to tell */
	Json *steps;
} Test;

static void
test_clear(Test *test)
{
	if (test->own_db)
		g_clear_pointer(&test->db, db_close);
	g_clear_pointer(&test->tools, tools_free);
	g_clear_pointer(&test->id, g_bytes_unref);
	g_clear_pointer(&test->steps, json_free);
	g_free(test->address);
	g_free(test->said);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Test, test_clear)

/* --- the chain --- */

static bool
run_program(const Test *test, const char *name, const char *recipient, GBytes *input,
    GError **error)
{
	g_autofree char *path = g_strconcat("bin/", name, NULL);
	g_autofree char *program = file_installed(path);
	const char *once[] = { program, "-c", test->settings->file, "--once", NULL };
	const char *take[] = {
		program, "-c", test->settings->file, "--recipient", recipient, "--sender", recipient, NULL
	};
	const Spawn spawn = {
		.argv = recipient != NULL ? take : once, .input = input, .seconds = 2 * PATIENCE,
	};

	return spawn_check(&spawn, NULL, error);
}

/* Done by us where we may, else by the one that stays. */
static bool
drive(const Test *test, const char *name, GError **error)
{
	return !test->settings->one_user || run_program(test, name, NULL, NULL, error);
}

/* Asks until it is so, or the time is over. */
static bool
wait_until(Test *test, bool (*is_so)(Test *, bool *, GError **), const char *late, GError **error)
{
	gint64 end = g_get_monotonic_time() + PATIENCE * G_USEC_PER_SEC;
	bool so = false;

	for (;;) {
		if (!is_so(test, &so, error))
			return false;
		if (so)
			return true;
		if (g_get_monotonic_time() > end)
			return error_set(error, SLUIS_ERROR_RETRY, "%s in %d s: sluis doctor", late,
			    PATIENCE);
		g_usleep(PAUSE);
	}
}

/* --- step 1: made and filed --- */

static bool
test_prepare(Test *test, GError **error)
{
	g_autoptr(Rows) pauses = NULL;

	test->tools = tools_open(test->settings, TOOLS_LETTERS, error);
	if (test->tools == NULL)
		return false;
	test->own_db = test->order->session == NULL;
	test->db = test->own_db ? db_open(test->settings->db_conninfo, "sluis_adm", error) :
	    test->order->session;
	pauses = test->db != NULL ? upkeep_pauses(test->db, error) : NULL;
	if (pauses == NULL)
		return false;
	if (strcmp(test->settings->outgoing_mode, "hold") == 0)
		return error_set(error, SLUIS_ERROR_REFUSED,
		    "nothing leaves, and so no test: %s says outgoing: hold", test->settings->file);
	if (rows_count(pauses) > 0 && rows_null(pauses, 0, "tag"))
		return error_set(error, SLUIS_ERROR_REFUSED,
		    "nothing leaves, and so no test: sluis resume all");
	return true;
}

static Dispatch *
make_mail(Test *test, GError **error)
{
	const Tools *tools = test->tools;
	g_autoptr(GBytes) exported = pgp_export(tools->pgp, pgp_signer(tools->pgp), error);
	g_autoptr(Certificate) team = exported != NULL ?
	    pgp_certificate(tools->pgp, exported, error) : NULL;
	g_autofree char *word = seal_random_word(16);
	g_autofree char *id = seal_random_word(32);
	Dispatch *dispatch;
	Letter *letter;

	if (team == NULL)
		return NULL;
	dispatch = dispatch_new("test");
	letter = dispatch->letter;
	test->address = g_strdup_printf("%.*s+selftest-%s@%s",
	    (int)strcspn(test->inbox->address, "@"), test->inbox->address, word,
	    tools_domain(test->inbox->address));
	dispatch->cause = g_strconcat("test ", word, NULL);
	dispatch->target = g_strconcat("inbox ", test->inbox->prefix, NULL);
	dispatch->envelope_sender = g_strdup(test->address);
	dispatch->certificate = g_bytes_ref(team->bytes);
	dispatch->subkey = g_strdup(team->encryption_subkey);
	letter->from = g_strdup(test->inbox->address);
	letter->from_name = g_strdup(test->settings->team_name);
	letter->to = g_strdup(test->address);
	letter->subject = g_strdup("selftest");
	letter->outer_subject = g_strdup("[...]");
	letter->date = g_get_real_time() / G_USEC_PER_SEC * G_USEC_PER_SEC;
	letter->message_id = g_strdup_printf("%s@%s", id, tools_domain(test->inbox->address));
	letter->body = g_strdup("A mail of sluis to itself. Nobody needs to do anything.\n");
	return dispatch;
}

static bool
file_mail(Test *test, Dispatch *dispatch, GError **error)
{
	test->id = tools_hash_id(test->tools, dispatch->letter->message_id);
	if (!db_begin(test->db, error))
		return false;
	if (!upkeep_expect_test(test->db, test->id, error) ||
	    !dispatch_file(test->tools, test->db, dispatch, error) || !db_commit(test->db, error)) {
		db_rollback(test->db);
		return false;
	}
	test->outgoing = dispatch->id;
	return true;
}

static bool
step_file(Test *test, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);
	Dispatch *dispatch = make_mail(test, error);

	if (dispatch == NULL)
		return false;
	g_ptr_array_add(all, dispatch);
	if (!dispatch_finish(test->tools, all, error))
		return false;
	if (dispatch->held != NULL)
		return error_set(error, SLUIS_ERROR_SETUP,
		    "the team's own key cannot be encrypted to: %s", dispatch->held);
	test->said = g_strdup_printf("a mail to %s is in the outbox", test->inbox->address);
	return file_mail(test, dispatch, error);
}

/* --- step 2: sent --- */

static bool
is_sent(Test *test, bool *so, GError **error)
{
	g_autoptr(Rows) row = admin_outgoing(test->db, test->outgoing, error);
	const char *state, *reason;

	if (row == NULL)
		return false;
	state = rows_text(row, 0, "state");
	reason = rows_text(row, 0, "reason");
	*so = strcmp(state, "sent") == 0;
	if (*so || ((strcmp(state, "ready") == 0 || strcmp(state, "sending") == 0) && reason == NULL))
		return true;
	return error_set(error, SLUIS_ERROR_SETUP, "the mail is %s: %s", state,
	    reason != NULL ? reason : "no reason");
}

static bool
step_send(Test *test, GError **error)
{
	if (!drive(test, "sluis-send", error) ||
	    !wait_until(test, is_sent, "sluis-send did not take it", error))
		return false;
	test->said = g_strdup_printf("the guard let it pass to %s", test->settings->transport);
	return true;
}

/* --- step 3: back, through Postfix or out of the maildir by hand --- */

static Vault
borrowed_vault(const Test *test)
{
	return (Vault){
		.db = test->db, .public = test->tools->storage_public,
		.secret = test->tools->storage_secret,
	};
}

static bool
is_back(Test *test, bool *so, GError **error)
{
	const Vault vault = borrowed_vault(test);
	g_autoptr(Rows) rows = admin_receptions(test->db, LATEST, error);

	if (rows == NULL)
		return false;
	for (guint i = 0; i < rows_count(rows) && !*so; i++) {
		g_autoptr(Json) envelope = vault_json(&vault, rows, i, "wrapped", "envelope",
		    "envelope", NULL);
		const char *recipient = envelope != NULL ? json_text(envelope, "recipient") : NULL;

		if (recipient == NULL || g_ascii_strcasecmp(recipient, test->address) != 0)
			continue;
		test->reception = rows_int(rows, i, "id");
		*so = true;
	}
	return true;
}

static bool
carry_back(const Test *test, const char *maildir, GError **error)
{
	g_autofree char *path = g_strdup_printf("%s/new/%" G_GINT64_FORMAT ".sluis", maildir,
	    test->outgoing);
	g_autoptr(GBytes) mail = file_read(path, MAIL_MOST, error);

	if (mail == NULL || !run_program(test, "sluis-intake", test->address, mail, error))
		return false;
	unlink(path);
	return true;
}

static bool
step_return(Test *test, GError **error)
{
	const char *transport = test->settings->transport;
	bool maildir = g_str_has_prefix(transport, "maildir:");

	if (maildir && !carry_back(test, strchr(transport, ':') + 1, error))
		return false;
	if (!wait_until(test, is_back, "it did not come back to sluis-intake", error))
		return false;
	test->said = g_strdup_printf("reception %" G_GINT64_FORMAT "%s", test->reception,
	    maildir ? ", carried by hand out of the maildir" : "");
	return true;
}

/* --- step 4: worked on --- */

static bool
is_worked_on(Test *test, bool *so, GError **error)
{
	g_autoptr(Rows) row = upkeep_find_test(test->db, test->id, error);

	if (row == NULL)
		return false;
	*so = rows_count(row) > 0;
	if (!*so)
		return true;
	if (g_strcmp0(rows_text(row, 0, "encryption"), "ok") != 0)
		return error_set(error, SLUIS_ERROR_SETUP, "it was not opened: encryption=%s",
		    rows_text(row, 0, "encryption"));
	test->said = g_strdup_printf("%s: encryption %s, signature %s; notices for %" G_GINT64_FORMAT
	    " analysts made%s", rows_text(row, 0, "tag"), rows_text(row, 0, "encryption"),
	    rows_text(row, 0, "signature"), rows_int(row, 0, "notices"),
	    rows_bool(row, 0, "test") ? ", none sent" : " and sent: it became part of another case");
	return true;
}

static bool
step_work(Test *test, GError **error)
{
	return drive(test, "sluis-work", error) &&
	    wait_until(test, is_worked_on, "sluis-work did not file it", error);
}

/* --- step 5: as others see it --- */

static bool
step_signature(Test *test, GError **error)
{
	const Vault vault = borrowed_vault(test);
	g_autoptr(Rows) row = NULL;
	g_autoptr(GBytes) raw = NULL;

	if (g_str_has_prefix(test->settings->transport, "maildir:")) {
		test->said = g_strdup("no mail server saw it, so there is nothing to say of DKIM");
		return true;
	}
	row = admin_reception(test->db, test->reception, error);
	raw = row != NULL ? vault_blob(&vault, row, 0, "wrapped", "blob", "raw", error) : NULL;
	if (raw == NULL)
		return false;
	test->said = dkim_judge(raw, tools_domain(test->inbox->address));
	return true;
}

static bool
step_close(Test *test, GError **error)
{
	test->said = g_strdup("its case is marked as a test, and closed");
	return upkeep_finish_test(test->db, test->id, error);
}

/* --- all of it --- */

static const struct {
	const char *name;
	bool (*step)(Test *, GError **);
} steps[] = {
	{ "made", step_file },
	{ "sent", step_send },
	{ "came back", step_return },
	{ "worked on", step_work },
	{ "signed", step_signature },
	{ "cleaned up", step_close },
};

static bool
note_step(Test *test, const char *name, bool good, const char *text, GError **error)
{
	double seconds = (double)(g_get_monotonic_time() - test->step_started) / G_USEC_PER_SEC;
	Json *json = json_new_object();

	json_put_text(json, "step", name);
	json_put_bool(json, "ok", good);
	json_put_real(json, "seconds", seconds);
	json_put_text(json, "text", text);
	json_add(test->steps, json);
	if (test->order->json)
		return true;
	if (!print_line(error, "%-8s%-12s%7.2f s  %s", good ? "ok" : "FAILED", name, seconds, text))
		return false;
	fflush(stdout);
	return true;
}

/* What was begun and not ended must not leave later, nor be waited for. */
static void
give_up(Test *test)
{
	if (test->outgoing != 0)
		admin_drop(test->db, test->outgoing, NULL);
	if (test->id != NULL)
		upkeep_finish_test(test->db, test->id, NULL);
}

static bool
run_steps(Test *test, GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(steps); i++) {
		g_autoptr(GError) why = NULL;
		bool good;

		g_clear_pointer(&test->said, g_free);
		test->step_started = g_get_monotonic_time();
		good = steps[i].step(test, &why);
		if (!note_step(test, steps[i].name, good, good ? test->said : why->message, error))
			return false;
		if (good)
			continue;
		give_up(test);
		return error_set(error, SLUIS_ERROR_SETUP, "the chain does not work; type: sluis doctor");
	}
	return true;
}

static bool
selftest_run(const Order *order, GError **error)
{
	g_auto(Test) test = {
		.order = order, .settings = order->settings, .steps = json_new_array(),
	};
	const char *address = order_text(order, "inbox");
	bool good;

	test.inbox = address != NULL ? settings_inbox(order->settings, address) :
	    g_ptr_array_index(order->settings->inboxes, 0);
	if (test.inbox == NULL)
		return error_set(error, SLUIS_ERROR_REFUSED, "%s is no inbox of ours", address);
	if (!test_prepare(&test, error))
		return false;
	good = run_steps(&test, error);
	if (order->json && !print_list(order, test.steps, NULL, good ? error : NULL))
		return false;
	return good;
}

static const OrderOption options[] = { { "inbox", "ADDRESS" }, { NULL } };

const Verb selftest_verbs[] = {
	{ .noun = "selftest", .options = options, .user = ACCOUNT_WORK, .wants_session = true,
	  .has_json = true, .run = selftest_run,
	  .summary = "a mail to ourselves through the whole chain, each step with its time" },
	{ 0 }
};
