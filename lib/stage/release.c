/*
 * release - the two things that can be forwarded: a mail somebody released,
 * and the report of a case; see forward.h
 */

#include "forward.h"

#include <string.h>

#include "admin.h"
#include "cases.h"
#include "compose.h"
#include "error.h"
#include "extract.h"
#include "mail.h"
#include "pgpmail.h"
#include "reception.h"
#include "text.h"

static Forward *
forward_new(const char *tag, const char *participant)
{
	Forward *forward = g_new0(Forward, 1);

	forward->tag = g_ascii_strup(tag, -1);
	forward->participant = g_strdup(participant);
	forward->enclosures = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);
	return forward;
}

static void
enclose(Forward *forward, const Mail *mail, const Part *part)
{
	g_autoptr(GBytes) bytes = mime_part_bytes(mail->content, part->n);

	g_ptr_array_add(forward->enclosures, enclosure_new(part->name, part->type, bytes));
}

/* The same mail has the same name, and nobody can tell the mail by it. */
static char *
name_of(const Tools *tools, GBytes *bytes)
{
	g_autoptr(GBytes) mac = seal_mac(tools->index, "forward",
	    g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));

	return text_hex(g_bytes_get_data(mac, NULL), 16);
}

Forward *
forward_of_mail(const Tools *tools, const char *tag, const char *participant,
    GBytes *bytes, GError **error)
{
	g_autoptr(Forward) forward = forward_new(tag, participant);
	g_autofree char *name = name_of(tools, bytes);
	const char *over = tools_over_limits(tools, bytes);
	g_autoptr(Mime) mime = NULL;
	g_autoptr(Mail) mail = NULL;

	if (over != NULL) {
		error_set(error, SLUIS_ERROR_REFUSED, "this mail is over a limit: %s", over);
		return NULL;
	}
	mime = mime_parse(bytes);
	mail = mail_read(mime, NULL, NULL, NULL);
	if (mail->text[0] == '\0' && mail->attachments->len == 0) {
		error_set(error, SLUIS_ERROR_REFUSED, "there is nothing to forward in this mail");
		return NULL;
	}
	forward->text = g_strdup(mail->text);
	forward->cause = g_strdup_printf("forward %s %s", forward->tag, name);
	for (guint i = 0; i < mail->attachments->len; i++)
		enclose(forward, mail, g_ptr_array_index(mail->attachments, i));
	return g_steal_pointer(&forward);
}

/* The row of the first message in from a reporter; -1 if there is none. */
static int
first_report(const Rows *messages, const Rows *parties)
{
	for (guint i = 0; i < rows_count(messages); i++)
		for (guint j = 0; j < rows_count(parties); j++)
			if (strcmp(rows_text(messages, i, "direction"), "in") == 0 &&
			    rows_int(parties, j, "id") == rows_int(messages, i, "party") &&
			    rows_int(parties, j, "number") == 0)
				return (int)i;
	return -1;
}

/* The raw mail once more: what an extract has not got are the attachments. */
static GBytes *
raw_again(const Tools *tools, Db *db, gint64 reception, GError **error)
{
	g_autoptr(Rows) row = admin_reception(db, reception, error);
	g_autoptr(GBytes) wrapped = NULL;
	g_autoptr(SealKey) key = NULL;
	g_autoptr(GPtrArray) chunks = NULL;

	if (row == NULL)
		return NULL;
	wrapped = rows_bytes(row, 0, "wrapped");
	key = seal_unwrap(wrapped, tools->storage_public, tools->storage_secret, error);
	chunks = key != NULL ? blob_read(db, rows_text(row, 0, "blob"), error) : NULL;
	return chunks != NULL ? unseal_chunks(key, "raw", chunks, error) : NULL;
}

static GPtrArray *
no_certificates(void *context, const char *name, GError **error)
{
	(void)context, (void)name, (void)error;
	return g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
}

static bool
enclose_picked(const Tools *tools, Forward *forward, GBytes *raw,
    const GArray *attachments, GError **error)
{
	const KeyFinder nobody = { no_certificates, no_certificates, NULL };
	g_autoptr(Mime) outer = mime_parse(raw);
	g_autoptr(Opened) opened = pgpmail_open(tools->pgp, outer, &nobody,
	    (gsize)tools->settings->most_opened, error);
	g_autoptr(Mail) mail = NULL;
	Protection protection;

	if (opened == NULL)
		return false;
	protection = opened_protection(opened);
	mail = mail_read(outer, opened->inner, &protection, NULL);
	for (guint i = 0; i < attachments->len; i++) {
		guint n = g_array_index(attachments, guint, i);

		if (n == 0 || n > mail->attachments->len)
			return error_set(error, SLUIS_ERROR_REFUSED, "the report of %s has no "
			    "attachment %u; see: sluis case show %s", forward->tag, n, forward->tag);
		enclose(forward, mail, g_ptr_array_index(mail->attachments, n - 1));
	}
	return true;
}

static bool
report_text(const Tools *tools, Forward *forward, const Rows *messages, guint row,
    GError **error)
{
	g_autoptr(GBytes) wrapped = rows_bytes(messages, row, "wrapped");
	g_autoptr(GBytes) sealed = rows_bytes(messages, row, "extract");
	g_autoptr(Extract) extract = extract_open(wrapped, sealed,
	    tools->storage_public, tools->storage_secret, error);

	if (extract == NULL)
		return false;
	forward->text = g_strdup(extract->text);
	return true;
}

/* The same message with the same picks is the same release. */
static char *
cause_of(gint64 message, const GArray *attachments)
{
	GString *cause = g_string_new(NULL);

	g_string_append_printf(cause, "message %" G_GINT64_FORMAT, message);
	for (guint i = 0; i < attachments->len; i++)
		g_string_append_printf(cause, " #%u", g_array_index(attachments, guint, i));
	return g_string_free(cause, FALSE);
}

Forward *
forward_of_case(const Tools *tools, Db *db, const char *tag, const char *participant,
    const GArray *attachments, GError **error)
{
	g_autoptr(Forward) forward = forward_new(tag, participant);
	g_autoptr(Rows) one = admin_case(db, forward->tag, error);
	guint case_no = one != NULL ? (guint)rows_int(one, 0, "case_no") : 0;
	g_autoptr(Rows) parties = one != NULL ? admin_parties(db, case_no, error) : NULL;
	g_autoptr(Rows) messages = parties != NULL ? admin_messages(db, case_no, error) : NULL;
	g_autoptr(GBytes) raw = NULL;
	int row;

	if (messages == NULL)
		return NULL;
	row = first_report(messages, parties);
	if (row < 0) {
		error_set(error, SLUIS_ERROR_REFUSED, "%s has no report to forward", forward->tag);
		return NULL;
	}
	forward->cause = cause_of(rows_int(messages, (guint)row, "id"), attachments);
	if (!report_text(tools, forward, messages, (guint)row, error))
		return NULL;
	if (attachments->len == 0)
		return g_steal_pointer(&forward);
	raw = raw_again(tools, db, rows_int(messages, (guint)row, "reception"), error);
	return raw != NULL && enclose_picked(tools, forward, raw, attachments, error) ?
	    g_steal_pointer(&forward) : NULL;
}
