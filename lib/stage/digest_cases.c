/* digest_cases - see digest_cases.h */

#include "digest_cases.h"

#include <string.h>

#include "digests.h"
#include "template.h"
#include "times.h"

#define DUE_DAYS 3		/* working days before a day that counts */

static gint64
time_of(const DigestPage *page, guint row, const char *column)
{
	return rows_time(page->cases, row, column);
}

static bool
is_word(const DigestPage *page, guint row, const char *column, const char *word)
{
	return g_strcmp0(rows_text(page->cases, row, column), word) == 0;
}

/* Where a case stands is told only once all sides may know it: until then it may be
 * what another one said. */
static bool
is_settled(const DigestPage *page, guint row)
{
	return is_word(page, row, "status", "resolved") || is_word(page, row, "status", "disclosed") ||
	    is_word(page, row, "status", "closed");
}

/* What happened, newer than the last digest; the newest of all is how far this goes. */
static bool
is_new(DigestPage *page, guint row, const char *column)
{
	gint64 at = time_of(page, row, column);

	page->until = MAX(page->until, at);
	return at > page->since;
}

static bool
has_news(DigestPage *page, guint row)
{
	bool news = is_settled(page, row) && is_new(page, row, "moved");

	news = is_new(page, row, "asked") || news;
	news = is_new(page, row, "heard") || news;
	news = is_new(page, row, "deadline_set") || news;
	return is_new(page, row, "embargo_set") || news;
}

/* It comes within three working days, or came since yesterday. */
static bool
is_near(const DigestPage *page, gint64 day)
{
	const Night *night = page->night;
	const Settings *settings = night->tools->settings;

	return day > night->now - G_TIME_SPAN_DAY &&
	    day <= times_working_days(night->now, DUE_DAYS, settings->team_zone, settings->holidays);
}

static DigestCase
judge(DigestPage *page, guint row)
{
	gint64 asked = time_of(page, row, "asked"), heard = time_of(page, row, "heard");
	DigestCase one = { .row = row, .news = has_news(page, row) };

	one.over = is_word(page, row, "status", "closed") || is_word(page, row, "state", "not-ours");
	one.due = !one.over && (is_near(page, time_of(page, row, "deadline")) ||
	    is_near(page, time_of(page, row, "embargo")));
	one.yours = asked > heard && !is_word(page, row, "state", "fixed");
	return one;
}

bool
digest_cases_look(DigestPage *page, GError **error)
{
	page->cases = digests_cases(page->night->db, page->participant, error);
	page->shown = g_array_new(FALSE, FALSE, sizeof(DigestCase));
	for (guint i = 0; page->cases != NULL && i < rows_count(page->cases); i++) {
		DigestCase one = judge(page, i);

		page->news += one.news;
		page->due += one.due;
		if (!one.news && !one.due && !one.over)
			page->standing++;
		if (one.news || one.due || (page->night->whole && !one.over))
			g_array_append_val(page->shown, one);
	}
	return page->cases != NULL;
}

static void
append(GString *line, const char *between, const char *what, const char *when)
{
	g_string_append_printf(line, "%s%s%s%s", line->len > 0 ? between : "", what,
	    when != NULL ? " " : "", when != NULL ? when : "");
}

/* "new: a message of ours, 24 November 2026, 16:02" */
static void
append_news(const DigestPage *page, guint row, GHashTable *words, const char *language,
    GString *line)
{
	static const struct {
		const char *column, *word;
	} kinds[] = {
		{ "asked", "digest-asked" }, { "heard", "digest-heard" },
		{ "deadline_set", "digest-deadline-set" }, { "embargo_set", "digest-embargo-set" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		gint64 at = time_of(page, row, kinds[i].column);
		g_autofree char *when = at > page->since ? times_long(at,
		    page->night->tools->settings->team_zone, language) : NULL;

		if (when != NULL)
			append(line, "; ", template_word(words, kinds[i].word), when);
	}
}

static void
append_days(const DigestPage *page, guint row, GHashTable *words, const char *language,
    GString *line)
{
	const char *zone = page->night->tools->settings->team_zone;
	gint64 deadline = time_of(page, row, "deadline"), embargo = time_of(page, row, "embargo");
	g_autofree char *before = deadline != 0 ? times_date(deadline, zone, language) : NULL;
	g_autofree char *closed = embargo != 0 ? times_long(embargo, zone, language) : NULL;

	if (before != NULL)
		append(line, ", ", template_word(words, deadline < page->night->now ?
		    "digest-deadline-past" : "digest-deadline"), before);
	if (closed != NULL && embargo > page->night->now)
		append(line, ", ", template_word(words, "digest-embargo"), closed);
}

static char *
line_of(const DigestPage *page, const DigestCase *one, GHashTable *words, const char *language)
{
	const char *severity = rows_text(page->cases, one->row, "severity");
	GString *line = g_string_new(NULL);

	if (is_word(page, one->row, "tlp", "RED"))
		return g_string_free(g_string_append(line, template_word(words, "digest-red")), FALSE);
	if (severity != NULL)
		append(line, ", ", template_word(words, severity), NULL);
	append(line, ", ", is_settled(page, one->row) ?
	    template_word_of(words, "digest-status", rows_text(page->cases, one->row, "status")) :
	    template_word_of(words, "digest-state", rows_text(page->cases, one->row, "state")), NULL);
	if (!one->over) {
		append_days(page, one->row, words, language, line);
		append_news(page, one->row, words, language, line);
	}
	return g_string_free(line, FALSE);
}

typedef bool (*Belongs)(const DigestCase *one);

static bool
is_yours(const DigestCase *one)
{
	return one->yours && !one->over;
}

static bool
is_ours(const DigestCase *one)
{
	return !one->yours && !one->over;
}

static bool
is_over(const DigestCase *one)
{
	return one->over;
}

/* "2 cases wait for you", or for one, "1 case waits for you". */
static void
begin_section(Overview *overview, GHashTable *words, const char *key, guint count)
{
	g_autofree char *one = g_strconcat(key, "-one", NULL);
	g_autofree char *title = g_strdup_printf("%u %s", count,
	    template_word(words, count == 1 ? one : key));

	overview_section(overview, title);
}

static void
tell_some(const DigestPage *page, GHashTable *words, const char *language, const char *key,
    Belongs belongs, Overview *overview)
{
	guint count = 0;

	for (guint i = 0; i < page->shown->len; i++)
		count += belongs(&g_array_index(page->shown, DigestCase, i));
	if (count > 0)
		begin_section(overview, words, key, count);
	for (guint i = 0; i < page->shown->len; i++) {
		const DigestCase *one = &g_array_index(page->shown, DigestCase, i);
		g_autofree char *line = belongs(one) ? line_of(page, one, words, language) : NULL;

		if (line != NULL)
			overview_row(overview, rows_text(page->cases, one->row, "tag"), line);
	}
}

void
digest_cases_tell(const DigestPage *page, GHashTable *words, const char *language,
    Overview *overview)
{
	guint open = 0;

	for (guint i = 0; i < page->shown->len; i++)
		open += !g_array_index(page->shown, DigestCase, i).over;
	tell_some(page, words, language, "digest-yours", is_yours, overview);
	tell_some(page, words, language, "digest-ours", is_ours, overview);
	tell_some(page, words, language, "digest-over", is_over, overview);
	if (!page->night->whole && page->standing > 0)
		begin_section(overview, words, open > 0 ? "digest-more" : "digest-open", page->standing);
}
