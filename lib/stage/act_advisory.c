/* act_advisory - what several organisations are told at once; see act.h */

#include "act.h"

#include <string.h>

#include "advise.h"
#include "cases.h"
#include "enclose.h"
#include "hold.h"
#include "sending.h"
#include "text.h"
#include "times.h"

/* What was ordered: whom it is for. */
typedef struct {
	GPtrArray *products, *versions;	/* char *, borrowed */
	const char *kind, *umbrella;
	bool all, early;
} Meant;

static void
meant_clear(Meant *meant)
{
	g_clear_pointer(&meant->products, g_ptr_array_unref);
	g_clear_pointer(&meant->versions, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Meant, meant_clear)

/* Behind "name="; NULL: it is another one. */
static const char *
value_of(const char *word, const char *name)
{
	gsize length = strlen(name);

	return g_ascii_strncasecmp(word, name, length) == 0 && word[length] == '=' &&
	    word[length + 1] != '\0' ? word + length + 1 : NULL;
}

static bool
read_word(Meant *meant, const char *word)
{
	const char *product = value_of(word, "product"), *version = value_of(word, "version");
	const char *kind = value_of(word, "kind"), *umbrella = value_of(word, "umbrella");

	if (product != NULL)
		g_ptr_array_add(meant->products, (gpointer)product);
	else if (version != NULL)
		g_ptr_array_add(meant->versions, (gpointer)version);
	else if (kind != NULL)
		meant->kind = kind;
	else if (umbrella != NULL)
		meant->umbrella = umbrella;
	else if (g_ascii_strcasecmp(word, "all") == 0)
		meant->all = true;
	else if (g_ascii_strcasecmp(word, "early") == 0)
		meant->early = true;
	else
		return false;
	return true;
}

static bool
read_words(Acting *acting, const Command *command, Meant *meant)
{
	meant->products = g_ptr_array_new();
	meant->versions = g_ptr_array_new();
	for (guint i = 0; i < command->words->len; i++)
		if (!read_word(meant, g_ptr_array_index(command->words, i)))
			acting_refuse(acting, "refused-value", g_ptr_array_index(command->words, i));
	if (meant->versions->len > 0 && meant->products->len == 0)
		acting_refuse(acting, "refused-no-product", NULL);
	return acting->refusal == NULL;
}

/* What a mail program adds by itself is not to travel. */
static bool
is_meant(const Part *part)
{
	return !g_str_has_prefix(part->type, "application/pgp-");
}

/* What came with the order, which its signature covers, named by us; it is looked for
 * once, and kept with an order that waits. False: it is too much, or refused already. */
static bool
look_at_attached(Acting *acting)
{
	const Mail *mail = acting->run->mail;
	gsize sum = 0;

	if (acting->attached != NULL || acting->ordered != 0)
		return true;
	acting->attached = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);
	for (guint i = 0; i < mail->attachments->len; i++) {
		const Part *part = g_ptr_array_index(mail->attachments, i);
		g_autoptr(GBytes) bytes = is_meant(part) ? mime_part_bytes(mail->content, part->n) : NULL;
		g_autofree char *name = enclosure_name("advisory", acting->attached->len + 1, part->type);

		if (bytes == NULL)
			continue;
		sum += g_bytes_get_size(bytes);
		g_ptr_array_add(acting->attached, enclosure_new(name, part->type, bytes));
	}
	return sum <= ADVISE_MOST || (acting_refuse(acting, "refused-too-big", NULL) && false);
}

static Advisory *
csaf_among(const GPtrArray *attached)
{
	for (guint i = 0; attached != NULL && i < attached->len; i++) {
		const Enclosure *one = g_ptr_array_index(attached, i);
		g_autoptr(Advisory) read = g_str_has_suffix(one->type, "json") ?
		    advisory_read(one->bytes, NULL) : NULL;

		if (read != NULL && read->is_csaf)
			return g_steal_pointer(&read);
	}
	return NULL;
}

/* The words of a person, which a file may complete or stand for. */
static Advisory *
read_advisory(Acting *acting, const Command *command, const Meant *meant)
{
	g_autoptr(Advisory) csaf = csaf_among(acting->attached);
	g_autoptr(GBytes) bytes = g_bytes_new(command->text, strlen(command->text));
	g_autoptr(Advisory) advisory = command->text[0] != '\0' ? advisory_read(bytes, NULL) : NULL;

	if (advisory == NULL)
		advisory = g_steal_pointer(&csaf);
	if (advisory == NULL) {
		acting_refuse(acting, "refused-needs-text", "/advisory");
		return NULL;
	}
	if (csaf != NULL)
		advisory_complete(advisory, csaf);
	if (meant->products->len > 0)
		advisory_set_products(advisory, meant->products, meant->versions);
	return g_steal_pointer(&advisory);
}

