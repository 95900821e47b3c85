/* reporter - see reporter.h */

#include "reporter.h"

#include "cases.h"
#include "certificate.h"
#include "error.h"
#include "json.h"

static GBytes *
base64_bytes(const char *text)
{
	gsize length;
	guchar *bytes;

	if (text == NULL)
		return NULL;
	bytes = g_base64_decode(text, &length);
	return g_bytes_new_take(bytes, length);
}

Reporter *
reporter_open(const Tools *tools, GBytes *wrapped, GBytes *record, GError **error)
{
	g_autoptr(SealKey) key = seal_unwrap(wrapped, tools->storage_public,
	    tools->storage_secret, error);
	g_autoptr(GBytes) bytes = key != NULL ?
	    unseal_small(key, "reporter", record, error) : NULL;
	g_autoptr(Json) json = bytes != NULL ? json_parse(bytes, error) : NULL;
	Reporter *reporter;

	if (json == NULL)
		return NULL;
	reporter = g_new0(Reporter, 1);
	reporter->address = g_strdup(json_text(json, "address"));
	reporter->name = g_strdup(json_text(json, "name"));
	reporter->certificate = base64_bytes(json_text(json, "certificate"));
	reporter->fingerprint = g_strdup(json_text(json, "fingerprint"));
	reporter->subkey = g_strdup(json_text(json, "subkey"));
	return reporter;
}

static void
record_write(const Reporter *reporter, const Tools *tools, GBytes **wrapped, GBytes **record)
{
	g_autoptr(Json) json = json_new_object();
	g_autoptr(SealKey) key = seal_data_key();
	g_autoptr(GBytes) bytes = NULL;

	json_put_text(json, "address", reporter->address);
	json_put_text(json, "name", reporter->name);
	if (reporter->certificate != NULL) {
		gsize length;
		gconstpointer data = g_bytes_get_data(reporter->certificate, &length);
		g_autofree char *base64 = g_base64_encode(data, length);

		json_put_text(json, "certificate", base64);
	}
	json_put_text(json, "fingerprint", reporter->fingerprint);
	json_put_text(json, "subkey", reporter->subkey);
	bytes = json_bytes(json);
	*record = seal_small(key, "reporter", bytes);
	*wrapped = seal_wrap(key, tools->storage_public);
}

/* Is this certificate one that names the address, and can be encrypted to? */
static bool
certificate_fits(const Certificate *certificate, const char *address)
{
	if (certificate->unusable != NULL || certificate->encryption_subkey == NULL)
		return false;
	for (guint i = 0; i < certificate->addresses->len; i++)
		if (g_ascii_strcasecmp(g_ptr_array_index(certificate->addresses, i), address) == 0)
			return true;
	return false;
}

/* The only certificate among keys that fits the address; NULL if none or
 * several do. One that cannot be read at all is no candidate. *revoked: the key
 * we know is among them, and its owner has taken it back. */
static Certificate *
only_fitting(const Tools *tools, const GPtrArray *keys, const Reporter *reporter,
    bool *revoked, GError **error)
{
	g_autoptr(Certificate) found = NULL;
	guint fitting = 0;

	*revoked = false;
	for (guint i = 0; i < keys->len; i++) {
		g_autoptr(GError) because = NULL;
		g_autoptr(Certificate) one = pgp_certificate(tools->pgp,
		    g_ptr_array_index(keys, i), &because);

		if (one == NULL && !error_is(because, SLUIS_ERROR_REFUSED)) {
			g_propagate_error(error, g_steal_pointer(&because));
			return NULL;
		}
		if (one == NULL)
			continue;
		if (g_strcmp0(one->unusable, KEY_REVOKED) == 0 &&
		    g_strcmp0(one->fingerprint, reporter->fingerprint) == 0)
			*revoked = true;
		if (!certificate_fits(one, reporter->address))
			continue;
		fitting++;
		certificate_free(found);
		found = g_steal_pointer(&one);
	}
	return fitting == 1 ? g_steal_pointer(&found) : NULL;
}

