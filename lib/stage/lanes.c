/* lanes - see lanes.h */

#include "lanes.h"

#include <string.h>

#include "concern.h"
#include "persons.h"
#include "template.h"

static bool
is_class(const Run *run, const char *class)
{
	return strcmp(run->verdict->class, class) == 0;
}

static bool
is_report(const Run *run)
{
	return is_class(run, "vulnerability") || is_class(run, "leak") || is_class(run, "incident");
}

bool
lanes_owe_nothing(const Run *run)
{
	return is_class(run, "media");
}

static void
line(GHashTable *words, const char *key, const char *more, GString *out)
{
	g_string_append_printf(out, "%s%s%s\n", template_word(words, key), more != NULL ? " " : "",
	    more != NULL ? more : "");
}

/* What an extortioner wrote may be evidence one day: which bytes they were is
 * said to those who hear of it first. */
static void
extortion(const Run *run, GHashTable *words, GString *out)
{
	line(words, "lane-frozen", run->sha256, out);
	line(words, "lane-extortion", NULL, out);
}

static void
press(const Run *run, GHashTable *words, GString *out)
{
	const char *contact = run->tools->settings->team_press;

	line(words, "lane-media", contact[0] != '\0' ? contact : template_word(words, "none"), out);
}

/* "! 2 numbers pass the BSN test" */
static void
persons(const Run *run, GHashTable *words, GString *out)
{
	Personal sum = persons_sum(run->persons);

	for (guint kind = 0; kind < PERSONAL_KINDS; kind++) {
		g_autofree char *key = g_strdup_printf("personal-%s%s", personal_word((PersonalKind)kind),
		    sum.count[kind] == 1 ? "-one" : "");

		if (sum.count[kind] > 0)
			g_string_append_printf(out, "! %u %s\n", sum.count[kind], template_word(words, key));
	}
	if (personal_any(&sum))
		line(words, "lane-personal", NULL, out);
}

void
lanes_tell(const Run *run, GHashTable *words, GString *out)
{
	bool is_new = run->placement.place == PLACE_NEW;

	if (is_class(run, "extortion"))
		extortion(run, words, out);
	if (is_class(run, "media"))
		press(run, words, out);
	if (is_new && is_class(run, "question"))
		line(words, "lane-enduser", NULL, out);
	if (is_new && is_report(run) && run->matches->len == 0)
		concern_outside(run, words, out);
	persons(run, words, out);
}
