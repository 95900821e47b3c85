/* silence - see silence.h */

#include "silence.h"

#include <string.h>

#include "address.h"
#include "hitback.h"
#include "lanes.h"
#include "refs.h"
#include "token.h"

/* Classes nobody is answered to by a machine. */
static bool
class_is_silent(const char *class)
{
	static const char *const silent[] = {
		"automatic", "bounce", "extortion", "feed", "spam", NULL
	};

	return g_strv_contains(silent, class);
}

/* "Re: RD-2026-7K3QX: received": from somebody who is no stranger, and begins
 * something new with the words of ours, nothing is begun. */
static bool
is_echo(const Run *run)
{
	static const char *const answers[] = { "re:", "aw:", "antw:", "auto:", "sv:" };
	const char *subject = run->mail->subject;
	g_autoptr(GPtrArray) tags = refs_tags(subject);

	if (run->reporter->id == 0 || (tags->len == 0 && strstr(subject, "[...]") == NULL))
		return false;
	for (gsize i = 0; i < G_N_ELEMENTS(answers); i++)
		if (g_ascii_strncasecmp(subject, answers[i], strlen(answers[i])) == 0)
			return true;
	return false;
}

/* A mail that goes round, or one of ours that comes in again (T-54). */
static bool
is_loop(const Run *run)
{
	const Mail *mail = run->mail;

	return mime_header_count(run->outer, "Received") > (guint)run->tools->settings->most_hops ||
	    (mail->message_id != NULL && token_is_message_id(run->tools->tokens, mail->message_id)) ||
	    is_echo(run);
}

/* Whoever asks for the press hears whom to ask, if there is anybody. */
static bool
press_is_unanswered(const Run *run)
{
	return lanes_owe_nothing(run) && run->tools->settings->team_press[0] == '\0';
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
	if (run->hitback != NULL)
		return "answer";
	if (class_is_silent(run->verdict->class) || press_is_unanswered(run))
		return "class";
	if (!address_is_plain(mail->from->address))
		return "address";
	if (settings_inbox(run->tools->settings, mail->from->address) != NULL)
		return "ourselves";
	if (is_loop(run))
		return "loop";
	return run_is_recent(run) ? NULL : "old";
}
