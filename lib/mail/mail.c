/* mail - what people read in a mail, and what it is apart from its words; see mail.h */

#include "mail.h"

#include <string.h>

#include "html.h"
#include "kind.h"
#include "quote.h"
#include "split.h"
#include "text.h"
#include "twofold.h"

#define OWN_LEAST 30	/* bytes; less is a greeting */

static const char *const kind_words[] = {
	[MAIL_PERSONAL] = "personal",
	[MAIL_AUTOMATIC] = "automatic",
	[MAIL_BOUNCE] = "bounce",
	[MAIL_LIST] = "list",
};

const char *
mail_kind_word(MailKind kind)
{
	return kind_words[kind];
}

static void
read_subject(Mail *mail, const Mime *outer)
{
	const Mime *source = protected_source(mail->protected, outer, "Subject");

	mail->subject = mime_header(source, "Subject");
	mail->subject_protected = source != outer && mail->subject != NULL;
	if (mail->subject == NULL)
		mail->subject = g_strdup("");
}

/* The one mailbox that is a whole From; NULL if it is not that. */
static Mailbox *
only_mailbox(const GPtrArray *mailboxes)
{
	Mailbox *first = mailboxes->len == 1 ? g_ptr_array_index(mailboxes, 0) : NULL;

	return first != NULL && first->address[0] != '\0' ? first : NULL;
}

/* RFC 9788 section 4.4: servers vouch for the outer From at best, so another
 * one inside is worth no more than the signature. */
static void
read_senders(Mail *mail, const Mime *outer)
{
	const Mime *source = protected_source(mail->protected, outer, "From");
	g_autoptr(GPtrArray) outside = mime_mailboxes(outer, "From");
	g_autoptr(GPtrArray) inside = mime_mailboxes(source, "From");
	const Mailbox *one = only_mailbox(outside), *other = only_mailbox(inside);
	bool same = one != NULL && other != NULL &&
	    g_ascii_strcasecmp(one->address, other->address) == 0;

	mail->senders = g_ptr_array_ref(same ? inside : outside);
	mail->from = only_mailbox(mail->senders);
	if (source != outer && other != NULL && !same)
		mail->from_inside = g_ptr_array_steal_index(inside, 0);
}

void
mail_take_from_inside(Mail *mail)
{
	g_ptr_array_set_size(mail->senders, 0);
	mail->from = g_steal_pointer(&mail->from_inside);
	g_ptr_array_add(mail->senders, mail->from);
}

static void
read_ids(Mail *mail, const Mime *outer)
{
	const Mime *id = protected_source(mail->protected, outer, "Message-ID");
	const Mime *references = protected_source(mail->protected, outer, "References");
	const Mime *reply = protected_source(mail->protected, outer, "In-Reply-To");
	g_autoptr(GPtrArray) own = mime_ids(id, "Message-ID");
	g_autoptr(GPtrArray) replies = mime_ids(reply, "In-Reply-To");

	if (own->len == 1 && mime_header_count(id, "Message-ID") == 1)
		mail->message_id = g_strdup(g_ptr_array_index(own, 0));
	mail->references = mime_ids(references, "References");
	for (guint i = 0; i < replies->len; i++)
		if (!g_ptr_array_find_with_equal_func(mail->references, replies->pdata[i], g_str_equal, NULL))
			g_ptr_array_add(mail->references, g_strdup(replies->pdata[i]));
}

/*
 * What two readers could see differently.
 */

static void
malformed(Mail *mail, const char *why)
{
	if (!mail->malformed)
		mail->malformed_because = g_strdup(why);
	mail->malformed = true;
}

static void
malformed_field(Mail *mail, const char *name, const char *why)
{
	g_autofree char *words = g_strdup_printf("%s: %s", name, why);

	malformed(mail, words);
}

static void
check_fields(Mail *mail, const Mime *mime)
{
	static const char *const once[] = {
		"From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID",
		"In-Reply-To", "References",
	};
	static const char *const words[] = { "From", "Subject", "Message-ID" };

	for (gsize i = 0; i < G_N_ELEMENTS(once); i++)
		if (mime_header_count(mime, once[i]) > 1)
			malformed_field(mail, once[i], "several fields");
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (mime_header_breaks(mime, words[i]))
			malformed_field(mail, words[i], "an encoded line break");
}

static void
check_senders(Mail *mail)
{
	if (mail->senders->len > 1)
		malformed_field(mail, "From", "several mailboxes");
	else if (mail->senders->len == 1 && mail->from == NULL)
		malformed_field(mail, "From", "no mailbox");
}

static void
check_structure(Mail *mail, const Mime *mime)
{
	g_autofree char *found = mime != NULL ? twofold_find(mime) : NULL;

	if (found != NULL)
		malformed(mail, found);
}

