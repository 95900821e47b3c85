/* straggler - see straggler.h */

#include "straggler.h"

#include "error.h"
#include "generations.h"
#include "letterform.h"
#include "silence.h"
#include "text.h"
#include "times.h"
#include "updates.h"

#define HASH_BYTES 16		/* of the keyed hash of an address: enough to tell two apart */

/* *key is a former one whose grace was over when the mail came; NULL: none. */
static bool
find_key(const Run *run, const Generations *generations, const Generation **key)
{
	const char *opened_with = run->opened->decryption_key;
	const Generation *found = opened_with != NULL ?
	    generations_find(generations, opened_with) : NULL;
	gint64 grace = found != NULL && found->why == CHANGED_YEAR ?
	    run->tools->settings->key_grace * G_USEC_PER_SEC : 0;

	*key = found != NULL && generation_is_former(generations, found) &&
	    run->reception->received >= found->until + grace ? found : NULL;
	return *key != NULL;
}

static GHashTable *
values_of(const Run *run, const Generation *key, const char *language)
{
	const Settings *settings = run->tools->settings;
	GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	const struct {
		const char *name;
		char *value;
	} rows[] = {
		{ "former",      g_strdup(key->fingerprint) },
		{ "day",         times_day(key->until, settings->team_zone, language) },
		{ "fingerprint", g_strdup(pgp_signer(run->tools->pgp)) },
		{ "key_place",   g_strdup(settings->team_key_place) },
		{ "master",      g_strdup(settings->master_key) },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
		g_hash_table_insert(values, g_strdup(rows[i].name), rows[i].value);
	return values;
}

/* With a key of the sender's own it is encrypted, as an acknowledgement is. */
static void
add_key(const Run *run, Dispatch *dispatch)
{
	if (run->reporter->certificate == NULL) {
		dispatch->template = "straggler";
		return;
	}
	dispatch->certificate = g_bytes_ref(run->reporter->certificate);
	dispatch->subkey = g_strdup(run->reporter->subkey);
	dispatch->letter->outer_subject = g_strdup("[...]");
}

static Dispatch *
reminder_new(const Run *run, const Generation *key, GError **error)
{
	const Settings *settings = run->tools->settings;
	g_autoptr(Dispatch) dispatch = dispatch_new("straggler");
	g_autofree char *hash = text_hex(g_bytes_get_data(run->reporter->hash, NULL), HASH_BYTES);
	Letter *letter = dispatch->letter;

	dispatch->cause = g_strconcat("key ", key->fingerprint, NULL);
	dispatch->target = g_strconcat("sender ", hash, NULL);
	dispatch->envelope_sender = g_strdup("");
	dispatch->sender_hash = g_bytes_ref(run->reporter->hash);
	dispatch->language = g_strdup(run->placement.language != NULL ?
	    run->placement.language : settings->team_language);
	dispatch->values = values_of(run, key, dispatch->language);
	letter->from = g_strdup(run->inbox->address);
	letter->from_name = g_strdup(settings->team_name);
	letter->to = g_strdup(run->reporter->address);
	letter->date = g_get_real_time() / G_USEC_PER_SEC * G_USEC_PER_SEC;
	letter->message_id = token_message_id(run->tools->tokens, tools_domain(run->inbox->address));
	letter->automatic = true;
	if (run->mail->message_id != NULL && text_is_plain_id(run->mail->message_id))
		letter->in_reply_to = g_strdup(run->mail->message_id);
	if (!letterform_fill(letter, settings->text_folder, dispatch->language, "straggler",
	    dispatch->values, error))
		return NULL;
	add_key(run, dispatch);
	return g_steal_pointer(&dispatch);
}

/* An analyst is told of a change as everybody is, and never by this (T-42). */
static bool
is_to_be_told(const Run *run)
{
	return run->placement.place != PLACE_ANALYST && run->placement.place != PLACE_ASIDE &&
	    silence_because(run) == NULL;
}

bool
straggler_answer(Run *run, GError **error)
{
	const Settings *settings = run->tools->settings;
	g_autoptr(Generations) generations = NULL;
	const Generation *key;
	Dispatch *reminder;

	if (run->opened->decryption_key == NULL || run->placement.place == PLACE_AGAIN ||
	    g_ascii_strcasecmp(run->opened->decryption_key, pgp_signer(run->tools->pgp)) == 0)
		return true;
	generations = generations_load(settings->gnupg_home, error);
	if (generations == NULL)
		return false;
	if (!find_key(run, generations, &key))
		return true;
	run->former_key = g_strdup(key->fingerprint);
	if (!is_to_be_told(run))
		return true;
	reminder = reminder_new(run, key, error);
	if (reminder == NULL)
		return false;
	run->reminders = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);
	g_ptr_array_add(run->reminders, reminder);
	return dispatch_finish(run->tools, run->reminders, error);
}

bool
straggler_file(Run *run, GError **error)
{
	bool counts = false;

	if (run->former_key == NULL)
		return true;
	if (!updates_count(run->db, run->former_key, run->reception->id, &counts, error))
		return false;
	for (guint i = 0; counts && run->reminders != NULL && i < run->reminders->len; i++)
		if (!dispatch_file(run->tools, run->db, g_ptr_array_index(run->reminders, i), error))
			return false;
	return true;
}
