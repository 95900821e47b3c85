/* relay - see relay.h */

#include "relay.h"

#include <string.h>

#include "advice.h"
#include "beside.h"
#include "clearance.h"
#include "counsel.h"
#include "hold.h"
#include "letterform.h"
#include "persons.h"
#include "reporter.h"
#include "seal.h"
#include "template.h"
#include "times.h"
#include "triage.h"

#define HASH_LETTERS 8
#define CALL_DAYS 2		/* working days until somebody calls who did not answer */

/* One release on its way; relay and done are another's. */
typedef struct {
	const Relay *relay;
	GHashTable *words;		/* of the party's language */
	GPtrArray *enclosures;		/* renamed, cleaned */
	char *checked;			/* of a forward: what we found; "" */
	GPtrArray *advice;		/* of a forward: names of what is advised; NULL */
	Relayed *done;
} Draught;

static void
draught_clear(Draught *draught)
{
	g_clear_pointer(&draught->words, g_hash_table_unref);
	g_clear_pointer(&draught->enclosures, g_ptr_array_unref);
	g_free(draught->checked);
	g_clear_pointer(&draught->advice, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Draught, draught_clear)

void
relayed_free(Relayed *relayed)
{
	if (relayed == NULL)
		return;
	g_clear_pointer(&relayed->letters, g_ptr_array_unref);
	gate_finding_clear(&relayed->gate);
	g_free(relayed->hash);
	g_free(relayed->seen);
	g_free(relayed);
}

static char *
token_of(const Draught *draught, TokenPurpose purpose)
{
	const Side *to = draught->relay->to;
	Token token = { to->case_no, to->number, to->epoch };

	return token_write(draught->relay->tools->tokens, purpose, token);
}

static const char *
word(const Draught *draught, const char *key)
{
	return template_word(draught->words, key);
}

/* A line, where the other side has a number for the matter: "Your reference: 123". */
static char *
reference_of(const Draught *draught)
{
	g_autofree char *number = beside_number(draught->relay->tools, draught->relay->to, NULL);

	return number == NULL ? g_strdup("") :
	    g_strdup_printf("\n%s %s", word(draught, "your-reference"), number);
}

static GHashTable *
clear_values(const Relay *relay)
{
	GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);

	g_hash_table_insert(values, (gpointer)"tag", g_strdup(relay->tag));
	g_hash_table_insert(values, (gpointer)"text", g_strdup(relay->text));
	return values;
}

/* NULL with an error. */
static char *
advice_of(const Draught *draught, const char *language, GError **error)
{
	const Relay *relay = draught->relay;
	const GPtrArray *names = relay->advice != NULL ? relay->advice : draught->advice;

	return names == NULL ? g_strdup("") :
	    advice_texts(relay->tools->settings, language, names, error);
}

/* Is the template one of these, which ask for more than others do? */
static bool
is_among(const char *template, const char *templates)
{
	g_auto(GStrv) names = g_strsplit(templates, " ", -1);

	return g_strv_contains((const char *const *)names, template);
}

/* All its template asks for. */
static GHashTable *
values_of(const Draught *draught, const char *language, GError **error)
{
	GHashTable *values;
	const Relay *relay = draught->relay;
	const char *zone = relay->tools->settings->team_zone;
	g_autofree char *token = token_of(draught, TOKEN_REPLY);
	g_autofree char *advice = advice_of(draught, language, error);

	if (advice == NULL)
		return NULL;
	values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	if (is_among(relay->template, "forward advisory"))
		g_hash_table_insert(values, (gpointer)"advice", g_strdup(advice));
	if (is_among(relay->template, "forward advisory advise"))
		g_hash_table_insert(values, (gpointer)"team", g_strdup(relay->tools->settings->team_name));
	g_hash_table_insert(values, (gpointer)"tag", g_strdup(relay->tag));
	g_hash_table_insert(values, (gpointer)"text", g_strdup(relay->text));
	g_hash_table_insert(values, (gpointer)"ref", g_strdup_printf("Ref: %s", token));
	g_hash_table_insert(values, (gpointer)"reference", reference_of(draught));
	if (strcmp(relay->kind, "forward") != 0)
		return values;
	g_hash_table_insert(values, (gpointer)"tlp", g_strdup_printf("TLP:%s", relay->tlp));
	g_hash_table_insert(values, (gpointer)"checked", g_strdup(draught->checked));
	g_hash_table_insert(values, (gpointer)"day", times_day(times_working_days(
	    g_get_real_time(), CALL_DAYS, zone, relay->tools->settings->holidays), zone, language));
	return values;
}