static void
check(Mail *mail, const Mime *outer, const Mime *inner)
{
	check_fields(mail, outer);
	if (mail->protected->fields != NULL)
		check_fields(mail, mail->protected->fields);
	if (mail->protected->twofold != NULL)
		malformed(mail, mail->protected->twofold);
	check_senders(mail);
	check_structure(mail, outer);
	check_structure(mail, inner);
	check_structure(mail, mail->protected->content);
	if (mail->malformed_because == NULL)
		mail->malformed_because = g_strdup("");
}

/*
 * Text and attachments.
 */

static bool
is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

static void
add_text(Mail *mail, GString *all, const Part *part)
{
	g_autofree char *raw = mime_part_text(mail->content, part->n);
	g_autofree char *text = NULL;

	if (strcmp(part->type, "text/html") == 0) {
		g_autofree char *html = g_steal_pointer(&raw);

		raw = html_text(html);
		mail->text_from_html = !is_blank(raw);
	}
	text = protected_without_copies(mail->protected, mail->content, part->n, raw);
	if (is_blank(text))
		return;
	if (all->len > 0 && all->str[all->len - 1] != '\n')
		g_string_append_c(all, '\n');
	g_string_append(all, text);
}

/* All text a reader sees; of parts that say the same thing the best one, or
 * with lesser the other ones. */
static void
add_texts(Mail *mail, GString *all, bool lesser)
{
	const GPtrArray *parts = mime_parts(mail->content);

	for (guint i = 0; i < parts->len; i++) {
		const Part *part = g_ptr_array_index(parts, i);

		if (!part->attachment && part->alternative == lesser)
			add_text(mail, all, part);
	}
}

/* Some programs send what was typed as an attachment. */
static void
add_attached_text(Mail *mail, GString *all)
{
	const GPtrArray *parts = mime_parts(mail->content);

	for (guint i = 0; i < parts->len && all->len == 0; i++) {
		const Part *part = g_ptr_array_index(parts, i);

		if (strcmp(part->type, "text/plain") == 0)
			add_text(mail, all, part);
	}
}

static void
read_text(Mail *mail)
{
	GString *all = g_string_new(NULL);

	add_texts(mail, all, false);
	if (all->len == 0)
		add_texts(mail, all, true);
	if (all->len == 0)
		add_attached_text(mail, all);
	mail->text = g_string_free(all, FALSE);
}

/* The signature over the whole is no file one would want to open. */
static void
read_attachments(Mail *mail)
{
	const GPtrArray *parts = mime_parts(mail->content);
	bool is_signed = strcmp(mime_type(mail->content), "multipart/signed") == 0;

	mail->attachments = g_ptr_array_new();
	for (guint i = 0; i < parts->len; i++) {
		const Part *part = g_ptr_array_index(parts, i);
		bool signature = is_signed && i + 1 == parts->len &&
		    g_str_has_suffix(part->type, "-signature");

		if (part->attachment && !signature && part->n != mail->protected->header_part)
			g_ptr_array_add(mail->attachments, (gpointer)part);
	}
}

Mail *
mail_read(const Mime *outer, const Mime *inner, const Protection *protection,
    const char *sender)
{
	Mail *mail = g_new0(Mail, 1);

	mail->protected = protected_find(protection);
	mail->content = mail->protected->content;
	if (mail->content == NULL)
		mail->content = inner != NULL ? inner : outer;
	read_subject(mail, outer);
	read_senders(mail, outer);
	read_ids(mail, outer);
	mail->date = mime_date(protected_source(mail->protected, outer, "Date"));
	mail->changed = protected_changes(mail->protected, outer);
	mail->oldest_received = mime_oldest_received(outer);
	mail->kind = kind_of(outer, mail->from, mail->subject, sender, &mail->kind_because);
	check(mail, outer, inner);
	read_text(mail);
	read_attachments(mail);
	return mail;
}

void
mail_free(Mail *mail)
{
	if (mail == NULL)
		return;
	g_free(mail->subject);
	g_ptr_array_unref(mail->senders);
	mailbox_free(mail->from_inside);
	g_free(mail->changed);
	protected_free(mail->protected);
	g_free(mail->message_id);
	g_ptr_array_unref(mail->references);
	g_free(mail->kind_because);
	g_free(mail->text);
	g_ptr_array_unref(mail->attachments);
	g_free(mail->malformed_because);
	g_free(mail);
}

char *
mail_new_text(const Mail *mail)
{
	return quote_strip(mail->text, quote_manner(mail->subject, mail->references->len > 0));
}

char *
mail_own_text(const Mail *mail)
{
	g_autofree char *fresh = mail_new_text(mail);
	g_autofree char *above = quote_above(fresh);

	if (strlen(above) >= OWN_LEAST)
		return g_steal_pointer(&above);
	return fresh[0] != '\0' ? g_steal_pointer(&fresh) : g_strdup(mail->text);
}
