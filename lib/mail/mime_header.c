/* The header half of mime: fields are counted and cut on the raw bytes, where
 * the first is the first; GMime only decodes their values. */

#include "mime.h"

#include <string.h>
#include <gmime/gmime.h>

#include "domain.h"
#include "text.h"

#define WORDS_MOST 1000		/* mailboxes or ids of one mail */

char *
mime_header(const Mime *mime, const char *name)
{
	g_autofree char *raw = split_header(mime_entity(mime).header, name, 0);
	g_autofree char *decoded = NULL;

	if (raw == NULL)
		return NULL;
	decoded = g_mime_utils_header_decode_text(NULL, raw);
	return text_clean_line(decoded != NULL ? decoded : raw, -1);
}

guint
mime_header_count(const Mime *mime, const char *name)
{
	return split_header_count(mime_entity(mime).header, name);
}

bool
mime_header_breaks(const Mime *mime, const char *name)
{
	g_autofree char *raw = split_header(mime_entity(mime).header, name, 0);
	g_autofree char *decoded = raw != NULL ? g_mime_utils_header_decode_text(NULL, raw) : NULL;

	return decoded != NULL && strpbrk(decoded, "\r\n") != NULL;
}

void
mailbox_free(Mailbox *mailbox)
{
	if (mailbox == NULL)
		return;
	g_free(mailbox->name);
	g_free(mailbox->address);
	g_free(mailbox);
}

/* The addr-spec with its domain in canonical form; "" if it is none. */
static char *
address_canonical(const char *address)
{
	g_autofree char *clean = text_clean_line(address, -1);
	char *at = strrchr(clean, '@');
	g_autofree char *domain = NULL;

	if (at == NULL || at == clean || strchr(clean, '@') != at ||
	    strpbrk(clean, " <>,;:\\\"") != NULL)
		return g_strdup("");
	domain = domain_canonical(at + 1);
	*at = '\0';
	return domain == NULL ? g_strdup("") : g_strconcat(clean, "@", domain, NULL);
}

static void
add_mailbox(GPtrArray *mailboxes, const char *address, const char *name)
{
	Mailbox *mailbox = g_new0(Mailbox, 1);

	mailbox->address = address_canonical(address != NULL ? address : "");
	if (mailbox->address[0] == '\0' && name == NULL)
		name = address;
	mailbox->name = text_clean_line(name != NULL ? name : "", -1);
	g_ptr_array_add(mailboxes, mailbox);
}

/* GMime reads "a@b@c" as a@b; others read it otherwise, so it is none. */
static void
add_address(GPtrArray *mailboxes, InternetAddress *one, const char *raw)
{
	const char *address = INTERNET_ADDRESS_IS_MAILBOX(one) ?
	    internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)) : NULL;
	g_autofree char *longer = g_strconcat(address != NULL ? address : "", "@", NULL);

	if (address != NULL && strstr(raw, longer) != NULL)
		add_mailbox(mailboxes, NULL, raw);
	else
		add_mailbox(mailboxes, address, internet_address_get_name(one));
}

/* Behind a semicolon that ends no group GMime reads no further, and others do. */
static bool
has_unread(const char *raw)
{
	bool quoted = false, group = false;
	int comment = 0;

	for (const char *at = raw; *at != '\0'; at++) {
		if (*at == '\\' && at[1] != '\0')
			at++;
		else if (*at == '"' && comment == 0)
			quoted = !quoted;
		else if (!quoted && (*at == '(' || *at == ')'))
			comment = MAX(0, comment + (*at == '(' ? 1 : -1));
		else if (!quoted && comment == 0 && *at == ':')
			group = true;
		else if (!quoted && comment == 0 && *at == ';' && !group)
			return strchr(at, '@') != NULL;
	}
	return false;
}

GPtrArray *
mime_mailboxes(const Mime *mime, const char *name)
{
	GPtrArray *mailboxes = g_ptr_array_new_with_free_func((GDestroyNotify)mailbox_free);
	guint fields = MIN(mime_header_count(mime, name), WORDS_MOST);

	for (guint n = 0; n < fields && mailboxes->len < WORDS_MOST; n++) {
		g_autofree char *raw = split_header(mime_entity(mime).header, name, n);
		InternetAddressList *list = internet_address_list_parse(NULL, raw);
		int length = list == NULL ? 0 : internet_address_list_length(list);

		if ((length == 0 && raw[0] != '\0') || has_unread(raw))
			add_mailbox(mailboxes, raw, NULL);
		for (int i = 0; i < MIN(length, WORDS_MOST); i++)
			add_address(mailboxes, internet_address_list_get_address(list, i), raw);
		g_clear_object(&list);
	}
	return mailboxes;
}

static void
add_id(GPtrArray *ids, const char *start, gsize length)
{
	g_autofree char *clean = text_clean_line(start, (gssize)length);
	g_auto(GStrv) pieces = g_strsplit(clean, " ", -1);
	g_autofree char *id = g_strjoinv(NULL, pieces);

	if (id[0] == '\0' || ids->len >= WORDS_MOST ||
	    g_ptr_array_find_with_equal_func(ids, id, g_str_equal, NULL))
		return;
	g_ptr_array_add(ids, g_steal_pointer(&id));
}

/* What stands in <>; a field without any <> is read as words with an @. */
static void
add_ids(GPtrArray *ids, const char *value)
{
	const char *open = strchr(value, '<');

	if (open == NULL) {
		g_auto(GStrv) words = g_strsplit_set(value, " \t\r\n,;", -1);

		for (char **word = words; *word != NULL; word++)
			if (strchr(*word, '@') != NULL)
				add_id(ids, *word, strlen(*word));
	}
	while (open != NULL) {
		gsize length = strcspn(open + 1, "<>");

		if (open[1 + length] == '>')
			add_id(ids, open + 1, length);
		open = strchr(open + 1 + length, '<');
	}
}

GPtrArray *
mime_ids(const Mime *mime, const char *name)
{
	GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
	guint fields = MIN(mime_header_count(mime, name), WORDS_MOST);

	for (guint n = 0; n < fields; n++) {
		g_autofree char *raw = split_header(mime_entity(mime).header, name, n);

		add_ids(ids, raw);
	}
	return ids;
}

static gint64
date_parse(const char *text)
{
	g_autoptr(GDateTime) date = text != NULL ? g_mime_utils_header_decode_date(text) : NULL;

	return date != NULL ? g_date_time_to_unix(date) * G_USEC_PER_SEC : 0;
}

gint64
mime_date(const Mime *mime)
{
	g_autofree char *raw = split_header(mime_entity(mime).header, "Date", 0);

	return date_parse(raw);
}

gint64
mime_oldest_received(const Mime *mime)
{
	guint fields = mime_header_count(mime, "Received");
	g_autofree char *raw = fields == 0 ? NULL :
	    split_header(mime_entity(mime).header, "Received", fields - 1);
	const char *semicolon = raw != NULL ? strrchr(raw, ';') : NULL;

	return date_parse(semicolon != NULL ? semicolon + 1 : NULL);
}