/* NULL: refused, or with an error. */
static GPtrArray *
addressees(Acting *acting, const Meant *meant, const Advisory *advisory, GError **error)
{
	const Advised advised = {
		.everybody = meant->all, .kind = meant->kind, .umbrella = meant->umbrella,
	};
	g_autoptr(GPtrArray) all = NULL;

	if (!addressees_are_named(advisory, &advised)) {
		acting_refuse(acting, "refused-no-product", NULL);
		return NULL;
	}
	all = addressees_of(acting->run->db, advisory, &advised, error);
	if (all == NULL || all->len > 0)
		return g_steal_pointer(&all);
	acting_refuse(acting, "refused-nobody-uses", NULL);
	return NULL;
}

static bool
file_opened(const Acting *acting, gconstpointer what, GError **error)
{
	const NewCase opened = {
		.case_no = acting->now->case_no, .tag = acting->now->tag,
		.inbox = acting->run->inbox->address, .class = "vulnerability", .severity = what,
	};

	return case_open(acting->run->db, &opened, error);
}

/* The number an order that waited has had is the number of its letters, too. */
static CaseNow *
reserve(Acting *acting, const Advisory *advisory, GError **error)
{
	const Run *run = acting->run;
	int year = times_year(run->reception->received, run->tools->settings->team_zone);
	g_autoptr(CaseNow) now = g_new0(CaseNow, 1);

	now->status = g_strdup("new");
	now->tlp = g_strdup("AMBER");
	now->severity = g_strdup(advisory->severity);
	return case_reserve(run->db, acting_ordered(acting), run->inbox->prefix, year, &now->case_no,
	    &now->tag, error) ? g_steal_pointer(&now) : NULL;
}

/* One of its own, if the answer is about none: it is opened if anything is. */
static bool
begin_case(Acting *acting, const Advisory *advisory, CaseNow **own, GError **error)
{
	Placement *placement = &acting->run->placement;

	*own = NULL;
	if (acting->now != NULL)
		return acting_has_sides(acting, error);
	*own = reserve(acting, advisory, error);
	acting->sides = *own != NULL ? sides_of(acting->run->db, (*own)->case_no, error) : NULL;
	if (acting->sides == NULL || acting->authority->reach != AUTHORITY_CHANGES)
		return acting->sides != NULL;
	acting->now = g_steal_pointer(own);
	acting->authority->case_no = placement->case_no = acting->now->case_no;
	g_free(placement->tag);
	placement->tag = g_strdup(acting->now->tag);
	acting_step(acting, file_opened, g_strdup(advisory->severity), g_free);
	acting_did(acting, "did-new", acting->now->tag);
	return true;
}

static bool
file_parties(const Acting *acting, gconstpointer what, GError **error)
{
	return advise_file_parties(acting->run->db, acting->now->case_no, what, error) &&
	    case_add_event(acting->run->db, acting->now->case_no, "advisory", NULL, error);
}

/* An order that is confirmed lets go what was shown with it, but for what would leave
 * before its hour, which has a word of its own (T-40). */
static Advices *
write_agreed(Acting *acting, const Advise *advise, GError **error)
{
	g_autoptr(Advices) advices = advise_write(advise, error);

	if (advices == NULL || acting->agreed == NULL || advise->replayed ||
	    advise->unusual != hold_name(HOLD_ADVISORY) ||
	    !g_ptr_array_find_with_equal_func(acting->agreed, advices->seen, g_str_equal, NULL))
		return g_steal_pointer(&advices);
	sending_note_released(acting, advices->held);
	advise_release(advise, advices);
	return g_steal_pointer(&advices);
}

/* "linde, vaart (no usable key)" */
static void
show_addressees(Acting *acting, const Advices *advices)
{
	for (guint i = 0; i < advices->meant->len; i++) {
		const Side *side = g_ptr_array_index(advices->meant, i);
		const GPtrArray *letters = ((const Relayed *)g_ptr_array_index(advices->relayed, i))->letters;
		const Dispatch *first = letters->len > 0 ? g_ptr_array_index(letters, 0) : NULL;

		g_string_append_printf(acting->shown, "%s %s", i > 0 ? "," : "", side->name);
		if (first == NULL || first->certificate == NULL)
			g_string_append_printf(acting->shown, " (%s)",
			    acting_word(acting, first == NULL ? "held-no-contact" : "held-no-key"));
	}
}

