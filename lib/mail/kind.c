/* kind - is there a person behind a mail who may be answered? see kind.h */

#include "kind.h"

#include <string.h>

/*
 * Signs in the header, strongest first. value is how the field must begin
 * (NULL: any value will do, "!x": anything but x); those of answers count only
 * in a mail that answers one of ours, because Exchange also sets them on what
 * people write.
 */
typedef struct {
	const char *field, *value;
	MailKind kind;
	bool answers;
} Sign;

static const Sign signs[] = {
	{ "X-Failed-Recipients",	NULL,		MAIL_BOUNCE,	false },
	{ "X-Spamtrap-Challenge",	NULL,		MAIL_AUTOMATIC,	false },
	{ "X-Boxbe-Verdict",		NULL,		MAIL_AUTOMATIC,	false },
	{ "X-Delivery-Agent",		"TMDA",		MAIL_AUTOMATIC,	false },
	{ "List-Id",			NULL,		MAIL_LIST,	false },
	{ "List-Post",			NULL,		MAIL_LIST,	false },
	{ "List-Unsubscribe",		NULL,		MAIL_LIST,	false },
	{ "Mailing-List",		NULL,		MAIL_LIST,	false },
	{ "X-Mailing-List",		NULL,		MAIL_LIST,	false },
	{ "X-BeenThere",		NULL,		MAIL_LIST,	false },
	{ "Precedence",			"list",		MAIL_LIST,	false },
	{ "Auto-Submitted",		"!no",		MAIL_AUTOMATIC,	false },
	{ "Precedence",			"bulk",		MAIL_AUTOMATIC,	false },
	{ "Precedence",			"junk",		MAIL_AUTOMATIC,	false },
	{ "Precedence",			"auto",		MAIL_AUTOMATIC,	false },
	{ "X-Precedence",		"auto",		MAIL_AUTOMATIC,	false },
	{ "X-Autoreply",		"!no",		MAIL_AUTOMATIC,	false },
	{ "X-Autorespond",		NULL,		MAIL_AUTOMATIC,	false },
	{ "X-Auto-Reply-From",		NULL,		MAIL_AUTOMATIC,	false },
	{ "X-Mail-Autoreply",		NULL,		MAIL_AUTOMATIC,	false },
	{ "X-Apple-Action",		"vacation",	MAIL_AUTOMATIC,	false },
	{ "X-Auto-Response-Suppress",	"!none",	MAIL_AUTOMATIC,	true },
};

/* How subjects begin that only programs write. */
typedef struct {
	const char *start;
	MailKind kind;
} Start;

static const Start starts[] = {
	{ "automatic reply:",		MAIL_AUTOMATIC },
	{ "automatisch antwoord:",	MAIL_AUTOMATIC },
	{ "automatische antwort:",	MAIL_AUTOMATIC },
	{ "auto-reply:",		MAIL_AUTOMATIC },
	{ "autoreply:",			MAIL_AUTOMATIC },
	{ "auto reply:",		MAIL_AUTOMATIC },
	{ "auto: ",			MAIL_AUTOMATIC },
	{ "out of office:",		MAIL_AUTOMATIC },
	{ "out of office autoreply",	MAIL_AUTOMATIC },
	{ "out of the office:",		MAIL_AUTOMATIC },
	{ "afwezigheidsbericht",	MAIL_AUTOMATIC },
	{ "niet aanwezig:",		MAIL_AUTOMATIC },
	{ "abwesenheitsnotiz",		MAIL_AUTOMATIC },
	{ "[auto-reply]",		MAIL_AUTOMATIC },
	{ "undelivered mail returned to sender", MAIL_BOUNCE },
	{ "undeliverable:",		MAIL_BOUNCE },
	{ "undeliverable mail",		MAIL_BOUNCE },
	{ "undeliverable message",	MAIL_BOUNCE },
	{ "undelivered message",	MAIL_BOUNCE },
	{ "onbestelbaar:",		MAIL_BOUNCE },
	{ "unzustellbar:",		MAIL_BOUNCE },
	{ "delivery status notification", MAIL_BOUNCE },
	{ "delivery failure:",		MAIL_BOUNCE },
	{ "mail system error - returned mail", MAIL_BOUNCE },
	{ "mail delivery failed",	MAIL_BOUNCE },
	{ "mail delivery failure:",	MAIL_BOUNCE },
	{ "message delivery failure:",	MAIL_BOUNCE },
	{ "returned mail:",		MAIL_BOUNCE },
	{ "failure notice",		MAIL_BOUNCE },
	{ "warning: could not send message", MAIL_BOUNCE },
};

