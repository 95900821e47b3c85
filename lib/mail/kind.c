/* kind - is there a person behind a mail who may be answered? see kind.h */

#include "kind.h"

#include <string.h>

#include "bounce.h"
#include "ticket.h"

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
	{ "X-Challenge-Response",	NULL,		MAIL_AUTOMATIC,	false },
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
	{ "X-Auto-Response",		NULL,		MAIL_AUTOMATIC,	false },
	{ "X-Vacation",			NULL,		MAIL_AUTOMATIC,	false },
	{ "X-Answerer",			NULL,		MAIL_AUTOMATIC,	false },
	{ "X-OTRS-Loop",		NULL,		MAIL_AUTOMATIC,	true },
	{ "X-Auto-Response-Suppress",	"!none",	MAIL_AUTOMATIC,	true },
};

/* How subjects begin that only programs write; answers: people write so as
 * well, unless it answers one of ours. */
typedef struct {
	const char *start;
	bool answers;
} Start;

static const Start starts[] = {
	{ "automatic reply:",		false },
	{ "automatisch antwoord:",	false },
	{ "automatisch bericht:",	false },
	{ "automatische reactie:",	false },
	{ "automatische antwort:",	false },
	{ "autom. antwort:",		false },
	{ "autom. reply:",		false },
	{ "auto-reply:",		false },
	{ "autoreply:",			false },
	{ "auto reply:",		false },
	{ "[auto-reply]",		false },
	{ "[autoreply]",		false },
	{ "out of office:",		false },
	{ "out of office autoreply",	false },
	{ "out of the office:",		false },
	{ "afwezigheidsbericht",	false },
	{ "afwezigheidsassistent",	false },
	{ "abwesenheitsnotiz",		false },
	{ "abwesenheitsmeldung",	false },
	{ "réponse automatique",	false },
	{ "niet aanwezig:",		true },
	{ "afwezig:",			true },
	{ "afwezigheid",		true },
	{ "abwesend:",			true },
	{ "abwesenheit",		true },
	{ "auto: ",			true },
	{ "out of office",		true },
	{ "out of the office",		true },
	{ "away from",			true },
	{ "vacation",			true },
	{ "vakantie",			true },
	{ "urlaub",			true },
	{ "buiten kantoor",		true },
	{ "ontvangstbevestiging",	true },
	{ "eingangsbestätigung",	true },
	{ "verification required",	true },
	{ "please confirm your message", true },
	{ "please verify",		true },
	{ "gelesen:",			true },
	{ "gelezen:",			true },
	{ "read:",			true },
	{ "not read:",			true },
};

/* Local parts nobody reads. */
static const char *const nobodies[] = {
	"noreply", "no-reply", "no_reply", "no.reply", "donotreply", "do-not-reply",
	"do_not_reply", "nepasrepondre", "autoreply", "auto-reply", "autoresponder",
};

/* Mail systems write as a postmaster, too, who is a person as well and may
 * report: what he sends tells. */
static const char *const systems[] = {
	"postmaster", "post_master", "mail-daemon", "mail_daemon", "maildaemon", "mail-system",
	"microsoftexchange329e71ec88ae4615bbc36ab6ce41109e",
};

/* They ask whoever writes to show that somebody does. */
static const char *const challengers[] = {
	"@boxbe.com", "@spamarrest.com", "@bluebottle.com", "@sendio.com",
};

/* What a multipart/report is, by its type or else by a part of it. */
typedef struct {
	const char *type, *part;
	MailKind kind;
} Report;

static const Report reports[] = {
	{ "disposition-notification",	"message/disposition-notification", MAIL_AUTOMATIC },
	{ "feedback-report",		"message/feedback-report",	MAIL_AUTOMATIC },
	{ "tlsrpt",			"application/tlsrpt+gzip",	MAIL_AUTOMATIC },
	{ "delivery-status",		"message/delivery-status",	MAIL_BOUNCE },
};

/* One mail, and what the ways to tell its kind ask for more than once. */
typedef struct {
	const Mime *outer;
	const Mailbox *from;
	const char *subject;
	bool null_sender;
	bool answers;		/* it says that it answers a mail */
	bool system, nobody;	/* From is of the systems, of the nobodies */
} Look;

static bool
begins(const char *text, const char *start)
{
	return g_ascii_strncasecmp(text, start, strlen(start)) == 0;
}

static bool
has_part(const Mime *outer, const char *type)
{
	const GPtrArray *parts = mime_parts(outer);

	for (guint i = 0; i < parts->len; i++) {
		const Part *part = g_ptr_array_index(parts, i);

		if (strcmp(part->type, type) == 0)
			return true;
	}
	return false;
}

/* One of another type is some robot's. */
static bool
is_report(const Look *look, MailKind *kind, char **because)
{
	g_autofree char *type = NULL;

	if (strcmp(mime_type(look->outer), "multipart/report") != 0)
		return false;
	type = mime_parameter(look->outer, "report-type");
	*because = g_strconcat("multipart/report: ", type != NULL ? type : "of no type", NULL);
	*kind = type == NULL && bounce_subject(look->subject) != NULL ? MAIL_BOUNCE : MAIL_AUTOMATIC;
	for (gsize i = 0; i < G_N_ELEMENTS(reports); i++)
		if (type != NULL ? begins(type, reports[i].type) : has_part(look->outer, reports[i].part)) {
			*kind = reports[i].kind;
			break;
		}
	return true;
}

static bool
sign_holds(const Sign *sign, const Look *look, char **value)
{
	g_autofree char *found = mime_header(look->outer, sign->field);

	if (found == NULL || (sign->answers && !look->answers))
		return false;
	if (sign->value != NULL && begins(found, sign->value + (sign->value[0] == '!')) ==
	    (sign->value[0] == '!'))
		return false;
	*value = g_steal_pointer(&found);
	return true;
}