static void
head_letter(const Draught *draught, Dispatch *dispatch, const char *to)
{
	const Relay *relay = draught->relay;
	Letter *letter = dispatch->letter;
	g_autofree char *bounce = token_of(draught, TOKEN_BOUNCE);

	letter->from = g_strdup(relay->inbox->address);
	letter->from_name = g_strdup(relay->tools->settings->team_name);
	letter->to = g_strdup(to);
	letter->outer_subject = g_strdup("[...]");
	letter->copy_subject = true;
	letter->date = g_get_real_time() / G_USEC_PER_SEC * G_USEC_PER_SEC;
	letter->message_id = token_message_id(relay->tools->tokens,
	    tools_domain(relay->inbox->address));
	letter->enclosures = g_ptr_array_ref(draught->enclosures);
	dispatch->envelope_sender = token_address(relay->inbox->address, bounce);
}

static GHashTable *
letter_values(const Draught *draught, const char *language, GError **error)
{
	const Relay *relay = draught->relay;

	if (relay->standard != NULL)
		return g_hash_table_ref(relay->standard);
	return relay->clear ? clear_values(relay) : values_of(draught, language, error);
}

/* In clear it comes from the address with the token, so that a plain answer
 * finds back, and is rendered again before it leaves. */
static void
make_clear(const Draught *draught, Dispatch *dispatch, const char *language)
{
	const Relay *relay = draught->relay;
	g_autofree char *token = token_of(draught, TOKEN_REPLY);

	dispatch->template = relay->template;
	dispatch->language = g_strdup(language);
	dispatch->values = relay->standard != NULL ? g_hash_table_ref(relay->standard) :
	    clear_values(relay);
	g_free(dispatch->letter->from);
	dispatch->letter->from = token_address(relay->inbox->address, token);
	dispatch->letter->copy_subject = false;
}

static Dispatch *
letter_new_for(const Draught *draught, const char *to, const char *language, GError **error)
{
	const Relay *relay = draught->relay;
	g_autoptr(Dispatch) dispatch = dispatch_new(relay->kind);
	g_autoptr(GHashTable) values = letter_values(draught, language, error);

	if (values == NULL)
		return NULL;

	dispatch->cause = g_strdup(relay->cause);
	dispatch->case_no = relay->to->case_no;
	dispatch->party = relay->to->id;
	dispatch->side = relay->to;
	dispatch->is_message = true;
	dispatch->delay = relay->tools->settings->outgoing_delay;
	dispatch->held = draught->done->held;
	head_letter(draught, dispatch, to);
	if (!letterform_fill(dispatch->letter, relay->tools->settings->text_folder, language,
	    relay->template, values, error))
		return NULL;
	if (relay->clear)
		make_clear(draught, dispatch, language);
	return g_steal_pointer(&dispatch);
}

static const char *
language_for(const Relay *relay, const Correspondent *contact)
{
	if (relay->language != NULL)
		return relay->language;
	return contact->language != NULL ? contact->language : relay->to->language;
}

/* A standard text has no line for the token: encrypted it gets one, and in clear
 * the address has it, as an acknowledgement's has. */
static void
find_back(const Draught *draught, Dispatch *dispatch, const char *language)
{
	const Relay *relay = draught->relay;
	Letter *letter = dispatch->letter;
	g_autofree char *token = token_of(draught, TOKEN_REPLY);
	g_autofree char *body = NULL;

	if (relay->standard == NULL)
		return;
	if (dispatch->certificate != NULL) {
		body = g_steal_pointer(&letter->body);
		letter->body = g_strdup_printf("%s\nRef: %s\n", body, token);
		return;
	}
	if (dispatch->keyless)		/* for want of a key alone: it may leave */
		dispatch->held = draught->done->held;
	dispatch->keyless = false;
	make_clear(draught, dispatch, language);
}

