/* bridge - see bridge.h */

#include "bridge.h"

#include <string.h>

#include "acts.h"
#include "beside.h"
#include "hold.h"
#include "passed.h"
#include "relay.h"
#include "template.h"
#include "text.h"

/* One mail on the bridge. */
typedef struct {
	Run *run;
	GHashTable *words;
	const CaseNow *now;
	const Side *from;
} Crossing;

static bool
is_reporter(const Side *side)
{
	return strcmp(side->role, "reporter") == 0;
}

/* Whose word opened the bridge between them; 0: there is none. */
static int
opened_by(const Side *one, const Side *other)
{
	if (is_reporter(one) == is_reporter(other))
		return 0;
	return is_reporter(one) ? other->bridge : one->bridge;
}

/* "Prepared for devaart, /confirm 8c2e01f3 lets it go:" and then it. */
static void
tell(const Crossing *crossing, const Side *to, const Relayed *relayed, GString *out)
{
	const Dispatch *first = g_ptr_array_index(relayed->letters, 0);
	g_autofree char *shown = text_prefix_lines(first->letter->body, "| ");

	g_string_append_printf(out, "%s %s, /confirm %s (%s):\n%s", template_word(crossing->words, "prepared"),
	    to->name, relayed->hash, hold_said(crossing->words, relayed->held), shown);
	if (relayed->gate.found != NULL)
		g_string_append_printf(out, "! %s\n", relayed->gate.found);
	if (relayed->gate.line != NULL)
		g_string_append_printf(out, "| %s\n", relayed->gate.line);
}

static bool
cross(const Crossing *crossing, const Side *to, int analyst, GString *out, GError **error)
{
	Run *run = crossing->run;
	const GPtrArray *sides = run->beside->sides;
	g_autofree char *cause = g_strdup_printf("reception %" G_GINT64_FORMAT, run->reception->id);
	g_autofree char *text = passed_text(run->tools, crossing->from, to, run->mail->text,
	    run->mail->subject, run->mail->references->len > 0, "", error);
	const Relay relay = {
		.tools = run->tools, .db = run->db, .tag = crossing->now->tag, .tlp = crossing->now->tlp,
		.inbox = run->inbox, .sides = sides, .to = to, .kind = "relay", .template = "relay",
		.cause = cause, .text = text, .unusual = hold_name(HOLD_BRIDGE), .analyst = analyst,
	};
	g_autoptr(Relayed) relayed = text != NULL ? relay_write(&relay, error) : NULL;

	if (relayed == NULL)
		return false;
	if (relayed->letters->len == 0)
		return true;
	tell(crossing, to, relayed, out);
	g_ptr_array_extend_and_steal(run->dispatches, g_steal_pointer(&relayed->letters));
	return true;
}

static bool
may_cross(const Run *run)
{
	return run->placement.place == PLACE_PARTY && run->mail->kind == MAIL_PERSONAL &&
	    run->before == NULL && !run->mail->malformed && run->beside != NULL &&
	    run->beside->sides != NULL;
}

bool
bridge_look(Run *run, GHashTable *words, GError **error)
{
	Crossing crossing = { .run = run, .words = words };
	const GPtrArray *sides = may_cross(run) ? run->beside->sides : NULL;
	g_autoptr(CaseNow) now = NULL;
	g_autoptr(GString) out = g_string_new(NULL);

	crossing.from = sides != NULL ? side_of_id(sides, run->placement.party) : NULL;
	for (guint i = 0; crossing.from != NULL && i < sides->len; i++) {
		const Side *to = g_ptr_array_index(sides, i);
		int analyst = opened_by(crossing.from, to);

		if (analyst == 0)
			continue;
		if (now == NULL)
			now = acts_case(run->db, run->placement.case_no, error);
		crossing.now = now;
		if (now == NULL || !cross(&crossing, to, analyst, out, error))
			return false;
	}
	run->crossing = out->len > 0 ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
	return true;
}
