/* duty_silence - organisations that do not answer a report; see duty.h */

#include "duty.h"

#include "cases.h"
#include "choices.h"
#include "phone.h"
#include "relay.h"
#include "summons.h"
#include "team.h"
#include "template.h"

/* One of them, and what leaves because of it. */
typedef struct {
	const Tools *tools;
	Db *db;
	const Rows *rows;
	guint row;
	gint64 party, call_by;
	GPtrArray *contacts;		/* of Correspondent: those who receive cases */
	GPtrArray *letters;		/* of Dispatch */
} Silence;

static void
silence_clear(Silence *silence)
{
	g_clear_pointer(&silence->contacts, g_ptr_array_unref);
	g_clear_pointer(&silence->letters, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Silence, silence_clear)

static const char *
column(const Silence *silence, const char *name)
{
	return rows_text(silence->rows, silence->row, name);
}

static guint
case_of(const Silence *silence)
{
	return (guint)rows_int(silence->rows, silence->row, "case_no");
}

/* Who has no key is called for that, and is not written to. */
static void
take_letters(Silence *silence, Relayed *relayed)
{
	for (guint i = 0; i < relayed->letters->len;) {
		Dispatch *letter = g_ptr_array_index(relayed->letters, i);

		letter->letter->automatic = true;
		letter->delay = 0;
		letter->side = NULL;
		if (letter->certificate != NULL)
			g_ptr_array_add(silence->letters, g_ptr_array_steal_index(relayed->letters, i));
		else
			i++;
	}
}

static bool
remind_contacts(Silence *silence, const GPtrArray *sides, const Side *side, GError **error)
{
	const Settings *settings = silence->tools->settings;
	g_autofree char *cause = g_strdup_printf("reminder %" G_GINT64_FORMAT, silence->party);
	g_autofree char *until = summons_moment(silence->call_by, settings->team_zone, side->language);
	const Relay relay = {
		.tools = silence->tools, .db = silence->db, .tag = column(silence, "tag"), .tlp = "",
		.inbox = tools_inbox(silence->tools, column(silence, "inbox")), .sides = sides,
		.to = side, .kind = "reminder", .template = "reminder", .cause = cause, .text = until,
		.language = side->language,
	};
	g_autoptr(Relayed) relayed = relay_write(&relay, error);

	if (relayed == NULL)
		return false;
	take_letters(silence, relayed);
	return true;
}

/* Deputies who receive no cases themselves are asked, with no word of it. */
static bool
ask_deputies(Silence *silence, int contact, GError **error)
{
	g_autoptr(Summons) summons = summons_new(silence->tools, silence->db, case_of(silence),
	    silence->party, contact, error);

	if (summons == NULL)
		return false;
	summons->call_by = silence->call_by;
	summons->silent = true;
	for (guint i = 0; i < summons->deputies->len; i++) {
		const Correspondent *deputy = g_ptr_array_index(summons->deputies, i);
		Dispatch *note = correspondent_among(silence->contacts, deputy->id) != NULL ? NULL :
		    summons_stand_in(summons, "deputy", deputy, error);

		if (note != NULL)
			g_ptr_array_add(silence->letters, note);
		else if (correspondent_among(silence->contacts, deputy->id) == NULL)
			return false;
	}
	return true;
}

static bool
remind(Silence *silence, GError **error)
{
	g_autoptr(GPtrArray) sides = sides_of(silence->db, case_of(silence), error);
	const Side *side = sides != NULL ? side_of_id(sides, silence->party) : NULL;

	if (side == NULL || !remind_contacts(silence, sides, side, error))
		return false;
	for (guint i = 0; i < silence->contacts->len; i++) {
		const Correspondent *contact = g_ptr_array_index(silence->contacts, i);

		if (!ask_deputies(silence, contact->id, error))
			return false;
	}
	return true;
}

/* Who is called: the first who stands in for nobody. */
static const Correspondent *
to_call(const Silence *silence)
{
	for (guint i = 0; i < silence->contacts->len; i++) {
		const Correspondent *contact = g_ptr_array_index(silence->contacts, i);

		if (!contact->deputy)
			return contact;
	}
	return silence->contacts->len > 0 ? g_ptr_array_index(silence->contacts, 0) : NULL;
}

static GHashTable *
call_values(const Silence *silence, const Summons *summons, GHashTable *words)
{
	const Settings *settings = silence->tools->settings;
	GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);

	g_hash_table_insert(values, (gpointer)"tag", g_strdup(column(silence, "tag")));
	g_hash_table_insert(values, (gpointer)"title", g_strdup(column(silence, "title")));
	g_hash_table_insert(values, (gpointer)"lines", summons_lines(summons, words));
	g_hash_table_insert(values, (gpointer)"day", summons_moment(silence->call_by,
	    settings->team_zone, settings->team_language));
	g_hash_table_insert(values, (gpointer)"type", g_strdup_printf("/told %s phone",
	    column(silence, "name")));
	return values;
}

