/* audience - see audience.h */

#include "audience.h"

#include <string.h>

#include "comeback.h"
#include "history.h"
#include "letters.h"
#include "notice.h"
#include "parts.h"
#include "persons.h"
#include "readers.h"
#include "standing.h"
#include "summons.h"
#include "template.h"

/* What is told of one mail. */
typedef struct {
	Run *run;
	GHashTable *words;
	char *open, *closed;		/* with its words; without them, NULL until needed */
	GPtrArray *contacts;		/* of Correspondent */
	GPtrArray *enclosures;
	GString *said;			/* all of it, for answers to be read against */
} Audience;

static void
audience_clear(Audience *audience)
{
	g_free(audience->open);
	g_free(audience->closed);
	g_clear_pointer(&audience->contacts, g_ptr_array_unref);
	g_clear_pointer(&audience->enclosures, g_ptr_array_unref);
	if (audience->said != NULL)
		g_string_free(audience->said, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Audience, audience_clear)

/* The people to call: of every participant concerned, each once. Nobody is called
 * for a word that may mean something else. */
static GPtrArray *
contacts_concerned(const Run *run, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)correspondent_free);
	int last = 0;

	for (guint i = 0; i < run->matches->len; i++) {
		const Match *match = g_ptr_array_index(run->matches, i);
		GPtrArray *some;

		if (match->participant == last || strcmp(match->sure, "maybe") == 0)
			continue;
		last = match->participant;
		some = directory_contacts(run->db, match->participant, error);
		if (some == NULL)
			return NULL;
		g_ptr_array_extend_and_steal(all, some);
	}
	return g_steal_pointer(&all);
}

static const char *
word(const Audience *audience, const char *key)
{
	return template_word(audience->words, key);
}

/* "! you have duty; this is the case of ann" */
static char *
for_reader(const Audience *audience, const Reader *reader)
{
	GString *line = g_string_new(NULL);

	if (reader->duty)
		g_string_append_printf(line, "! %s", word(audience, "on-duty"));
	if (reader->owner != NULL)
		g_string_append_printf(line, "%s%s %s", line->len > 0 ? "; " : "! ",
		    word(audience, "owned"), reader->owner);
	if (line->len > 0)
		g_string_append_c(line, '\n');
	return g_string_free(line, FALSE);
}

/* Once each. */
static void
note_said(Audience *audience, const char *text)
{
	if (strstr(audience->said->str, text) == NULL)
		g_string_append(audience->said, text);
}

static const char *
body_for(Audience *audience, const Reader *reader)
{
	if (reader->reads)
		return audience->open;
	if (audience->closed == NULL) {
		audience->closed = notice_closed(audience->run, audience->words, audience->contacts);
		note_said(audience, audience->closed);
	}
	return audience->closed;
}

static void
write_to(Audience *audience, const Correspondent *analyst, const Reader *reader)
{
	Run *run = audience->run;
	Dispatch *notice = letter_to_analyst(run, "notice", analyst);
	g_autofree char *about = for_reader(audience, reader);
	g_autofree char *body = g_strconcat(about, body_for(audience, reader), NULL);

	note_said(audience, about);
	notice->nonce = seal_random_word(16);
	notice->nonce_expires = notice_nonce_expires(run->tools->settings);
	notice->letter->subject = notice_subject(run, audience->words);
	notice->letter->outer_subject = notice_outer_subject(run);
	notice->letter->body = notice_mark(run->placement.tag, notice->nonce, body);
	if (reader->reads)
		notice->letter->enclosures = g_ptr_array_ref(audience->enclosures);
	g_ptr_array_add(run->dispatches, notice);
}

static bool
look_up(Audience *audience, GError **error)
{
	Run *run = audience->run;

	audience->contacts = contacts_concerned(run, error);
	if (audience->contacts == NULL)
		return false;
	if (run->placement.place != PLACE_NEW) {
		run->calls = summons_open(run->tools, run->db, run->placement.case_no,
		    audience->words, error);
		run->standing = run->calls == NULL ? NULL :
		    standing_line(run->tools, run->db, run->placement.tag, error);
		if (run->standing == NULL)
			return false;
	}
	run->persons = persons_of(run->mail);
	audience->open = notice_body(run, audience->words, audience->contacts);
	audience->said = g_string_new(audience->open);
	audience->enclosures = parts_enclosed(run, audience->words);
	return true;
}

bool
audience_tell(Run *run, const GPtrArray *analysts, GHashTable *words, GError **error)
{
	const Placement *placement = &run->placement;
	g_auto(Audience) audience = { .run = run, .words = words };
	g_autoptr(GPtrArray) readers = readers_of(run->db, placement->case_no, placement->role,
	    placement->participant, run->verdict->class, error);

	if (readers == NULL || !look_up(&audience, error))
		return false;
	for (guint i = 0; i < readers->len; i++) {
		const Reader *reader = g_ptr_array_index(readers, i);
		const Correspondent *analyst = correspondent_among(analysts, reader->analyst);

		if (analyst != NULL && !history_is_mute(run) &&
		    comeback_concerns(run->comeback, analyst->id))
			write_to(&audience, analyst, reader);
	}
	run->notice = g_strdup(audience.said->str);
	return true;
}