static void
show_letter(Acting *acting, const Letter *letter)
{
	g_autofree char *shown = text_prefix_lines(letter->body, "| ");

	g_string_append_printf(acting->shown, ":\n%s", shown);
	for (guint i = 0; letter->enclosures != NULL && i < letter->enclosures->len; i++) {
		const Enclosure *one = g_ptr_array_index(letter->enclosures, i);

		g_string_append_printf(acting->shown, "#%u %s %s\n", i + 1, one->name, one->type);
	}
}

/* The letter to the first of them, and what was found in any. */
static void
show(Acting *acting, const Advices *advices)
{
	bool shown = false;

	g_string_append(acting->shown, acting_word(acting, "exactly-this"));
	show_addressees(acting, advices);
	for (guint i = 0; i < advices->relayed->len; i++) {
		const Relayed *one = g_ptr_array_index(advices->relayed, i);

		if (!shown && one->letters->len > 0) {
			show_letter(acting, ((const Dispatch *)g_ptr_array_index(one->letters, 0))->letter);
			shown = true;
		}
		if (one->gate.found != NULL)
			g_string_append_printf(acting->shown, "! %s: %s\n",
			    ((const Side *)g_ptr_array_index(advices->meant, i))->name, one->gate.found);
	}
}

static void
say(Acting *acting, const Advices *advices, bool early)
{
	g_autofree char *many = g_strdup_printf("%u %s", advices->meant->len,
	    acting_word(acting, "organisations"));
	g_autofree char *held = NULL, *when = NULL, *leaves = NULL;

	if (advices->held != NULL) {
		held = g_strdup_printf("%s, %s (%s)", advices->hash, many,
		    hold_said(acting->words, advices->held));
		acting_did(acting, "did-held", held);
		g_ptr_array_add(acting->waiting, g_strdup(advices->seen));
		show(acting, advices);
		if (acting->authority->reach == AUTHORITY_CHANGES)
			g_string_append_printf(acting->shown, "%s\n", acting_word(acting, "confirm-letter"));
		return;
	}
	when = acting_leaves(acting, !early);
	leaves = g_strdup_printf("%s, %s", many, when);
	acting_did(acting, "did-advisory", leaves);
}

static void
take(Acting *acting, Advices *advices)
{
	advise_take_letters(advices, acting->run->dispatches);
	acting_step(acting, file_parties, advices, (GDestroyNotify)advices_free);
}

static bool
write_all(Acting *acting, const CaseNow *now, const Advisory *advisory, const GPtrArray *to, bool early,
    GError **error)
{
	Run *run = acting->run;
	g_autofree char *cause = sending_cause(acting);
	g_autoptr(GPtrArray) advice = advise_names(run->tools->settings, advisory, error);
	bool sooner = early && now->embargo > g_get_real_time();
	const Advise advise = {
		.tools = run->tools, .db = run->db, .case_no = now->case_no, .tag = now->tag,
		.inbox = run->inbox, .sides = acting->sides, .advisory = advisory, .to = to,
		.advice = advice, .enclosures = acting->attached, .cause = cause, .embargo = now->embargo, .early = early,
		.unusual = hold_name(sooner ? HOLD_EMBARGO : HOLD_ADVISORY), .replayed = now->replayed,
		.analyst = acting->authority->analyst,
	};
	g_autoptr(Advices) advices = advice != NULL ? write_agreed(acting, &advise, error) : NULL;

	if (advices == NULL)
		return false;
	if (advices->letters == 0)
		return acting_refuse(acting, "refused-nobody", ((const Addressee *)g_ptr_array_index(to, 0))->name);
	say(acting, advices, early);
	take(acting, g_steal_pointer(&advices));
	return true;
}

bool
act_advisory(Acting *acting, const Command *command, GError **error)
{
	g_auto(Meant) meant = { 0 };
	g_autoptr(Advisory) advisory = NULL;
	g_autoptr(GPtrArray) to = NULL;
	g_autoptr(CaseNow) own = NULL;

	if (!read_words(acting, command, &meant) || !look_at_attached(acting))
		return true;
	advisory = read_advisory(acting, command, &meant);
	if (advisory == NULL)
		return true;
	to = addressees(acting, &meant, advisory, error);
	if (to == NULL || !begin_case(acting, advisory, &own, error))
		return acting->refusal != NULL;
	return write_all(acting, own != NULL ? own : acting->now, advisory, to, meant.early, error);
}
