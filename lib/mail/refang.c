/* refang - addresses made harmless for mail, made whole again; see refang.h */

#include "refang.h"

#include <stdbool.h>
#include <string.h>

typedef struct {
	const char *fanged, *whole;
	bool word;		/* only at the start of a word */
} Fang;

static const Fang fangs[] = {
	{ "hxxps", "https", true }, { "hxxp", "http", true }, { "fxp:", "ftp:", true },
	{ "[.]", ".", false }, { "(.)", ".", false }, { "{.}", ".", false },
	{ "[dot]", ".", false }, { "(dot)", ".", false }, { "{dot}", ".", false },
	{ "[punt]", ".", false }, { "(punt)", ".", false },
	{ "[://]", "://", false }, { "[:]", ":", false },
	{ "[at]", "@", false }, { "(at)", "@", false }, { "[@]", "@", false },
};

static const Fang *
fang_at(const char *at, bool word)
{
	/* All of them begin with one of these; most text is none. */
	if (strchr("hHfF[({", *at) == NULL)
		return NULL;
	for (gsize i = 0; i < G_N_ELEMENTS(fangs); i++)
		if ((word || !fangs[i].word) &&
		    g_ascii_strncasecmp(at, fangs[i].fanged, strlen(fangs[i].fanged)) == 0)
			return &fangs[i];
	return NULL;
}

char *
refang(const char *text, gsize length)
{
	g_autofree char *copy = g_strndup(text, length);
	GString *whole = g_string_sized_new(length);
	const char *at = copy;

	while (*at != '\0') {
		const Fang *fang = fang_at(at, at == copy || !g_ascii_isalnum(at[-1]));

		if (fang == NULL) {
			g_string_append_c(whole, *at++);
			continue;
		}
		at += strlen(fang->fanged);
		/* "evil [.] example" has blanks on both sides. */
		if (!fang->word && *at == ' ' && whole->len > 0 && whole->str[whole->len - 1] == ' ') {
			g_string_truncate(whole, whole->len - 1);
			at++;
		}
		g_string_append(whole, fang->whole);
	}
	return g_string_free(whole, FALSE);
}
