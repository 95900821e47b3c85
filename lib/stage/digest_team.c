/* digest_team - see digest_team.h */

#include "digest_team.h"

#include <string.h>

#include "clocks.h"
#include "digests.h"
#include "dispatch.h"
#include "team.h"
#include "template.h"
#include "times.h"

/* One night's digest in the making. */
typedef struct {
	const Night *night;
	GHashTable *words;
	Rows *lines, *clocks;
	Overview *overview;
} Digest;

static void
digest_clear(Digest *digest)
{
	g_clear_pointer(&digest->words, g_hash_table_unref);
	g_clear_pointer(&digest->lines, rows_free);
	g_clear_pointer(&digest->clocks, rows_free);
	g_clear_pointer(&digest->overview, overview_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Digest, digest_clear)

static char *
moment(const Digest *digest, gint64 time)
{
	const Settings *settings = digest->night->tools->settings;

	return times_long(time, settings->team_zone, settings->team_language);
}

static void
begin_section(const Digest *digest, const char *section, guint count)
{
	g_autofree char *key = g_strconcat("team-", section, NULL);
	g_autofree char *title = g_strdup_printf("%s: %u", template_word(digest->words, key), count);

	overview_section(digest->overview, title);
}

static bool
is_over(const Digest *digest, guint row)
{
	return !rows_bool(digest->clocks, row, "met") &&
	    rows_time(digest->clocks, row, "due") <= digest->night->now;
}

static void
tell_overdue(const Digest *digest)
{
	guint count = 0;

	for (guint i = 0; i < rows_count(digest->clocks); i++)
		count += is_over(digest, i);
	if (count > 0)
		begin_section(digest, "over", count);
	for (guint i = 0; i < rows_count(digest->clocks); i++) {
		const char *owner = rows_text(digest->clocks, i, "owner");
		g_autofree char *due = NULL, *line = NULL;

		if (!is_over(digest, i))
			continue;
		due = moment(digest, rows_time(digest->clocks, i, "due"));
		line = g_strdup_printf("%s, %s%s%s", template_word_of(digest->words, "clock",
		    rows_text(digest->clocks, i, "kind")), due, owner != NULL ? ", " : "",
		    owner != NULL ? owner : "");
		overview_row(digest->overview, rows_text(digest->clocks, i, "tag"), line);
	}
}

static bool
is_of(const Digest *digest, guint row, const char *section)
{
	return strcmp(rows_text(digest->lines, row, "section"), section) == 0;
}

/* "high, ann, 24 November 2026, 02:11": what there is of it. */
static char *
line_of(const Digest *digest, guint row, const char *section)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
	const char *word = rows_text(digest->lines, row, "word"), *who = rows_text(digest->lines, row, "who");
	bool counts = rows_null(digest->lines, row, "at");

	if (counts)
		g_ptr_array_add(parts, g_strdup_printf("%" G_GINT64_FORMAT,
		    rows_int(digest->lines, row, "number")));
	if (strcmp(section, "held") == 0)
		g_ptr_array_add(parts, g_strdup_printf("%s %" G_GINT64_FORMAT, who,
		    rows_int(digest->lines, row, "number")));
	if (word != NULL && !counts)
		g_ptr_array_add(parts, g_strdup(template_word(digest->words, word)));
	if (who != NULL && strcmp(section, "held") != 0)
		g_ptr_array_add(parts, g_strdup(who));
	if (strcmp(section, "audit") == 0)
		g_ptr_array_add(parts, g_strdup_printf("#%" G_GINT64_FORMAT,
		    rows_int(digest->lines, row, "number")));
	if (!counts)
		g_ptr_array_add(parts, moment(digest, rows_time(digest->lines, row, "at")));
	g_ptr_array_add(parts, NULL);
	return g_strjoinv(", ", (char **)parts->pdata);
}

