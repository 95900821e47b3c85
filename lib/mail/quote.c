/* quote - what a sender wrote now, without what was written before; see quote.h */

#include "quote.h"

#include <string.h>
#include <glib.h>

static const char *const answers[] = { "Re:", "RE:", "AW:", "Aw:", "Antw:", "Betr:", "Betreft:" };
static const char *const forwards[] = { "Fw:", "Fwd:", "FW:", "Doorst:", "Doorgestuurd:", "WG:", "TR:", "[Fwd:" };

/* What telephones put under what was written with them. */
static const char *const devices[] = {
	"Sent from my ", "Sent from Outlook", "Sent from Mail", "Sent from Proton", "Get Outlook for ",
	"Get [Outlook for ", "Sent with ", "Sent via ", "Verzonden vanaf ", "Verzonden met ",
	"Verstuurd vanaf ", "Verstuurd met ", "Outlook voor ", "Von meinem ", "Gesendet von ",
	"Gesendet mit ", "Envoy\xc3\xa9 de", "Envoy\xc3\xa9 \xc3\xa0 partir de ", "Diese Nachricht wurde von meinem ",
};
#define DEVICE_LENGTH 90

static bool
starts_any(const char *line, const char *const *starts, gsize count)
{
	for (gsize i = 0; i < count; i++)
		if (g_str_has_prefix(line, starts[i]))
			return true;
	return false;
}

bool
quote_device(const char *line)
{
	return strlen(line) <= DEVICE_LENGTH && starts_any(line, devices, G_N_ELEMENTS(devices));
}

static bool
is_dashes(const char *line)
{
	return strcmp(line, "-- ") == 0 || strcmp(line, "--") == 0;
}

/* Some programs quote without a mark: what stands under their attribution is
 * old to the end. */
static bool
is_unmarked(char **below)
{
	while (*below != NULL && (*below)[strspn(*below, " \t")] == '\0')
		below++;
	return *below != NULL && (*below)[0] != '>';
}

bool
quote_is_rest(char **lines)
{
	guint attribution = quote_attribution(lines);

	return quote_block(lines) > 0 || quote_device(lines[0]) ||
	    (attribution > 0 && is_unmarked(lines + attribution));
}

static bool
is_blank(const GString *text)
{
	return text->str[strspn(text->str, " \t\n")] == '\0';
}

char *
quote_strip(const char *text, QuoteManner manner)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autoptr(GString) own = g_string_new(NULL);

	if (manner == QUOTE_FORWARD)
		return g_strstrip(g_strdup(text));
	for (char **line = lines; *line != NULL && !is_dashes(*line); line++) {
		guint attribution = quote_attribution(line);

		/* With nothing above an attribution one cannot know. */
		if (manner == QUOTE_ANSWER && quote_is_rest(line) && !(attribution > 0 && is_blank(own)))
			break;
		if (attribution > 0)
			line += attribution - 1;
		else if ((*line)[0] != '>' && !quote_device(*line))
			g_string_append_printf(own, "%s\n", *line);
	}
	return g_strdup(g_strstrip(own->str));
}

char *
quote_above(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autoptr(GString) own = g_string_new(NULL);

	for (char **line = lines; *line != NULL && quote_block(line) == 0 && quote_attribution(line) == 0; line++)
		if ((*line)[0] != '>')
			g_string_append_printf(own, "%s\n", *line);
	return g_strdup(g_strstrip(own->str));
}

QuoteManner
quote_manner(const char *subject, bool references)
{
	if (starts_any(subject, forwards, G_N_ELEMENTS(forwards)))
		return QUOTE_FORWARD;
	if (references || starts_any(subject, answers, G_N_ELEMENTS(answers)))
		return QUOTE_ANSWER;
	return QUOTE_FIRST;
}
