/* keyless - see keyless.h */

#include "keyless.h"

#include "hold.h"
#include "summons.h"
#include "team.h"
#include "template.h"

/* A held letter, and what follows from it. */
typedef struct {
	const Tools *tools;
	Db *db;
	Dispatch *held;
	Summons *summons;
	bool passed_on;			/* somebody who stands in gets the letter itself */
} Want;

static bool
receives_cases(const Want *want, const Correspondent *who, bool *receives, GError **error)
{
	g_autofree char *target = g_strdup_printf("contact %d", who->id);
	GError *because = NULL;
	g_autoptr(Correspondent) again = directory_correspondent(want->db, target, &because);

	*receives = again != NULL;
	if (because != NULL)
		g_propagate_error(error, because);
	return because == NULL;
}

/* The same letter, once more, to somebody else. */
static Dispatch *
pass_on(const Want *want, const char *role, const Correspondent *to)
{
	const Dispatch *held = want->held;
	Dispatch *dispatch = dispatch_new(held->kind);
	Letter *letter = dispatch->letter;

	dispatch->cause = g_strdup(held->cause);
	dispatch->target = g_strdup_printf("contact %d", to->id);
	dispatch->envelope_sender = g_strdup(held->envelope_sender);
	dispatch->case_no = held->case_no;
	dispatch->party = held->party;
	dispatch->is_message = held->is_message;
	dispatch->delay = want->tools->settings->outgoing_delay;
	dispatch->event = "fallback";
	dispatch->event_about = g_strdup_printf("%s %d", role, to->id);
	letter->from = g_strdup(held->letter->from);
	letter->from_name = g_strdup(held->letter->from_name);
	letter->to = g_strdup(to->address);
	letter->subject = g_strdup(held->letter->subject);
	letter->outer_subject = g_strdup(held->letter->outer_subject);
	letter->date = held->letter->date;
	letter->message_id = token_message_id(want->tools->tokens, tools_domain(letter->from));
	letter->body = g_strdup(held->letter->body);
	if (held->letter->enclosures != NULL)
		letter->enclosures = g_ptr_array_ref(held->letter->enclosures);
	dispatch_address(dispatch, to);
	return dispatch;
}

static bool
add(GPtrArray *followers, Dispatch *dispatch)
{
	if (dispatch != NULL)
		g_ptr_array_add(followers, dispatch);
	return dispatch != NULL;
}

/* The first of them with a good key gets the letter, where that is allowed; the
 * others, and all where it is not, are asked to call. Who receives cases
 * anyway has a letter of its own. */
static bool
turn_to(Want *want, const char *role, const GPtrArray *stand_ins, GError **error)
{
	const Summons *summons = want->summons;

	for (guint i = 0; i < stand_ins->len; i++) {
		const Correspondent *one = g_ptr_array_index(stand_ins, i);
		bool has_own = false;

		if (stand_ins == summons->deputies && !receives_cases(want, one, &has_own, error))
			return false;
		if (has_own)
			continue;
		if (summons->facts->content && !want->passed_on && one->encryption != NULL) {
			want->passed_on = true;
			add(want->held->followers, pass_on(want, role, one));
		} else if (!add(want->held->followers, summons_stand_in(summons, role, one, error))) {
			return false;
		}
	}
	return true;
}

static GHashTable *
values_of(const Want *want, GHashTable *words)
{
	const Settings *settings = want->tools->settings;
	const Summons *summons = want->summons;
	GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	const char *tag = summons->facts->tag;

	g_hash_table_insert(values, (gpointer)"tag", g_strdup(summons_name(summons)));
	g_hash_table_insert(values, (gpointer)"title", g_strdup(summons->facts->title));
	g_hash_table_insert(values, (gpointer)"reason", g_strdup(hold_said(words, want->held->held)));
	g_hash_table_insert(values, (gpointer)"lines", summons_lines(summons, words));
	g_hash_table_insert(values, (gpointer)"day", summons_moment(summons->call_by,
	    settings->team_zone, settings->team_language));
	g_hash_table_insert(values, (gpointer)"type", tag == NULL ? g_strdup("sluis outbox list") :
	    g_strdup_printf("sluis case told %s %s phone", tag, summons->facts->participant));
	return values;
}

static bool
tell_team(const Want *want, GError **error)
{
	const Settings *settings = want->tools->settings;
	g_autoptr(GHashTable) words = template_words(settings->text_folder,
	    settings->team_language, error);
	g_autoptr(GHashTable) values = words != NULL ? values_of(want, words) : NULL;
	g_autofree char *cause = g_strdup_printf("%s to %s", want->held->cause, want->held->target);
	g_autofree char *outer = want->summons->facts->tag == NULL ? NULL :
	    g_strdup_printf("[%s] call", want->summons->facts->tag);
	const TeamLetter letter = {
		.kind = "warning", .cause = cause, .template = "call", .values = values,
		.inbox = want->summons->facts->inbox, .outer_subject = outer,
		.case_no = want->held->case_no,
	};

	return words != NULL && team_tell(want->tools, want->db, &letter, want->held->followers, error);
}

/* The party may be one only when the letter is filed. */
static void
take_side(const Want *want)
{
	const Side *side = want->held->side;

	if (side == NULL)
		return;
	want->summons->facts->number = side->number;
	want->summons->facts->epoch = side->epoch;
}

static void
give_side(const Want *want)
{
	for (guint i = 0; i < want->held->followers->len; i++) {
		Dispatch *follower = g_ptr_array_index(want->held->followers, i);

		if (follower->analyst == 0)
			follower->side = want->held->side;
	}
}

static bool
follow(Want *want, GError **error)
{
	const Tools *tools = want->tools;
	Summons *summons = want->summons;
	Dispatch *held = want->held;

	summons->call_by = summons_call_by(summons->facts->severity, g_get_real_time(),
	    tools->settings->team_zone, tools->settings->holidays);
	held->call_by = summons->call_by;
	take_side(want);
	held->followers = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);
	if (summons->contact != NULL && (!add(held->followers, summons_note(summons, error)) ||
	    !turn_to(want, "deputy", summons->deputies, error)))
		return false;
	if (summons->contact != NULL && !summons->contact->deputy && !want->passed_on &&
	    (summons->deputies->len == 0 || summons->facts->content) &&
	    !turn_to(want, "umbrella", summons->umbrella, error))
		return false;
	give_side(want);
	return tell_team(want, error) && dispatch_finish(tools, held->followers, error);
}

bool
keyless_follow(const Tools *tools, Db *db, const GPtrArray *dispatches, GError **error)
{
	for (guint i = 0; i < dispatches->len; i++) {
		Want want = { .tools = tools, .db = db, .held = g_ptr_array_index(dispatches, i) };
		int contact = dispatch_contact(want.held);
		bool good;

		if (!want.held->keyless || contact == 0)
			continue;
		want.summons = summons_new(tools, db, want.held->case_no, want.held->party, contact,
		    error);
		good = want.summons != NULL && follow(&want, error);
		summons_free(want.summons);
		if (!good)
			return false;
	}
	return true;
}
