/* chosen - see chosen.h */

#include "chosen.h"

#include <string.h>

#include "acts.h"
#include "choice.h"
#include "choices.h"
#include "own.h"
#include "relay.h"
#include "template.h"
#include "text.h"
#include "times.h"
#include "vouch.h"

void
chosen_free(Chosen *chosen)
{
	if (chosen == NULL)
		return;
	g_free(chosen->name);
	g_free(chosen);
}

static const char *
word_numbered(GHashTable *words, const char *family, guint n)
{
	g_autofree char *whole = g_strdup_printf("%s-%u", family, n);
	const char *text = g_hash_table_lookup(words, whole);

	return text != NULL ? text : family;
}

/* From somebody an organisation's answer may come from: a person, who seems to be of
 * it. A copy of what came before elsewhere answers nothing (T-26). */
static bool
may_answer(const Run *run)
{
	const Placement *placement = &run->placement;

	return placement->place == PLACE_PARTY && placement->participant != 0 &&
	    placement->party != 0 && run->mail->kind == MAIL_PERSONAL && run->before == NULL;
}

/* The words of all languages we write in stand for an answer, whichever the party
 * was written to in. */
static bool
read_answer(const Run *run, guint *answer, GError **error)
{
	static const char *const languages[] = { "en", "nl" };
	g_autoptr(Own) own = own_read(run->mail->text, NULL);

	*answer = 0;
	for (guint i = 0; *answer == 0 && i < G_N_ELEMENTS(languages); i++) {
		g_autoptr(GHashTable) words = template_words(run->tools->settings->text_folder,
		    languages[i], error);
		const char *choices[CHOICES];

		if (words == NULL)
			return false;
		for (guint n = 0; n < CHOICES; n++)
			choices[n] = word_numbered(words, "choice", n + 1);
		*answer = choice_read(own->text, choices);
	}
	return true;
}

/* Who gave it, and what vouches for that. */
static bool
know_contact(const Run *run, Chosen *chosen, GError **error)
{
	bool is_signed = run->opened->is_signed == SIGNED_GOOD;
	const char *address = run->mail->from != NULL ? run->mail->from->address : NULL;
	int contact = directory_contact_of(run->db, run->placement.participant, address,
	    is_signed ? run->opened->signer : NULL, &chosen->name, error);

	if (contact < 0)
		return false;
	chosen->how = vouch_of(run, contact != 0);
	if (contact == 0)
		chosen->name = g_strdup(address != NULL ? address : "-");
	return true;
}

/* "You handle this with us (P. Jansen, 09:12, signed)." */
static char *
noted_text(const Run *run, const Side *side, GHashTable *words)
{
	const char *family = g_strcmp0(side->asked, "advisory") == 0 ? "advised" : "noted";
	const Chosen *chosen = run->chosen;
	g_autofree char *clock = times_clock(run->reception->received,
	    run->tools->settings->team_zone);
	g_autofree char *name = text_clean_line(chosen->name, -1);

	return g_strdup_printf("%s: %u, %s\n(%s, %s, %s)", template_word(words, "noted"), chosen->answer,
	    word_numbered(words, family, chosen->answer), name, clock,
	    template_word_of(words, "noted", chosen->how));
}

/* The same answer is noted once for a mail that something vouches for, once a day
 * for all others: who writes in somebody's name does not fill their mailboxes. */
static char *
noted_cause(const Run *run)
{
	g_autoptr(GDateTime) now = g_date_time_new_now(run->tools->zone);
	g_autofree char *day = g_date_time_format(now, "%F");

	if (strcmp(run->chosen->how, "none") != 0)
		return g_strdup_printf("reception %" G_GINT64_FORMAT, run->reception->id);
	return g_strdup_printf("noted %" G_GINT64_FORMAT " %u %s", run->placement.party,
	    run->chosen->answer, day);
}

/* Who has no key was told of that with the report itself. The party is one already. */
static void
take_letters(Run *run, Relayed *relayed)
{
	for (guint i = relayed->letters->len; i > 0; i--) {
		Dispatch *letter = g_ptr_array_index(relayed->letters, i - 1);

		letter->letter->automatic = true;
		letter->delay = 0;
		letter->side = NULL;
		if (letter->certificate == NULL)
			g_ptr_array_remove_index(relayed->letters, i - 1);
	}
	g_ptr_array_extend_and_steal(run->dispatches, g_steal_pointer(&relayed->letters));
}

static bool
write_noted(Run *run, const CaseNow *now, const GPtrArray *sides, const Side *side, GError **error)
{
	g_autoptr(GHashTable) words = template_words(run->tools->settings->text_folder,
	    side->language, error);
	g_autofree char *cause = noted_cause(run);
	g_autofree char *text = words != NULL ? noted_text(run, side, words) : NULL;
	const Relay relay = {
		.tools = run->tools, .db = run->db, .tag = now->tag, .tlp = now->tlp,
		.inbox = run->inbox, .sides = sides, .to = side, .kind = "noted",
		.template = "noted", .cause = cause, .text = text, .language = side->language,
	};
	g_autoptr(Relayed) relayed = words != NULL ? relay_write(&relay, error) : NULL;

	if (relayed == NULL)
		return false;
	take_letters(run, relayed);
	return true;
}

static bool
tell_contacts(Run *run, GError **error)
{
	g_autoptr(CaseNow) now = acts_case(run->db, run->placement.case_no, error);
	g_autoptr(GPtrArray) sides = now != NULL ? sides_of(run->db, now->case_no, error) : NULL;
	const Side *side = sides != NULL ? side_of_id(sides, run->placement.party) : NULL;

	return side != NULL && write_noted(run, now, sides, side, error);
}

bool
chosen_look(Run *run, GError **error)
{
	g_autoptr(Chosen) chosen = g_new0(Chosen, 1);

	if (!may_answer(run))
		return true;
	if (!read_answer(run, &chosen->answer, error))
		return false;
	if (chosen->answer == 0)
		return true;
	if (!know_contact(run, chosen, error))
		return false;
	run->chosen = g_steal_pointer(&chosen);
	return tell_contacts(run, error);
}

char *
chosen_line(const Chosen *chosen, GHashTable *words)
{
	g_autofree char *name = chosen != NULL ? text_clean_line(chosen->name, -1) : NULL;

	if (chosen == NULL)
		return NULL;
	return g_strdup_printf("%s %s %u: %s (%s)", name, template_word(words, "says"), chosen->answer,
	    word_numbered(words, "chosen", chosen->answer), template_word_of(words, "chosen", chosen->how));
}

char *
chosen_said(const Side *side, GHashTable *words)
{
	if (side->said == 0 || g_strcmp0(side->said_how, "none") != 0)
		return g_strdup("");
	return g_strdup_printf(" (%s %u, %s)", template_word(words, "says"), side->said, template_word(words, "unverified"));
}

bool
chosen_file(const Run *run, gint64 message, GError **error)
{
	if (may_answer(run) && !choices_heard(run->db, run->placement.party, error))
		return false;
	return run->chosen == NULL ||
	    choices_keep(run->db, message, run->chosen->answer, run->chosen->how, error);
}
