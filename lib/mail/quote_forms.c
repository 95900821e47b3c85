/* quote_forms - how programs introduce what is old; see quote.h */

#include "quote.h"

#include <string.h>

#define MOST_LINES 3		/* of an attribution that was broken */
#define MOST_LENGTH 400
#define RULE_LENGTH 10		/* dashes or underlines over Outlook's block */

/* An attribution begins with one of these words, */
static const char *const starts[] = {
	"On ", "Op ", "Am ", "At ", "Le ", "El ", "Il ", "Den ", "Dnia ", "W dniu ",
	"Quoting ", "Citeren ",
};
/* and ends with one of these, or has it in its middle: "Op 3 mei schreef Ann:". */
static const char *const verbs[] = {
	"wrote", "writes", "schreef", "schrieb", "geschreven", "geschrieben", "escribi\xc3\xb3",
	"a \xc3\xa9\x63rit", "ha scritto", "skrev", "kirjoitti", "napisa\xc5\x82", "napisa\xc5\x82(a)",
	"\xd0\xbd\xd0\xb0\xd0\xbf\xd0\xb8\xd1\x81\xd0\xb0\xd0\xbb",
};

/* What stands between dashes above something old, lower case. */
static const char *const dividers[] = {
	"original message", "oorspronkelijk bericht", "urspr\xc3\xbcngliche nachricht",
	"mensaje original", "message d'origine", "message original", "messaggio originale",
	"forwarded message", "doorgestuurd bericht", "weitergeleitete nachricht",
};

/* The first line of the block Outlook puts there, and the others. */
static const char *const first_fields[] = {
	"From", "Van", "Von", "De", "Da", "Fr\xc3\xa5n", "Fra",
};
static const char *const more_fields[] = {
	"Sent", "Date", "To", "Cc", "CC", "Bcc", "Subject", "Reply-To", "Importance",
	"Verzonden", "Datum", "Aan", "Onderwerp", "Urgentie", "Antwoord aan",
	"Gesendet", "An", "Betreff", "Wichtigkeit", "Antwort an",
	"Envoy\xc3\xa9", "\xc3\x80", "Objet", "Enviado", "Para", "Asunto",
	"Data", "Inviato", "A", "Oggetto", "Risposta", "Skickat", "Till", "\xc3\x84mne",
};

static bool
starts_any(const char *line, const char *const *words, gsize count)
{
	for (gsize i = 0; i < count; i++)
		if (g_str_has_prefix(line, words[i]))
			return true;
	return false;
}

static bool
is_start(const char *line)
{
	return starts_any(line, starts, G_N_ELEMENTS(starts));
}

/* A time of the day: 15:36, 18.30. */
static bool
has_time(const char *line)
{
	for (const char *at = line; *at != '\0'; at++)
		if (g_ascii_isdigit(at[0]) && (at[1] == ':' || at[1] == '.') &&
		    g_ascii_isdigit(at[2]) && g_ascii_isdigit(at[3]) && !g_ascii_isdigit(at[4]))
			return true;
	return false;
}

static bool
has_address(const char *line)
{
	const char *at = strchr(line, '@');

	return at != NULL && at > line && g_ascii_isalnum(at[-1]) && g_ascii_isalnum(at[1]);
}

/* Behind its last word there may be a colon, in French with a blank before. */
static bool
ends_in_verb(const char *line, bool *colon)
{
	g_autofree char *bare = g_strchomp(g_strdup(line));

	*colon = g_str_has_suffix(bare, ":");
	if (*colon)
		bare[strlen(bare) - 1] = '\0';
	if (g_str_has_suffix(bare, "\xc2\xa0"))
		bare[strlen(bare) - 2] = '\0';
	g_strchomp(bare);
	for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
		gsize before = strlen(bare) - MIN(strlen(bare), strlen(verbs[i]));

		if (before > 0 && bare[before - 1] == ' ' && strcmp(bare + before, verbs[i]) == 0)
			return true;
	}
	return false;
}

static bool
has_verb(const char *line)
{
	for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
		g_autofree char *word = g_strdup_printf(" %s ", verbs[i]);

		if (strstr(line, word) != NULL)
			return true;
	}
	return false;
}