static bool
certificate_known(const Reporter *reporter, const GPtrArray *keys)
{
	return keys->len == 1 && reporter->certificate != NULL &&
	    g_bytes_equal(reporter->certificate, g_ptr_array_index(keys, 0));
}

/* A key that came with this mail replaces the one before it; the same one taken
 * back leaves none (T-31). */
static bool
learn_certificate(Reporter *reporter, const Tools *tools, const Opened *opened,
    GError **error)
{
	g_autoptr(GError) because = NULL;
	g_autoptr(Certificate) certificate = NULL;
	bool revoked;

	if (opened->encryption != ENCRYPTION_OK || opened->keys == NULL ||
	    opened->keys->len == 0 || certificate_known(reporter, opened->keys))
		return true;
	certificate = only_fitting(tools, opened->keys, reporter, &revoked, &because);
	if (because != NULL) {
		g_propagate_error(error, g_steal_pointer(&because));
		return false;
	}
	if (certificate == NULL && !revoked)
		return true;
	reporter_unlearn(reporter);
	reporter->changed = true;
	if (certificate == NULL)
		return true;
	reporter->certificate = g_bytes_ref(certificate->bytes);
	reporter->fingerprint = g_strdup(certificate->fingerprint);
	reporter->subkey = g_strdup(certificate->encryption_subkey);
	return true;
}

/* The reporter of that address as we know it, or a fresh one. */
Reporter *
reporter_named(const Tools *tools, Db *db, const Mailbox *from, GError **error)
{
	g_autoptr(GBytes) hash = tools_hash_address(tools, from->address);
	g_autoptr(GBytes) wrapped = NULL, record = NULL;
	g_autoptr(GError) because = NULL;
	gint64 id = reporter_find(db, hash, &wrapped, &record, &because);
	Reporter *reporter;

	if (because != NULL) {
		g_propagate_error(error, g_steal_pointer(&because));
		return NULL;
	}
	if (id != 0) {
		reporter = reporter_open(tools, wrapped, record, error);
	} else {
		reporter = g_new0(Reporter, 1);
		reporter->address = g_strdup(from->address);
		reporter->name = g_strdup(from->name);
		reporter->changed = true;
	}
	if (reporter != NULL) {
		reporter->id = id;
		reporter->hash = g_steal_pointer(&hash);
	}
	return reporter;
}

Reporter *
reporter_load(const Tools *tools, Db *db, const Mail *mail, const Opened *opened,
    GError **error)
{
	g_autoptr(Reporter) reporter = NULL;

	if (mail->from == NULL)
		return NULL;
	reporter = reporter_named(tools, db, mail->from, error);
	if (reporter == NULL)
		return NULL;
	if (opened->from_known)		/* an analyst's or a contact's, who have pinned ones */
		reporter_unlearn(reporter);
	else if (!learn_certificate(reporter, tools, opened, error))
		return NULL;
	return g_steal_pointer(&reporter);
}

void
reporter_unlearn(Reporter *reporter)
{
	g_clear_pointer(&reporter->certificate, g_bytes_unref);
	g_clear_pointer(&reporter->fingerprint, g_free);
	g_clear_pointer(&reporter->subkey, g_free);
	reporter->changed = reporter->id == 0;
}

bool
reporter_file(const Tools *tools, Db *db, Reporter *reporter, GError **error)
{
	g_autoptr(GBytes) wrapped = NULL, record = NULL;

	if (!reporter->changed)
		return true;
	record_write(reporter, tools, &wrapped, &record);
	reporter->id = reporter_put(db, reporter->hash, wrapped, record, error);
	return reporter->id != 0;
}

void
reporter_free(Reporter *reporter)
{
	if (reporter == NULL)
		return;
	g_clear_pointer(&reporter->hash, g_bytes_unref);
	g_clear_pointer(&reporter->certificate, g_bytes_unref);
	g_free(reporter->address);
	g_free(reporter->name);
	g_free(reporter->fingerprint);
	g_free(reporter->subkey);
	g_free(reporter);
}
