/* act_show - what is only looked at; see act.h */

#include "act.h"

#include <string.h>

/* How each verb is written, and what it does. */
static void
show_verb(Acting *acting, Verb verb)
{
	g_autofree char *key = g_strconcat("verb-", verb_name(verb), NULL);

	g_string_append_printf(acting->shown, "%-34s %s\n", verb_usage(verb), acting_word(acting, key));
}

bool
act_help(Acting *acting, const Command *command, GError **error)
{
	const char *name = command->words->len > 0 ? g_ptr_array_index(command->words, 0) : NULL;
	gsize before = acting->shown->len;

	(void)error;
	if (name != NULL && name[0] == '/')
		name++;
	for (guint verb = 0; verb < VERBS; verb++)
		if (name == NULL || g_ascii_strcasecmp(name, verb_name((Verb)verb)) == 0)
			show_verb(acting, (Verb)verb);
	return acting->shown->len > before ? true : acting_refuse(acting, "refused-unknown", name);
}