/* Local parts nobody reads. A postmaster is a person as well, and may report;
 * the null sender or the subject tells. */
typedef struct {
	const char *local;
	MailKind kind;
} Nobody;

static const Nobody nobodies[] = {
	{ "mailer-daemon",	MAIL_BOUNCE },
	{ "mailerdaemon",	MAIL_BOUNCE },
	{ "noreply",		MAIL_AUTOMATIC },
	{ "no-reply",		MAIL_AUTOMATIC },
	{ "no_reply",		MAIL_AUTOMATIC },
	{ "no.reply",		MAIL_AUTOMATIC },
	{ "donotreply",		MAIL_AUTOMATIC },
	{ "do-not-reply",	MAIL_AUTOMATIC },
	{ "do_not_reply",	MAIL_AUTOMATIC },
	{ "nepasrepondre",	MAIL_AUTOMATIC },
};

static bool
begins(const char *text, const char *start)
{
	return g_ascii_strncasecmp(text, start, strlen(start)) == 0;
}

static bool
is_report(const Mime *outer, MailKind *kind, char **because)
{
	g_autofree char *type = NULL;

	if (strcmp(mime_type(outer), "multipart/report") != 0)
		return false;
	type = mime_parameter(outer, "report-type");
	*because = g_strconcat("multipart/report: ", type != NULL ? type : "of no type", NULL);
	*kind = type != NULL && begins(type, "feedback") ? MAIL_AUTOMATIC : MAIL_BOUNCE;
	return true;
}

static bool
sign_holds(const Sign *sign, const Mime *outer, char **value)
{
	g_autofree char *found = mime_header(outer, sign->field);

	if (found == NULL)
		return false;
	if (sign->answers && mime_header_count(outer, "In-Reply-To") == 0)
		return false;
	if (sign->value != NULL && begins(found, sign->value + (sign->value[0] == '!')) ==
	    (sign->value[0] == '!'))
		return false;
	*value = g_steal_pointer(&found);
	return true;
}

static bool
has_sign(const Mime *outer, MailKind *kind, char **because)
{
	for (gsize i = 0; i < G_N_ELEMENTS(signs); i++) {
		g_autofree char *value = NULL;

		if (!sign_holds(&signs[i], outer, &value))
			continue;
		*kind = signs[i].kind;
		*because = g_strdup_printf("%s: %.100s", signs[i].field, value);
		return true;
	}
	return false;
}

static bool
has_start(const char *subject, MailKind *kind, char **because)
{
	for (gsize i = 0; i < G_N_ELEMENTS(starts); i++)
		if (begins(subject, starts[i].start)) {
			*kind = starts[i].kind;
			*because = g_strdup_printf("Subject: %s", starts[i].start);
			return true;
		}
	return false;
}

static bool
is_nobody(const Mailbox *from, MailKind *kind, char **because)
{
	for (gsize i = 0; from != NULL && i < G_N_ELEMENTS(nobodies); i++)
		if (begins(from->address, nobodies[i].local) &&
		    strchr("@+-._", from->address[strlen(nobodies[i].local)]) != NULL) {
			*kind = nobodies[i].kind;
			*because = g_strdup_printf("From: %s", nobodies[i].local);
			return true;
		}
	return false;
}

/* The sender of the envelope; where it is not known, what the last delivery
 * wrote down. That field can be forged, but all it can do is keep us silent. */
static bool
sender_is_null(const Mime *outer, const char *sender)
{
	g_autofree char *path = sender == NULL ? mime_header(outer, "Return-Path") : NULL;

	if (sender != NULL)
		return sender[0] == '\0' || strcmp(sender, "<>") == 0 || begins(sender, "mailer-daemon");
	return path != NULL && strcmp(path, "<>") == 0;
}

MailKind
kind_of(const Mime *outer, const Mailbox *from, const char *subject, const char *sender,
    char **because)
{
	MailKind kind = MAIL_PERSONAL;
	MailKind start = MAIL_PERSONAL;
	g_autofree char *start_because = NULL;
	bool robot = has_start(subject, &start, &start_because);

	/* A bounce often bears the signs of automatic mail as well; its
	 * subject says more. */
	if (is_report(outer, &kind, because))
		return kind;
	if (!robot || start != MAIL_BOUNCE)
		if (has_sign(outer, &kind, because))
			return kind;
	if (robot) {
		*because = g_steal_pointer(&start_because);
		return start;
	}
	if (is_nobody(from, &kind, because))
		return kind;
	if (sender_is_null(outer, sender)) {
		*because = g_strdup("null sender");
		return MAIL_BOUNCE;
	}
	*because = g_strdup("");
	return MAIL_PERSONAL;
}
