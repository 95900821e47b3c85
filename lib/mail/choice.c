/* choice - see choice.h */

#include "choice.h"

#include <string.h>

/* What people and their programs put around one word, and between two: "Ja, graag!" */
#define MARKS " \t.,;:!)(*_\"'"
#define BETWEEN " \t.,;!"

/* One blank between words. */
static void
join_words(char *line)
{
	char *to = line;

	for (const char *at = line; *at != '\0';) {
		gsize between = strspn(at, BETWEEN);

		*to++ = between > 0 ? ' ' : *at;
		at += MAX(between, 1);
	}
	*to = '\0';
}

char *
choice_line(const char *own)
{
	g_auto(GStrv) lines = g_strsplit(own, "\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		char *start = *line + strspn(*line, MARKS);

		for (gsize end = strlen(start); end > 0 && strchr(MARKS, start[end - 1]) != NULL; end--)
			start[end - 1] = '\0';
		if (*start == '\0')
			continue;
		join_words(start);
		return g_utf8_strdown(start, -1);
	}
	return g_strdup("");
}

bool
choice_among(const char *line, const char *words)
{
	g_auto(GStrv) all = g_strsplit(words != NULL ? words : "", ",", -1);

	if (line[0] == '\0')
		return false;
	for (char **word = all; *word != NULL; word++) {
		g_autofree char *small = g_utf8_strdown(g_strstrip(*word), -1);

		if (strcmp(line, small) == 0)
			return true;
	}
	return false;
}

guint
choice_read(const char *own, const char *const words[CHOICES])
{
	g_autofree char *line = choice_line(own);

	for (guint i = 0; i < CHOICES; i++) {
		const char number[] = { (char)('1' + i), '\0' };

		if (strcmp(line, number) == 0 || choice_among(line, words[i]))
			return i + 1;
	}
	return 0;
}