static bool
has_sign(const Look *look, MailKind *kind, char **because)
{
	for (gsize i = 0; i < G_N_ELEMENTS(signs); i++) {
		g_autofree char *value = NULL;

		if (!sign_holds(&signs[i], look, &value))
			continue;
		*kind = signs[i].kind;
		*because = g_strdup_printf("%s: %.100s", signs[i].field, value);
		return true;
	}
	return false;
}

static bool
has_start(const Look *look, MailKind *kind, char **because)
{
	for (gsize i = 0; i < G_N_ELEMENTS(starts); i++)
		if (begins(look->subject, starts[i].start) && (look->answers || !starts[i].answers)) {
			*kind = MAIL_AUTOMATIC;
			*because = g_strdup_printf("Subject: %s", starts[i].start);
			return true;
		}
	return false;
}

/* A desk that says it opened a ticket for what we wrote. */
static bool
is_receipt(const Look *look, MailKind *kind, char **because)
{
	if (!look->answers || !ticket_is_receipt(look->subject))
		return false;
	*kind = MAIL_AUTOMATIC;
	*because = g_strdup("Subject: the receipt of a ticket");
	return true;
}

/* One of these, up to what ends a local part or is added to it. */
static const char *
local_of(const Mailbox *from, const char *const *locals, gsize count)
{
	for (gsize i = 0; from != NULL && i < count; i++)
		if (begins(from->address, locals[i]) &&
		    strchr("@+-._", from->address[strlen(locals[i])]) != NULL)
			return locals[i];
	return NULL;
}

static bool
is_nobody(const Look *look, MailKind *kind, char **because)
{
	const char *local = local_of(look->from, nobodies, G_N_ELEMENTS(nobodies));

	if (local == NULL)
		return false;
	*kind = MAIL_AUTOMATIC;
	*because = g_strdup_printf("From: %s", local);
	return true;
}

static bool
is_challenge(const Look *look, MailKind *kind, char **because)
{
	for (gsize i = 0; look->from != NULL && i < G_N_ELEMENTS(challengers); i++)
		if (g_str_has_suffix(look->from->address, challengers[i])) {
			*kind = MAIL_AUTOMATIC;
			*because = g_strdup_printf("From: %s", challengers[i]);
			return true;
		}
	return false;
}

/* A mail system may give its name without a domain, which is no mailbox. */
static bool
is_daemon(const Look *look, MailKind *kind, char **because)
{
	g_autofree char *from = mime_header(look->outer, "From");
	g_autofree char *lower = from != NULL ? g_ascii_strdown(from, -1) : NULL;

	if (lower == NULL || (strstr(lower, "mailer-daemon") == NULL &&
	    strstr(lower, "mailerdaemon") == NULL))
		return false;
	*kind = MAIL_BOUNCE;
	*because = g_strdup("From: mailer-daemon");
	return true;
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

/* A subject alone is what anybody may write; with nobody behind it, or with the
 * mail that came back and no program of a person's, it is a bounce. */
static bool
says_bounce(const Look *look, MailKind *kind, char **because)
{
	const char *start = bounce_subject(look->subject);
	bool written = mime_header_count(look->outer, "User-Agent") > 0;

	if (start == NULL || !(look->null_sender || look->system || look->nobody ||
	    (!written && bounce_holds_mail(look->outer) && bounce_has_words(look->outer))))
		return false;
	*kind = MAIL_BOUNCE;
	*because = g_strdup_printf("Subject: %s", start);
	return true;
}

/* Without such a subject: words of a failed delivery from a machine, with the
 * mail that came back, or as an answer to it. */
static bool
shows_bounce(const Look *look, MailKind *kind, char **because)
{
	if (!(look->system || look->nobody) || !(look->answers || bounce_holds_mail(look->outer)) ||
	    !bounce_has_words(look->outer))
		return false;
	*kind = MAIL_BOUNCE;
	*because = g_strdup("words of a mail system");
	return true;
}

/* Robots that answer use no sender, either (RFC 3834 section 3.3). */
static bool
has_no_sender(const Look *look, MailKind *kind, char **because)
{
	bool robot = look->answers && !bounce_holds_mail(look->outer) && !bounce_has_words(look->outer);

	if (!look->null_sender)
		return false;
	*kind = robot ? MAIL_AUTOMATIC : MAIL_BOUNCE;
	*because = g_strdup("null sender");
	return true;
}

MailKind
kind_of(const Mime *outer, const Mailbox *from, const char *subject, const char *sender,
    char **because)
{
	/* A bounce often bears the signs of automatic mail as well, and comes
	 * first. */
	static bool (*const ways[])(const Look *, MailKind *, char **) = {
		is_challenge, is_report, is_daemon, says_bounce, shows_bounce,
		has_sign, has_start, is_receipt, is_nobody, has_no_sender,
	};
	const Look look = {
		.outer = outer, .from = from, .subject = subject,
		.null_sender = sender_is_null(outer, sender),
		.answers = mime_header_count(outer, "In-Reply-To") > 0 ||
		    mime_header_count(outer, "References") > 0,
		.system = local_of(from, systems, G_N_ELEMENTS(systems)) != NULL,
		.nobody = local_of(from, nobodies, G_N_ELEMENTS(nobodies)) != NULL,
	};
	MailKind kind = MAIL_PERSONAL;

	for (gsize i = 0; i < G_N_ELEMENTS(ways); i++)
		if (ways[i](&look, &kind, because))
			return kind;
	*because = g_strdup("");
	return MAIL_PERSONAL;
}