static bool
write_to_contacts(const Draught *draught, GError **error)
{
	const Relay *relay = draught->relay;
	g_autoptr(GPtrArray) contacts = directory_contacts(relay->db, relay->to->participant, error);

	for (guint i = 0; contacts != NULL && i < contacts->len; i++) {
		const Correspondent *contact = g_ptr_array_index(contacts, i);
		Dispatch *dispatch = letter_new_for(draught, contact->address,
		    language_for(relay, contact), error);

		if (dispatch == NULL)
			return false;
		dispatch->target = g_strdup_printf("contact %d", contact->id);
		if (!relay->clear)
			dispatch_address(dispatch, contact);
		find_back(draught, dispatch, contact->language != NULL ? contact->language :
		    relay->to->language);
		g_ptr_array_add(draught->done->letters, dispatch);
	}
	return contacts != NULL;
}

/* A reporter's own key is good for nothing but this. */
static bool
write_to_reporter(const Draught *draught, GError **error)
{
	const Relay *relay = draught->relay;
	const Side *to = relay->to;
	g_autoptr(Reporter) reporter = to->record != NULL ?
	    reporter_open(relay->tools, to->wrapped, to->record, error) : NULL;
	Dispatch *dispatch;

	if (to->record == NULL)		/* nobody knows where to write to */
		return true;
	dispatch = reporter != NULL ? letter_new_for(draught, reporter->address, to->language,
	    error) : NULL;
	if (dispatch == NULL)
		return false;
	dispatch->target = g_strdup_printf("party %u", to->number);
	if (relay->clear) {
		g_ptr_array_add(draught->done->letters, dispatch);
		return true;
	}
	if (reporter->certificate != NULL && reporter->subkey != NULL) {
		dispatch->certificate = g_bytes_ref(reporter->certificate);
		dispatch->subkey = g_strdup(reporter->subkey);
	} else if (dispatch->held == NULL && relay->standard == NULL) {
		dispatch->held = hold_name(HOLD_NO_KEY);
	}
	find_back(draught, dispatch, to->language);
	g_ptr_array_add(draught->done->letters, dispatch);
	return true;
}

/* The words exactly as they will be opened: of all letters, in their order. */
static char *
hash_of(const GPtrArray *letters)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	for (guint i = 0; i < letters->len; i++) {
		const Dispatch *dispatch = g_ptr_array_index(letters, i);
		g_autoptr(GBytes) inner = compose_inner(dispatch->letter);
		gsize length;
		const guchar *data = g_bytes_get_data(inner, &length);

		g_checksum_update(sum, data, (gssize)length);
	}
	return g_strndup(g_checksum_get_string(sum), HASH_LETTERS);
}

/* To whom, the words, the attachments, and why it waits: all but when it was
 * written, and under which id. */
static char *
seen_of(const Relayed *done)
{
	g_autoptr(GString) all = g_string_new(done->held);
	gsize length;

	for (guint i = 0; i < done->letters->len; i++) {
		const Letter *letter = ((const Dispatch *)g_ptr_array_index(done->letters, i))->letter;

		g_string_append_printf(all, "\n%s\n%s\n%s", letter->to, letter->subject, letter->body);
		for (guint j = 0; j < letter->enclosures->len; j++) {
			const Enclosure *enclosure = g_ptr_array_index(letter->enclosures, j);
			const char *data = g_bytes_get_data(enclosure->bytes, &length);
			g_autofree char *sum = seal_sha256(data, length);

			g_string_append_printf(all, "\n%s %s", enclosure->name, sum);
		}
	}
	return seal_sha256(all->str, all->len);
}

/* All that travels with it, whoever made it. */
static GPtrArray *
all_enclosures(const Relay *relay)
{
	GPtrArray *all = g_ptr_array_new();

	for (guint i = 0; relay->enclosures != NULL && i < relay->enclosures->len; i++)
		g_ptr_array_add(all, g_ptr_array_index(relay->enclosures, i));
	for (guint i = 0; relay->ours != NULL && i < relay->ours->len; i++)
		g_ptr_array_add(all, g_ptr_array_index(relay->ours, i));
	return all;
}

