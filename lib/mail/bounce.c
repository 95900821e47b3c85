/* bounce - what a mail says that could not be delivered; see bounce.h */

#include "bounce.h"

#include <string.h>

#include "text.h"

#define MOST_FOUND 20		/* ids, addresses: a mail to us has one of each */
#define MOST_READ (64 * 1024)	/* of a part */
#define BEGINNING 2000		/* where the words of a mail system stand */
#define STATUS_MOST 9		/* "5.123.123" */

static const char *const subjects[] = {
	"undelivered mail returned to sender", "undeliverable:", "undeliverable mail",
	"undeliverable message", "undelivered message", "onbestelbaar:", "unzustellbar:",
	"niet afgeleverd:", "niet bezorgd:", "delivery status notification",
	"delivery failure", "delivery has failed", "delivery delayed:", "delivery status",
	"mail system error - returned mail", "mail delivery failed", "mail delivery failure",
	"mail delivery system", "mail failure", "message delivery failure",
	"message delivery has failed", "returned mail:", "returned mail", "failure notice",
	"warning: could not send message", "warning: message", "message undeliverable",
	"non remis:", "non-delivery", "nondeliverable mail", "no se puede entregar:",
};

/* None of these alone tells a bounce from a report about mail: kind.c wants to
 * know who says it as well. */
static const char *const failures[] = {
	"rcpt to:", "diagnostic-code:", "<<< 5", ">>> 5", "smtp; 5", "smtp;5", "550 ", "554 ", "550-",
	"user unknown", "unknown user", "no such user", "invalid user address", "mailbox is full",
	"quota exceeded", "could not be delivered", "couldn't be delivered", "was not delivered",
	"delivery failed", "failed permanently", "permanent error", "undeliverable",
	"trouble delivering", "unable to deliver", "could not deliver",
	"niet worden bezorgd", "niet worden afgeleverd", "niet bezorgd", "niet afgeleverd",
	"nicht zugestellt", "unzustellbar", "nicht zustellbar",
};

static const char *const delays[] = {
	"delayed", "warning: could not send", "warning: message", "delivery status notification (delay",
	"vertraagd", "vertraging", "verzögert", "still being retried", "will be retried",
};

/* Parts a mail comes back in. */
static const char *const returned[] = {
	"message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global",
	"message/global-headers", "text/rfc822", "message/delivery-status",
	"message/global-delivery-status", NULL
};

void
bounce_free(Bounce *bounce)
{
	if (bounce == NULL)
		return;
	g_free(bounce->status);
	g_ptr_array_unref(bounce->ids);
	g_ptr_array_unref(bounce->addresses);
	g_free(bounce);
}

static bool
begins(const char *text, const char *start)
{
	return g_ascii_strncasecmp(text, start, strlen(start)) == 0;
}

const char *
bounce_subject(const char *subject)
{
	for (gsize i = 0; i < G_N_ELEMENTS(subjects); i++)
		if (begins(subject, subjects[i]))
			return subjects[i];
	return NULL;
}

static bool
holds(const char *lower, const char *const *words, gsize count)
{
	for (gsize i = 0; i < count; i++)
		if (strstr(lower, words[i]) != NULL)
			return true;
	return false;
}

/* The beginning of a part, as far as it is text, in small letters. */
static char *
beginning(const Mime *outer, const Part *part, gsize most)
{
	g_autoptr(GBytes) bytes = mime_part_bytes(outer, part->n);
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size);
	g_autofree char *clean = text_clean(data, (gssize)MIN(size, most), NULL);

	return g_ascii_strdown(clean, -1);
}

bool
bounce_has_words(const Mime *outer)
{
	const GPtrArray *parts = mime_parts(outer);

	for (guint i = 0; i < parts->len; i++) {
		const Part *part = g_ptr_array_index(parts, i);
		g_autofree char *lower = NULL;

		if (!g_str_has_prefix(part->type, "text/") || part->attachment)
			continue;
		lower = beginning(outer, part, BEGINNING);
		return holds(lower, failures, G_N_ELEMENTS(failures));
	}
	return false;
}