static bool
tell_team(Silence *silence, int contact, GError **error)
{
	const Settings *settings = silence->tools->settings;
	g_autoptr(Summons) summons = summons_new(silence->tools, silence->db, case_of(silence),
	    silence->party, contact, error);
	g_autoptr(GHashTable) words = summons != NULL ? template_words(settings->text_folder,
	    settings->team_language, error) : NULL;
	g_autoptr(GHashTable) values = words != NULL ? call_values(silence, summons, words) : NULL;
	g_autofree char *cause = g_strdup_printf("silent %" G_GINT64_FORMAT, silence->party);
	g_autofree char *outer = g_strdup_printf("[%s] call", column(silence, "tag"));
	const TeamLetter letter = {
		.kind = "warning", .cause = cause, .template = "silent", .values = values,
		.inbox = column(silence, "inbox"), .outer_subject = outer, .case_no = case_of(silence),
	};

	return words != NULL && team_tell(silence->tools, silence->db, &letter, silence->letters, error);
}

typedef bool (*Step)(Db *db, gint64 party, bool *fresh, GError **error);

/* What another one did first, or an answer came between, is not done: nobody hears
 * of it then. contact 0: nobody is to be called. */
static bool
file(const Silence *silence, Step step, int contact, GError **error)
{
	bool fresh = false, filed = dispatch_finish(silence->tools, silence->letters, error) &&
	    db_begin(silence->db, error) && step(silence->db, silence->party, &fresh, error);

	if (filed && fresh && contact != 0)
		filed = phone_open(silence->db, case_of(silence), silence->party, contact,
		    silence->call_by, "silent", error);
	for (guint i = 0; filed && fresh && i < silence->letters->len; i++)
		filed = dispatch_file(silence->tools, silence->db,
		    g_ptr_array_index(silence->letters, i), error);
	if (filed && db_commit(silence->db, error))
		return true;
	db_rollback(silence->db);
	return false;
}

static bool
call(Silence *silence, GError **error)
{
	const Correspondent *contact = to_call(silence);

	if (contact == NULL)
		return true;
	return tell_team(silence, contact->id, error) &&
	    file(silence, choices_silence, contact->id, error);
}

/* Half of the time is theirs; then they are reminded, and in its last quarter
 * somebody calls. */
static bool
look(Silence *silence, gint64 now, GError **error)
{
	gint64 told = rows_time(silence->rows, silence->row, "told");
	gint64 time;

	silence->call_by = summons_call_by(column(silence, "severity"), told,
	    silence->tools->settings->team_zone, silence->tools->settings->holidays);
	time = silence->call_by - told;
	if (now < told + time / 2)
		return true;
	silence->contacts = directory_contacts(silence->db,
	    (int)rows_int(silence->rows, silence->row, "participant"), error);
	if (silence->contacts == NULL)
		return false;
	if (rows_null(silence->rows, silence->row, "nudged") &&
	    (!remind(silence, error) || !file(silence, choices_nudge, 0, error)))
		return false;
	g_ptr_array_set_size(silence->letters, 0);
	return now < told + time / 4 * 3 || call(silence, error);
}

bool
duty_silence(const Tools *tools, Db *db, gint64 now, GError **error)
{
	g_autoptr(Rows) rows = choices_silent(db, error);

	for (guint i = 0; rows != NULL && i < rows_count(rows); i++) {
		g_auto(Silence) silence = {
			.tools = tools, .db = db, .rows = rows, .row = i,
			.party = rows_int(rows, i, "party"),
			.letters = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free),
		};

		if (!look(&silence, now, error))
			return false;
	}
	return rows != NULL;
}
