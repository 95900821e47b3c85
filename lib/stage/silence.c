/* silence - see silence.h */

#include "silence.h"

#include "address.h"

/* Classes nobody is answered to by a machine. */
static bool
class_is_silent(const char *class)
{
	static const char *const silent[] = {
		"automatic", "bounce", "extortion", "feed", "spam", NULL
	};

	return g_strv_contains(silent, class);
}

const char *
silence_because(const Run *run)
{
	const Mail *mail = run->mail;

	if (run->before != NULL)
		return "replayed";
	if (mail->from == NULL || run->reporter == NULL)
		return "from";
	if (mail->malformed)
		return "malformed";
	if (mail->kind != MAIL_PERSONAL)
		return mail_kind_word(mail->kind);
	if (class_is_silent(run->verdict->class))
		return "class";
	if (!address_is_plain(mail->from->address))
		return "address";
	if (settings_inbox(run->tools->settings, mail->from->address) != NULL)
		return "ourselves";
	return run_is_recent(run) ? NULL : "old";
}