static GPtrArray *
cleaned(const Draught *draught, const GPtrArray *enclosures, const char **held)
{
	const GPtrArray *ours = draught->relay->ours;
	GPtrArray *clean = clearance_clean(enclosures, word(draught, "attachment"), held);

	for (guint i = 0; ours != NULL && i < ours->len; i++) {
		const Enclosure *one = g_ptr_array_index(ours, i);

		g_ptr_array_add(clean, enclosure_new(one->name, one->type, one->bytes));
	}
	return clean;
}

/* What a person has to look at, the worst first. */
static bool
judge(Draught *draught, GError **error)
{
	const Relay *relay = draught->relay;
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	const GPtrArray *enclosures = relay->enclosures != NULL ? relay->enclosures : none;
	g_autoptr(GPtrArray) all = all_enclosures(relay);
	Relayed *done = draught->done;

	if (!gate_search(relay->tools, relay->db, relay->sides, relay->to, relay->text, all,
	    &done->gate, error))
		return false;
	if (done->gate.held == NULL && !counsel_search(relay->tools, relay->db, relay->sides,
	    relay->to, relay->text, &done->gate, error))
		return false;
	if (relay->replayed)
		done->held = hold_name(HOLD_REPLAYED);
	else
		done->held = done->gate.held != NULL ? done->gate.held :
		    persons_held(relay->text, enclosures);
	draught->enclosures = cleaned(draught, enclosures, &done->held);
	if (done->held == NULL)
		done->held = relay->unusual;
	if (relay->released)
		done->held = NULL;
	return true;
}

static void
ask_for_word(const Draught *draught)
{
	Relayed *done = draught->done;

	if (done->held == NULL || draught->relay->analyst == 0)
		return;
	done->hash = hash_of(done->letters);
	done->seen = seen_of(done);
	for (guint i = 0; i < done->letters->len; i++) {
		Dispatch *dispatch = g_ptr_array_index(done->letters, i);

		dispatch->confirm = g_strdup(done->hash);
		dispatch->confirmer = draught->relay->analyst;
	}
}

/* "We checked it: confirmed. Severity: 8.6" as far as analysts have said so; NULL
 * with an error. */
static char *
checked_of(const Draught *draught, GError **error)
{
	const Relay *relay = draught->relay;
	const char *confirmed = relay->found != NULL ? json_text(relay->found, "confirmed") : NULL;
	g_autoptr(Json) record = NULL;
	g_autofree char *key = NULL;

	if (strcmp(relay->kind, "forward") != 0)
		return g_strdup("");
	record = triage_read(relay->tools, relay->db, relay->to->case_no, error);
	if (record == NULL)
		return NULL;
	if (confirmed == NULL)
		confirmed = json_text(record, "confirmed");
	if (confirmed == NULL || strcmp(confirmed, "no") == 0)
		return g_strdup(word(draught, "checked-not"));
	key = g_strconcat("checked-", confirmed, NULL);
	return relay->severity == NULL ? g_strdup(word(draught, key)) :
	    g_strdup_printf("%s %s: %s.", word(draught, key), word(draught, "severity"),
	        word(draught, relay->severity));
}

/* By the text alone: it may say nothing the text does not. */
static bool
choose_advice(Draught *draught, GError **error)
{
	const Relay *relay = draught->relay;

	if (strcmp(relay->kind, "forward") != 0)
		return true;
	draught->advice = advice_names(relay->tools->settings, relay->text, false, error);
	return draught->advice != NULL;
}

Relayed *
relay_write(const Relay *relay, GError **error)
{
	g_autoptr(Relayed) done = g_new0(Relayed, 1);
	g_auto(Draught) draught = { .relay = relay, .done = done };
	bool written;

	done->letters = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);
	draught.words = template_words(relay->tools->settings->text_folder, relay->to->language,
	    error);
	if (draught.words == NULL || !judge(&draught, error))
		return NULL;
	draught.checked = checked_of(&draught, error);
	if (draught.checked == NULL || !choose_advice(&draught, error))
		return NULL;
	written = relay->to->participant != 0 ? write_to_contacts(&draught, error) :
	    write_to_reporter(&draught, error);
	if (!written)
		return NULL;
	ask_for_word(&draught);
	return g_steal_pointer(&done);
}
