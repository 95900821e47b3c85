/*
 * release - see release.h; and the two things that can be forwarded: a mail
 * somebody released, and the report of a case, see forward.h
 */

#include "release.h"

#include <string.h>

#include "admin.h"
#include "blob.h"
#include "cases.h"
#include "compose.h"
#include "error.h"
#include "extract.h"
#include "forward.h"
#include "mail.h"
#include "pgpmail.h"
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

void
released_free(Released *released)
{
	if (released == NULL)
		return;
	g_free(released->subject);
	g_free(released->text);
	g_clear_pointer(&released->enclosures, g_ptr_array_unref);
	g_free(released);
}

static void
enclose(GPtrArray *enclosures, const Mail *mail, const Part *part)
{
	g_autoptr(GBytes) bytes = mime_part_bytes(mail->content, part->n);

	g_ptr_array_add(enclosures, enclosure_new(part->name, part->type, bytes));
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
		enclose(forward->enclosures, mail, g_ptr_array_index(mail->attachments, i));
	return g_steal_pointer(&forward);
}

/* The row of the first message in from the first party; -1 if there is none. */
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

static int
row_of(const Rows *messages, gint64 id)
{
	for (guint i = 0; i < rows_count(messages); i++)
		if (rows_int(messages, i, "id") == id)
			return (int)i;
	return -1;
}

static GBytes *
raw_again(const Tools *tools, Db *db, gint64 reception, GError **error)
{
	g_autoptr(GBytes) wrapped = NULL;
	g_autoptr(GPtrArray) chunks = blob_of_reception(db, reception, &wrapped, error);
	g_autoptr(SealKey) key = chunks != NULL ? seal_unwrap(wrapped, tools->storage_public,
	    tools->storage_secret, error) : NULL;

	return key != NULL ? unseal_chunks(key, "raw", chunks, error) : NULL;
}

static GPtrArray *
no_certificates(void *context, const char *name, GError **error)
{
	(void)context, (void)name, (void)error;
	return g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
}

static bool
enclose_picked(const Tools *tools, Released *released, GBytes *raw, const GArray *picked,
    GError **error)
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
	for (guint i = 0; i < picked->len; i++) {
		guint n = g_array_index(picked, guint, i);

		if (n == 0 || n > mail->attachments->len)
			return error_set(error, SLUIS_ERROR_REFUSED, "this mail has no attachment %u", n);
		enclose(released->enclosures, mail, g_ptr_array_index(mail->attachments, n - 1));
	}
	return true;
}

static Released *
released_of(const Tools *tools, const Rows *messages, guint row, GError **error)
{
	g_autoptr(GBytes) wrapped = rows_bytes(messages, row, "wrapped");
	g_autoptr(GBytes) sealed = rows_bytes(messages, row, "extract");
	g_autoptr(Extract) extract = wrapped != NULL ? extract_open(wrapped, sealed,
	    tools->storage_public, tools->storage_secret, error) : NULL;
	Released *released;

	if (wrapped == NULL)
		error_set(error, SLUIS_ERROR_REFUSED, "this mail was erased");
	if (extract == NULL)
		return NULL;
	released = g_new0(Released, 1);
	released->id = rows_int(messages, row, "id");
	released->reception = rows_int(messages, row, "reception");
	released->party = rows_int(messages, row, "party");
	released->subject = g_strdup(extract->subject);
	released->text = g_strdup(extract->text);
	released->answers = row > 0;
	released->automatic = !rows_null(messages, row, "kind");
	released->enclosures = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);
	return released;
}

Released *
release_message(const Tools *tools, Db *db, guint case_no, gint64 message, const GArray *picked,
    GError **error)
{
	g_autoptr(Rows) parties = admin_parties(db, case_no, error);
	g_autoptr(Rows) messages = parties != NULL ? admin_messages(db, case_no, error) : NULL;
	g_autoptr(Released) released = NULL;
	g_autoptr(GBytes) raw = NULL;
	int row;

	if (messages == NULL)
		return NULL;
	row = message != 0 ? row_of(messages, message) : first_report(messages, parties);
	if (row < 0) {
		error_set(error, SLUIS_ERROR_REFUSED, "there is no report in this case");
		return NULL;
	}
	released = released_of(tools, messages, (guint)row, error);
	if (released == NULL || picked->len == 0)
		return g_steal_pointer(&released);
	raw = raw_again(tools, db, released->reception, error);
	return raw != NULL && enclose_picked(tools, released, raw, picked, error) ?
	    g_steal_pointer(&released) : NULL;
}

GBytes *
release_raw(const Tools *tools, Db *db, const Released *released, GError **error)
{
	return raw_again(tools, db, released->reception, error);
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
	g_autoptr(Released) released = one != NULL ? release_message(tools, db,
	    (guint)rows_int(one, 0, "case_no"), 0, attachments, error) : NULL;

	if (released == NULL)
		return NULL;
	forward->cause = cause_of(released->id, attachments);
	forward->text = g_steal_pointer(&released->text);
	g_ptr_array_unref(forward->enclosures);
	forward->enclosures = g_steal_pointer(&released->enclosures);
	return g_steal_pointer(&forward);
}
