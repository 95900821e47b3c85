/* quote - what a sender wrote now, without what was written before; see quote.h */

#include "quote.h"

#include <string.h>
#include <glib.h>

/* An attribution begins with one of these words and ends with one of those,
 * on one line or two. */
static const char *const attribution_starts[] = {
	"On ", "Op ", "Am ", "Le ", "El ", "Il ", "Den ", "Quoting ", "Citeren ",
};
static const char *const attribution_ends[] = {
	" wrote:", " schreef:", " schrieb:", " geschreven:", " writes:",
	" geschrieben:", " escribi\xc3\xb3:", " \xc3\xa9" "crit :", " \xc3\xa9" "crit:", " ha scritto:",
};
/* "Op 3 mei schreef Ann <ann@x>:" has its verb in the middle. */
static const char *const attribution_verbs[] = { " schreef ", " schrieb ", " wrote " };

/* A line above something old. */
static const char *const dividers[] = {
	"-----Original Message-----", "-----Oorspronkelijk bericht-----",
	"-----Urspr\xc3\xbcngliche Nachricht-----", "----- Original Message -----",
	"----- Oorspronkelijk bericht -----",
};

/* The first two lines of Outlook's block. */
static const char *const block_first[] = { "From:", "Van:", "Von:", "*From:*", "*Van:*", "*Von:*" };
static const char *const block_second[] = {
	"Sent:", "Date:", "To:", "Verzonden:", "Datum:", "Aan:", "Gesendet:", "An:",
	"*Sent:*", "*Date:*", "*Verzonden:*", "*Datum:*", "*Gesendet:*",
};

static const char *const answers[] = { "Re:", "RE:", "AW:", "Aw:", "Antw:", "Betr:", "Betreft:" };
static const char *const forwards[] = { "Fw:", "Fwd:", "FW:", "Doorst:", "Doorgestuurd:", "WG:", "TR:", "[Fwd:" };

/* And those that stand below them. */
static const char *const block_more[] = {
	"Cc:", "CC:", "Subject:", "Onderwerp:", "Betreff:", "Importance:", "Urgentie:",
	"*Cc:*", "*To:*", "*Aan:*", "*An:*", "*Subject:*", "*Onderwerp:*", "*Betreff:*",
};

static bool
starts_any(const char *line, const char *const *starts, gsize count)
{
	for (gsize i = 0; i < count; i++)
		if (g_str_has_prefix(line, starts[i]))
			return true;
	return false;
}

static bool
ends_attribution(const char *line)
{
	for (gsize i = 0; i < G_N_ELEMENTS(attribution_ends); i++)
		if (g_str_has_suffix(line, attribution_ends[i]))
			return true;
	for (gsize i = 0; g_str_has_suffix(line, ":") && i < G_N_ELEMENTS(attribution_verbs); i++)
		if (strstr(line, attribution_verbs[i]) != NULL)
			return true;
	return false;
}

guint
quote_attribution(char **lines)
{
	g_autofree char *both = NULL;

	if (!starts_any(lines[0], attribution_starts, G_N_ELEMENTS(attribution_starts)))
		return 0;
	if (ends_attribution(lines[0]))
		return 1;
	if (lines[1] == NULL || strlen(lines[0]) > 200)
		return 0;
	both = g_strconcat(lines[0], " ", lines[1], NULL);
	return ends_attribution(both) ? 2 : 0;
}

/* A field of a header as people are shown it: "Onderwerp: ...", in bold. */
static bool
is_field(const char *line)
{
	return starts_any(line, block_first, G_N_ELEMENTS(block_first)) ||
	    starts_any(line, block_second, G_N_ELEMENTS(block_second)) ||
	    starts_any(line, block_more, G_N_ELEMENTS(block_more));
}

guint
quote_block(char **lines)
{
	guint length = 0;

	if (starts_any(lines[0], dividers, G_N_ELEMENTS(dividers)))
		return 1;
	if (!starts_any(lines[0], block_first, G_N_ELEMENTS(block_first)) || lines[1] == NULL ||
	    !starts_any(lines[1], block_second, G_N_ELEMENTS(block_second)))
		return 0;
	while (lines[length] != NULL && is_field(lines[length]))
		length++;
	return length;
}

char *
quote_strip(const char *text, QuoteManner manner)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autoptr(GString) own = g_string_new(NULL);

	if (manner == QUOTE_FORWARD)
		return g_strstrip(g_strdup(text));
	for (char **line = lines; *line != NULL; line++) {
		guint attribution = quote_attribution(line);

		if (strcmp(*line, "-- ") == 0 || strcmp(*line, "--") == 0)
			break;
		if (manner == QUOTE_ANSWER && quote_block(line) > 0)
			break;
		if (attribution > 0)
			line += attribution - 1;
		else if ((*line)[0] != '>')
			g_string_append_printf(own, "%s\n", *line);
	}
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