static const char *
name_of(const Digest *digest, guint row)
{
	const char *tag = rows_text(digest->lines, row, "tag");
	const char *word = rows_text(digest->lines, row, "word");

	if (tag != NULL)
		return tag;
	if (is_of(digest, row, "health"))
		return template_word_of(digest->words, "team-health", word);
	return word != NULL && !is_of(digest, row, "held") ?
	    template_word_of(digest->words, "class", word) : "-";
}

static void
tell_section(const Digest *digest, const char *section)
{
	guint count = 0;

	for (guint i = 0; i < rows_count(digest->lines); i++)
		count += is_of(digest, i, section);
	if (count > 0)
		begin_section(digest, section, count);
	for (guint i = 0; i < rows_count(digest->lines); i++) {
		g_autofree char *line = is_of(digest, i, section) ? line_of(digest, i, section) : NULL;

		if (line != NULL)
			overview_row(digest->overview, name_of(digest, i), line);
	}
}

static void
tell_all(const Digest *digest)
{
	static const char *const behind[] = { "held", "waits", "robots", "health", "audit" };

	tell_section(digest, "new");
	tell_overdue(digest);
	for (gsize i = 0; i < G_N_ELEMENTS(behind); i++)
		tell_section(digest, behind[i]);
}

static bool
write_letters(const Digest *digest, GPtrArray *letters, GError **error)
{
	const Settings *settings = digest->night->tools->settings;
	g_autofree char *lines = overview_text(digest->overview);
	g_autofree char *day = times_date(digest->night->now, settings->team_zone, settings->team_language);
	g_autofree char *cause = g_strdup_printf("digest %s", digest->night->day);
	g_autoptr(GHashTable) values = g_hash_table_new(g_str_hash, g_str_equal);
	const TeamLetter letter = {
		.kind = "digest", .cause = cause, .template = "digest-team", .values = values,
	};

	g_hash_table_insert(values, (gpointer)"day", day);
	g_hash_table_insert(values, (gpointer)"lines",
	    (gpointer)(*lines != '\0' ? lines : template_word(digest->words, "team-nothing")));
	return team_tell(digest->night->tools, digest->night->db, &letter, letters, error) &&
	    dispatch_finish(digest->night->tools, letters, error);
}

/* One that would be held for want of a key is of no use on the day there is one. */
static bool
file_one(const Night *night, Dispatch *letter, GError **error)
{
	return letter->held != NULL || dispatch_file(night->tools, night->db, letter, error);
}

static bool
file_letters(const Night *night, GPtrArray *letters, GError **error)
{
	bool fresh = false, filed = db_begin(night->db, error) &&
	    digests_end_night(night->db, night->day, night->now, &fresh, error);

	for (guint i = 0; filed && fresh && i < letters->len; i++)
		filed = file_one(night, g_ptr_array_index(letters, i), error);
	if (filed && db_commit(night->db, error))
		return true;
	db_rollback(night->db);
	return false;
}

static bool
look(Digest *digest, bool *due, GError **error)
{
	const Settings *settings = digest->night->tools->settings;
	gint64 last = 0;
	Night before;

	if (!digests_last_night(digest->night->db, &last, error))
		return false;
	night_begin(&before, digest->night->tools, digest->night->db, last);
	*due = last == 0 || strcmp(before.day, digest->night->day) < 0;
	night_clear(&before);
	if (!*due)
		return true;
	digest->words = template_words(settings->text_folder, settings->team_language, error);
	digest->lines = digest->words == NULL ? NULL : digests_team(digest->night->db,
	    last != 0 ? last : digest->night->now - G_TIME_SPAN_DAY, error);
	digest->clocks = digest->lines == NULL ? NULL : clocks_list(digest->night->db, 0, error);
	digest->overview = overview_new();
	return digest->clocks != NULL;
}

bool
digest_team(const Night *night, GError **error)
{
	g_auto(Digest) digest = { .night = night };
	g_autoptr(GPtrArray) letters = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);
	bool due;

	if (!look(&digest, &due, error))
		return false;
	if (!due)
		return true;
	tell_all(&digest);
	return write_letters(&digest, letters, error) && file_letters(night, letters, error);
}