static bool
has_number(const char *line)
{
	return line[strcspn(line, "0123456789")] != '\0';
}

/* "2016-10-24 15:36 GMT+02:00 Ann <ann@x.example>:" has no verb at all. */
static bool
is_attribution(const char *line)
{
	bool colon, verb = ends_in_verb(line, &colon), start = is_start(line);
	bool sure = start || has_address(line) || has_time(line);

	if (verb && (colon ? sure : start && has_time(line)))
		return true;
	return colon && sure && ((has_verb(line) && has_number(line)) ||
	    (has_time(line) && g_str_has_suffix(line, ">:")));
}

/* In a language whose words for a day we do not know, it is the line over a quote. */
static bool
is_over_quote(char **lines)
{
	bool colon, verb = ends_in_verb(lines[0], &colon);
	char **below = lines + 1;

	while (*below != NULL && (*below)[0] == '\0')
		below++;
	return verb && colon && *below != NULL && (*below)[0] == '>';
}

guint
quote_attribution(char **lines)
{
	g_autoptr(GString) joined = g_string_new(lines[0]);

	if (is_over_quote(lines))
		return 1;
	if (!is_start(lines[0]) && !has_address(lines[0]) && !has_time(lines[0]))
		return 0;
	for (guint count = 1; joined->len < MOST_LENGTH; count++) {
		const char *next = lines[count];

		if (is_attribution(joined->str))
			return count;
		if (count == MOST_LINES || next == NULL || strchr(">/", next[0]) != NULL || is_start(next))
			return 0;
		g_string_append_printf(joined, "%s%s", g_str_has_suffix(joined->str, " ") ? "" : " ", next);
	}
	return 0;
}

static bool
is_divider(const char *line)
{
	g_autofree char *lower = g_utf8_strdown(line, -1);
	gsize behind;
	char *words = lower + strspn(lower, " *"), *end;

	if (!g_str_has_prefix(words, "----"))
		return false;
	words += strspn(words, "- ");
	if (g_str_has_prefix(words, "on ") && strstr(words, " wrote ----") != NULL)
		return true;
	end = strstr(words, "--");
	behind = end != NULL ? (gsize)(end - words) : strlen(words);
	words[behind] = '\0';
	g_strchomp(words);
	for (gsize i = 0; i < G_N_ELEMENTS(dividers); i++)
		if (strcmp(words, dividers[i]) == 0)
			return true;
	return false;
}

/* A field of a header as people are shown it: "Onderwerp: ...", maybe in bold. */
static bool
is_field(const char *line, const char *const *names, gsize count)
{
	const char *name = line + strspn(line, "* ");
	const char *colon = strchr(name, ':');
	gsize length = colon != NULL ? (gsize)(colon - name) : 0;

	while (length > 0 && strchr("* ", name[length - 1]) != NULL)
		length--;
	for (gsize i = 0; i < count; i++)
		if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0)
			return true;
	return false;
}

static bool
is_first_field(const char *line)
{
	return is_field(line, first_fields, G_N_ELEMENTS(first_fields));
}

static bool
is_more_field(const char *line)
{
	return is_field(line, more_fields, G_N_ELEMENTS(more_fields));
}

static guint
fields(char **lines)
{
	guint length = 1;

	if (!is_first_field(lines[0]) || lines[1] == NULL || !is_more_field(lines[1]))
		return 0;
	while (lines[length] != NULL && (is_first_field(lines[length]) || is_more_field(lines[length])))
		length++;
	return length;
}

/* A line drawn across: nothing but dashes or underlines. */
static bool
is_rule(const char *line)
{
	const char *at = line + strspn(line, " ");
	gsize length = strspn(at, at[0] == '_' ? "_" : "-");

	return length >= RULE_LENGTH && at[length + strspn(at + length, " ")] == '\0';
}

guint
quote_block(char **lines)
{
	guint above = 0, length;

	if (is_divider(lines[0]))
		return 1;
	if (is_rule(lines[0]))
		for (above = 1; lines[above] != NULL && lines[above][0] == '\0';)
			above++;
	if (lines[above] == NULL)
		return 0;
	length = fields(lines + above);
	return length > 0 ? above + length : 0;
}
