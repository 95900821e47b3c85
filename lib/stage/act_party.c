/* act_party - the parties of a case, and what they heard another way; see act.h */

#include "act.h"

#include <string.h>

#include "directory.h"
#include "phone.h"
#include "text.h"
#include "times.h"

#define NUMBER_MOST 60		/* letters of another one's number */

static const char *
word(const Command *command, guint n)
{
	return g_ptr_array_index(command->words, n);
}

static bool
file_open(const Acting *acting, gconstpointer what, GError **error)
{
	Side *side = (Side *)what;	/* the acting's own, not the step's */

	return side_open(acting->run->db, side, error);
}

/* What an organisation is called in a case, by what it is in the directory. */
static const char *
role_of(const char *kind)
{
	static const struct {
		const char *kind, *role;
	} roles[] = {
		{ "supplier", "supplier" }, { "partner", "partner" }, { "counsel", "legal" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(roles); i++)
		if (g_ascii_strcasecmp(roles[i].kind, kind) == 0)
			return roles[i].role;
	return NULL;
}

static bool
open_side(Acting *acting, const char *handle, const char *role, GError **error)
{
	GError *because = NULL;
	Side *side = side_add(acting->sides, acting->run->db, acting->now->case_no, handle, role,
	    &because);

	if (because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	if (side == NULL)
		return acting_refuse(acting, "refused-no-participant", handle);
	acting_step(acting, file_open, side, NULL);
	acting_did(acting, "did-open", side->name);
	return true;
}

bool
act_open(Acting *acting, const Command *command, GError **error)
{
	const char *role = role_of(word(command, 0));

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	if (role == NULL)
		return acting_refuse(acting, "refused-value", word(command, 0));
	if (side_named(acting->sides, word(command, 1)) != NULL)
		return acting_refuse(acting, "refused-is-party", word(command, 1));
	return open_side(acting, word(command, 1), role, error);
}

/* Told without a mail of ours. */
typedef struct {
	const Side *side;
	const char *how;
	gint64 when;
} Told;

static bool
file_told(const Acting *acting, gconstpointer what, GError **error)
{
	const Told *told = what;
	Db *db = acting->run->db;

	if (!acts_note(db, acting->now->case_no, acting->authority->analyst, "told", told->side->name,
	    error))
		return false;
	return told->side->participant == 0 || phone_told(db, acting->now->tag, told->side->name,
	    told->how, told->when, error) >= 0;
}

static const char *
way_of(const char *written)
{
	static const char *const ways[] = { "phone", "portal", "person" };

	for (guint i = 0; i < G_N_ELEMENTS(ways); i++)
		if (g_ascii_strcasecmp(ways[i], written) == 0)
			return ways[i];
	return NULL;
}

/* A clock of today behind the way; without one it was when the mail came. */
static gint64
moment(const Acting *acting, const Command *command, bool *written)
{
	gint64 now = acting->run->reception->received;
	gint64 at = command->words->len > 2 ? times_at(now, word(command, 2),
	    acting->run->tools->settings->team_zone) : 0;

	*written = at != 0;
	return at != 0 ? MIN(at, now) : now;
}

/* What stands behind the first n words, as it was written. */
static const char *
behind(const Command *command, guint n)
{
	const char *rest = command->rest;

	for (guint i = 0; i < n && *rest != '\0'; i++) {
		rest += strcspn(rest, " ");
		rest += strspn(rest, " ");
	}
	return rest;
}

/* A remark on the line, and a text below it, are one note. */
static bool
keep_remark(Acting *acting, const char *kind, const char *remark, const char *text)
{
	g_autofree char *both = g_strdup_printf("%s%s%s", remark,
	    remark[0] != '\0' && text[0] != '\0' ? "\n" : "", text);

	return acting_keep_text(acting, kind, both);
}

static Side *
known_side(Acting *acting, const char *name)
{
	Side *side = side_named(acting->sides, name);

	if (side == NULL)
		acting_refuse(acting, "refused-no-party", name);
	return side;
}

bool
act_told(Acting *acting, const Command *command, GError **error)
{
	const char *how = way_of(word(command, 1));
	bool written;
	Side *side;
	Told *told;

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	side = known_side(acting, word(command, 0));
	if (side == NULL)
		return true;
	if (how == NULL)
		return acting_refuse(acting, "refused-value", word(command, 1));
	told = g_new(Told, 1);
	*told = (Told){ side, how, moment(acting, command, &written) };
	acting_step(acting, file_told, told, g_free);
	acting_did(acting, "did-told", side->name);
	return keep_remark(acting, "told", behind(command, written ? 3 : 2), command->text);
}

bool
act_called(Acting *acting, const Command *command, GError **error)
{
	Side *side;

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	side = known_side(acting, word(command, 0));
	if (side == NULL)
		return true;
	if (behind(command, 1)[0] == '\0' && command->text[0] == '\0')
		return acting_refuse(acting, "refused-needs-text", "/called");
	return keep_remark(acting, "called", behind(command, 1), command->text);
}

/* What the other side calls the matter. */
typedef struct {
	const Side *side;
	char *number;
} Ref;

static void
ref_free(gpointer data)
{
	Ref *ref = data;

	g_free(ref->number);
	g_free(ref);
}

static bool
file_ref(const Acting *acting, gconstpointer what, GError **error)
{
	const Ref *ref = what;
	g_autoptr(GBytes) wrapped = NULL;
	g_autoptr(GBytes) sealed = tools_seal_text(acting->run->tools, ref->number, "number", &wrapped);

	return side_put_number(acting->run->db, ref->side, acting->authority->analyst, wrapped, sealed,
	    error);
}

bool
act_ref(Acting *acting, const Command *command, GError **error)
{
	g_autofree char *more = NULL;
	Side *side;
	Ref *ref;

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	side = known_side(acting, word(command, 0));
	if (side == NULL)
		return true;
	if (!text_is_plain_id(word(command, 1)) || strlen(word(command, 1)) > NUMBER_MOST)
		return acting_refuse(acting, "refused-value", word(command, 1));
	ref = g_new(Ref, 1);
	*ref = (Ref){ side, g_strdup(word(command, 1)) };
	acting_step(acting, file_ref, ref, ref_free);
	more = g_strdup_printf("%s %s", side->name, ref->number);
	acting_did(acting, "did-ref", more);
	return true;
}
