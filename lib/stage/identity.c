/* identity - see identity.h */

#include "identity.h"

#include <string.h>

#include "admin.h"
#include "extract.h"
#include "reporter.h"

static bool
add_certificate(const Tools *tools, Leak *leak, GBytes *bytes, GError **error)
{
	g_autoptr(Certificate) certificate = pgp_certificate(tools->pgp, bytes, error);

	if (certificate == NULL)
		return false;
	for (guint i = 0; i < certificate->user_ids->len; i++)
		leak_add_user_id(leak, g_ptr_array_index(certificate->user_ids, i));
	for (guint i = 0; i < certificate->subkeys->len; i++)
		leak_add_fingerprint(leak, g_ptr_array_index(certificate->subkeys, i));
	return true;
}

static bool
add_party(const Tools *tools, Leak *leak, const Rows *parties, guint row, GError **error)
{
	g_autoptr(GBytes) wrapped = rows_bytes(parties, row, "wrapped");
	g_autoptr(GBytes) record = rows_bytes(parties, row, "record");
	g_autoptr(Reporter) reporter = NULL;

	if (record == NULL)
		return true;
	reporter = reporter_open(tools, wrapped, record, error);
	if (reporter == NULL)
		return false;
	leak_add_address(leak, reporter->address);
	leak_add_name(leak, reporter->name);
	leak_add_fingerprint(leak, reporter->fingerprint);
	return reporter->certificate == NULL ||
	    add_certificate(tools, leak, reporter->certificate, error);
}

static bool
is_reporter(const Rows *parties, gint64 party)
{
	for (guint i = 0; i < rows_count(parties); i++)
		if (rows_int(parties, i, "id") == party)
			return strcmp(rows_text(parties, i, "role"), "reporter") == 0;
	return false;
}

static bool
add_message(const Tools *tools, Leak *leak, const Rows *messages, guint row, GError **error)
{
	g_autoptr(GBytes) wrapped = rows_bytes(messages, row, "wrapped");
	g_autoptr(GBytes) sealed = rows_bytes(messages, row, "extract");
	g_autoptr(Extract) extract = NULL;

	if (wrapped == NULL)		/* erased */
		return true;
	extract = extract_open(wrapped, sealed, tools->storage_public,
	    tools->storage_secret, error);
	if (extract == NULL)
		return false;
	leak_add_address(leak, extract->from);
	leak_add_name(leak, extract->from_name);
	leak_add_fingerprint(leak, extract->signer);
	return true;
}

static bool
add_messages(const Tools *tools, Db *db, Leak *leak, guint case_no, const Rows *parties,
    GError **error)
{
	g_autoptr(Rows) messages = admin_messages(db, case_no, error);

	for (guint i = 0; messages != NULL && i < rows_count(messages); i++)
		if (strcmp(rows_text(messages, i, "direction"), "in") == 0 &&
		    is_reporter(parties, rows_int(messages, i, "party")) &&
		    !add_message(tools, leak, messages, i, error))
			return false;
	return messages != NULL;
}

Leak *
identity_of_reporters(const Tools *tools, Db *db, guint case_no, GError **error)
{
	g_autoptr(Leak) leak = leak_new();
	g_autoptr(Rows) parties = admin_parties(db, case_no, error);

	if (parties == NULL)
		return NULL;
	for (guint i = 0; i < rows_count(parties); i++)
		if (!add_party(tools, leak, parties, i, error))
			return NULL;
	return add_messages(tools, db, leak, case_no, parties, error) ?
	    g_steal_pointer(&leak) : NULL;
}
