/* redraw - see redraw.h */

#include "redraw.h"

#include "file.h"
#include "spawn.h"

#define PROGRAM "libexec/sluis/redraw"
#define MOST_OUTPUT (32 * 1024 * 1024)
#define SECONDS 25	/* it has 20 of its own, if it gets the processor */

static const char *const types[] = { "image/png", "image/jpeg", "application/pdf", NULL };

/* What is over the bound comes out cut, so one byte more than it is asked for. */
static GBytes *
redraw(const char *act, GBytes *bytes, const char *type)
{
	g_autofree char *program = file_installed(PROGRAM);
	g_autoptr(GBytes) result = NULL;
	const char *argv[] = { program, act, type, NULL };
	const Spawn spawn = { .argv = argv, .input = bytes, .most_output = MOST_OUTPUT + 1,
		.seconds = SECONDS };

	if (!g_strv_contains(types, type) || !spawn_check(&spawn, &result, NULL))
		return NULL;
	return g_bytes_get_size(result) <= MOST_OUTPUT ? g_steal_pointer(&result) : NULL;
}

GBytes *
redraw_clean(GBytes *bytes, const char *type)
{
	return redraw("clean", bytes, type);
}

GBytes *
redraw_words(GBytes *bytes, const char *type)
{
	return redraw("words", bytes, type);
}
