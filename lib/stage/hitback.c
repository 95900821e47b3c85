/* hitback - see hitback.h */

#include "hitback.h"

#include "feeds.h"
#include "template.h"
#include "times.h"

void
hitback_free(HitBack *hitback)
{
	if (hitback == NULL)
		return;
	g_free(hitback->types);
	g_free(hitback);
}

/* The number in a line with a token of ours, as far as it came to nobody else's eyes. */
static gint64
named_inside(const Run *run)
{
	Token token;

	return run->opened->encryption == ENCRYPTION_OK &&
	    token_find(run->tools->tokens, TOKEN_HIT, run->mail->text, &token) ? token.case_no : 0;
}

bool
hitback_look(Run *run, CaseRef **ref, GError **error)
{
	g_autoptr(GPtrArray) hashes = run_references(run);
	gint64 named = named_inside(run);
	g_autoptr(Rows) rows = NULL;

	*ref = NULL;
	if (named == 0 && hashes->len == 0)
		return true;
	rows = feeds_find_hit(run->db, named, hashes, ref, error);
	if (rows == NULL)
		return false;
	if (rows_count(rows) == 0)
		return true;
	run->hitback = g_new0(HitBack, 1);
	run->hitback->hit = rows_int(rows, 0, "hit");
	run->hitback->participant = (int)rows_int(rows, 0, "whose");
	run->hitback->told = rows_time(rows, 0, "told");
	run->hitback->types = g_strdup(rows_text(rows, 0, "types"));
	return true;
}

void
hitback_tell(const Run *run, GHashTable *words, GString *out)
{
	const Settings *settings = run->tools->settings;
	g_autofree char *told = run->hitback == NULL ? NULL :
	    times_long(run->hitback->told, settings->team_zone, settings->team_language);

	if (told != NULL)
		g_string_append_printf(out, "%s %s (%s)\n", template_word(words, "answers-hit"),
		    run->hitback->types, told);
}

bool
hitback_file(const Run *run, GError **error)
{
	const Placement *placement = &run->placement;

	return run->hitback == NULL || placement->place == PLACE_NOTE ||
	    placement->participant != run->hitback->participant ||
	    feeds_answer_hit(run->db, run->hitback->hit, placement->case_no, placement->party, error);
}