bool
bounce_holds_mail(const Mime *outer)
{
	const GPtrArray *parts = mime_parts(outer);

	for (guint i = 0; i < parts->len; i++) {
		const Part *part = g_ptr_array_index(parts, i);

		if (g_strv_contains(returned, part->type))
			return true;
	}
	return false;
}

/* Once each, as many as a bounce can mean. */
static void
add(GPtrArray *found, const char *word, gsize length)
{
	char *copy;

	if (length == 0 || found->len >= MOST_FOUND)
		return;
	copy = g_strndup(word, length);
	if (g_ptr_array_find_with_equal_func(found, copy, g_str_equal, NULL))
		g_free(copy);
	else
		g_ptr_array_add(found, copy);
}

/* Where a word that holds an '@' begins and ends. */
static bool
in_address(char c)
{
	return g_ascii_isalnum(c) || (c != '\0' && strchr("@.!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static void
find_addresses(Bounce *bounce, const char *lower)
{
	for (const char *at = strchr(lower, '@'); at != NULL; at = strchr(at + 1, '@')) {
		const char *from = at, *to = at;

		while (from > lower && in_address(from[-1]))
			from--;
		while (in_address(*to))
			to++;
		while (to > at && to[-1] == '.')
			to--;
		if (from < at && to > at + 1)
			add(bounce->addresses, from, (gsize)(to - from));
	}
}

/* "message-id: <...>", also where it was quoted, indented or folded. */
static void
find_ids(Bounce *bounce, const char *text)
{
	static const char field[] = "message-id:";
	const char *end;

	for (const char *at = text; *at != '\0'; at++) {
		if (!begins(at, field))
			continue;
		at += strlen(field);
		at += strspn(at, " \t\n>");
		if (*at != '<')
			continue;
		end = strpbrk(at, "> \t\n");
		if (end != NULL && *end == '>')
			add(bounce->ids, at + 1, (gsize)(end - at - 1));
	}
}

static gsize
digits(const char *at, gsize most)
{
	gsize n = 0;

	while (n <= most && g_ascii_isdigit(at[n]))
		n++;
	return n > 0 && n <= most ? n : 0;
}

/* The length of an enhanced status code that stands there as a word; 0. */
static gsize
status_length(const char *text, const char *at)
{
	gsize second, third;

	if (strchr("245", *at) == NULL || *at == '\0' || at[1] != '.' ||
	    (at > text && (g_ascii_isalnum(at[-1]) || at[-1] == '.' || at[-1] == '-')))
		return 0;
	second = digits(at + 2, 3);
	if (second == 0 || at[2 + second] != '.')
		return 0;
	third = digits(at + 3 + second, 3);
	at += 3 + second + third;
	if (third == 0 || (*at == '.' && g_ascii_isdigit(at[1])) || g_ascii_isalpha(*at))
		return 0;	/* an address of the network, a version */
	return 3 + second + third;
}

/* A reply of SMTP at the beginning of a line or behind a sign. */
static char
reply_class(const char *text, const char *at)
{
	bool word = at == text || strchr(" \t\n:;<>(", at[-1]) != NULL;

	return word && (*at == '4' || *at == '5') && digits(at, 3) == 3 &&
	    (at[3] == ' ' || at[3] == '-') ? *at : '\0';
}

static void
find_status(Bounce *bounce, const char *text)
{
	char class = '\0';

	for (const char *at = text; bounce->status == NULL && *at != '\0'; at++) {
		gsize length = status_length(text, at);

		if (length > 0 && length <= STATUS_MOST)
			bounce->status = g_strndup(at, length);
		else if (class == '\0')
			class = reply_class(text, at);
	}
	if (bounce->status == NULL && class != '\0')
		bounce->status = g_strdup_printf("%c.0.0", class);
}

/* The value of a field at the beginning of a line; NULL. */
static char *
field_value(const char *text, const char *name)
{
	for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (begins(line, name) && line[strlen(name)] == ':') {
			const char *value = line + strlen(name) + 1;

			value += strspn(value, " \t");
			return g_strndup(value, strcspn(value, "\n"));
		}
	}
	return NULL;
}

static bool
read_action(Bounce *bounce, const char *fields)
{
	static const struct { const char *word; BounceAction action; } actions[] = {
		{ "failed", BOUNCE_FAILED }, { "delayed", BOUNCE_DELAYED },
		{ "delivered", BOUNCE_PASSED }, { "relayed", BOUNCE_PASSED },
		{ "expanded", BOUNCE_PASSED },
	};
	g_autofree char *value = field_value(fields, "action");

	for (gsize i = 0; value != NULL && i < G_N_ELEMENTS(actions); i++)
		if (begins(value, actions[i].word)) {
			bounce->action = actions[i].action;
			return true;
		}
	return false;
}

/* A block for each recipient, empty lines between them: one that failed counts
 * before one that is only late. */
static bool
read_fields(Bounce *bounce, const char *fields)
{
	g_auto(GStrv) blocks = g_strsplit(fields, "\n\n", 50);
	bool found = false;

	for (char **block = blocks; *block != NULL; block++) {
		BounceAction before = bounce->action;
		g_autofree char *status = field_value(*block, "status");

		if (!read_action(bounce, *block))
			continue;
		if (found && bounce->action >= before) {
			bounce->action = before;
			continue;
		}
		found = true;
		g_clear_pointer(&bounce->status, g_free);
		if (status != NULL)
			find_status(bounce, status);
	}
	return found;
}

/* What failed is a bounce of class 5 unless it says itself that it is not; a
 * mail system that gave up after days may still say 4. */
static void
settle(Bounce *bounce, bool fields, const char *subject, const char *all)
{
	g_autofree char *lower = g_utf8_strdown(subject, -1);
	g_autofree char *start = g_strndup(all, BEGINNING);

	if (bounce->status == NULL)
		find_status(bounce, all);
	if (!fields && (holds(lower, delays, G_N_ELEMENTS(delays)) || strstr(start, "still being retried") != NULL))
		bounce->action = BOUNCE_DELAYED;
	if (bounce->status == NULL || (bounce->action == BOUNCE_FAILED && bounce->status[0] == '2')) {
		g_free(bounce->status);
		bounce->status = g_strdup(bounce->action == BOUNCE_FAILED ? "5.0.0" :
		    bounce->action == BOUNCE_DELAYED ? "4.0.0" : "2.0.0");
	}
}

/* In small letters, but ids as they are. */
static bool
read_part(Bounce *bounce, const Mime *outer, const Part *part, GString *words)
{
	g_autoptr(GBytes) bytes = mime_part_bytes(outer, part->n);
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size);
	g_autofree char *clean = text_clean(data, (gssize)MIN(size, MOST_READ), NULL);
	g_autofree char *lower = g_ascii_strdown(clean, -1);

	find_ids(bounce, clean);
	if (g_str_has_suffix(part->type, "delivery-status")) {
		find_addresses(bounce, lower);
		return read_fields(bounce, lower);
	}
	if (g_str_has_prefix(part->type, "text/") && !part->attachment) {
		find_addresses(bounce, lower);
		g_string_append(words, lower);
	}
	return false;
}

Bounce *
bounce_read(const Mime *outer, const char *subject)
{
	static const char *const answers[] = { "In-Reply-To", "References" };
	const GPtrArray *parts = mime_parts(outer);
	g_autoptr(GString) words = g_string_new(NULL);
	g_autofree char *failed = mime_header(outer, "X-Failed-Recipients");
	Bounce *bounce = g_new0(Bounce, 1);
	bool fields = false;

	bounce->ids = g_ptr_array_new_with_free_func(g_free);
	bounce->addresses = g_ptr_array_new_with_free_func(g_free);
	if (failed != NULL) {
		g_autofree char *lower = g_ascii_strdown(failed, -1);

		find_addresses(bounce, lower);
	}
	for (guint i = 0; i < parts->len; i++)
		if (read_part(bounce, outer, g_ptr_array_index(parts, i), words))
			fields = true;
	for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
		g_autoptr(GPtrArray) ids = mime_ids(outer, answers[i]);

		for (guint j = 0; j < ids->len; j++)
			add(bounce->ids, ids->pdata[j], strlen(ids->pdata[j]));
	}
	settle(bounce, fields, subject, words->str);
	return bounce;
}
