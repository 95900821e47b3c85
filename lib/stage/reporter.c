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

/* The certificates among keys that say something of the reporter: the one we
 * know, and others that fit the address. */
typedef struct {
	Certificate *same;
	GPtrArray *others;	/* of Certificate */
	GBytes *other;		/* the last of them as it came */
} Candidates;

static void
candidates_clear(Candidates *candidates)
{
	certificate_free(candidates->same);
	g_clear_pointer(&candidates->others, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Candidates, candidates_clear)

/* One that cannot be read at all is no candidate. */
static bool
find_candidates(const Tools *tools, const GPtrArray *keys, const Reporter *reporter,
    Candidates *found, GError **error)
{
	found->others = g_ptr_array_new_with_free_func((GDestroyNotify)certificate_free);
	for (guint i = 0; i < keys->len; i++) {
		g_autoptr(GError) because = NULL;
		g_autoptr(Certificate) one = pgp_certificate(tools->pgp,
		    g_ptr_array_index(keys, i), &because);

		if (one == NULL && !error_is(because, SLUIS_ERROR_REFUSED)) {
			g_propagate_error(error, g_steal_pointer(&because));
			return false;
		}
		if (one != NULL && g_strcmp0(one->fingerprint, reporter->fingerprint) == 0) {
			certificate_free(found->same);
			found->same = g_steal_pointer(&one);
		} else if (one != NULL && certificate_fits(one, reporter->address)) {
			g_ptr_array_add(found->others, g_steal_pointer(&one));
			found->other = g_ptr_array_index(keys, i);
		}
	}
	return true;
}

static bool
certificate_known(const Reporter *reporter, const GPtrArray *keys)
{
	return keys->len == 1 && reporter->certificate != NULL &&
	    g_bytes_equal(reporter->certificate, g_ptr_array_index(keys, 0));
}

static void
take(Reporter *reporter, const Certificate *certificate)
{
	reporter_unlearn(reporter);
	reporter->changed = true;
	reporter->certificate = g_bytes_ref(certificate->bytes);
	reporter->fingerprint = g_strdup(certificate->fingerprint);
	reporter->subkey = g_strdup(certificate->encryption_subkey);
}

/* A version of the key we know: what it adds is taken, and what it leaves out is
 * not taken back. One that is of no use any more leaves none (T-31). */
static bool
take_version(Reporter *reporter, const Tools *tools, const Certificate *version, GError **error)
{
	g_autoptr(Certificate) merged = certificate_merge(tools->pgp, reporter->certificate,
	    version->bytes, error);

	if (merged == NULL)
		return false;
	if (!certificate_fits(merged, reporter->address)) {
		reporter_unlearn(reporter);
		reporter->changed = true;
	} else if (!g_bytes_equal(merged->bytes, reporter->certificate))
		take(reporter, merged);
	return true;
}

static GPtrArray *
only_former(void *context, const char *what G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
	GPtrArray *one = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);

	g_ptr_array_add(one, g_bytes_ref(((const Reporter *)context)->certificate));
	return one;
}

/* What was a signature by an unknown key is looked at once more with the key
 * this reporter had. */
static bool
signed_by_former(Reporter *reporter, const Tools *tools, const Mime *outer, bool *so,
    GError **error)
{
	const KeyFinder finder = { only_former, only_former, reporter };
	g_autoptr(Opened) again = pgpmail_open(tools->pgp, outer, &finder,
	    (gsize)tools->settings->most_opened, error);

	*so = again != NULL && again->is_signed == SIGNED_GOOD &&
	    g_strcmp0(again->signer, reporter->fingerprint) == 0;
	return again != NULL;
}

/* Has the key before it vouched for that one, or nothing to say any more? */
static bool
may_follow(Reporter *reporter, const Tools *tools, const Mime *outer, const Opened *opened,
    GBytes *other, bool *may, GError **error)
{
	g_autoptr(Certificate) former = pgp_certificate(tools->pgp, reporter->certificate, error);
	g_autoptr(GPtrArray) certifiers = only_former(reporter, NULL, NULL);
	g_autofree char *by = NULL;

	*may = former != NULL && former->unusable != NULL;
	if (former == NULL || *may)
		return former != NULL;
	by = certificate_certified_by(tools->pgp, other, certifiers, error);
	if (by == NULL)
		return false;
	*may = reporter->continued = *by != '\0';
	if (*may || opened->is_signed != SIGNED_UNKNOWN_KEY)
		return true;
	if (!signed_by_former(reporter, tools, outer, may, error))
		return false;
	reporter->continued = *may;
	return true;
}

static bool
take_other(Reporter *reporter, const Tools *tools, const Mime *outer, const Opened *opened,
    const Candidates *found, GError **error)
{
	bool is_one = found->others->len == 1, may = is_one;

	if (is_one && reporter->certificate != NULL &&
	    !may_follow(reporter, tools, outer, opened, found->other, &may, error))
		return false;
	if (may) {
		take(reporter, g_ptr_array_index(found->others, 0));
		return true;
	}
	reporter->others = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < found->others->len; i++) {
		const Certificate *one = g_ptr_array_index(found->others, i);

		g_ptr_array_add(reporter->others, g_strdup(one->fingerprint));
	}
	return true;
}

/* What a mail brings that only the team could read. */
static bool
learn_certificate(Reporter *reporter, const Tools *tools, const Mime *outer,
    const Opened *opened, GError **error)
{
	g_auto(Candidates) found = { NULL, NULL, NULL };

	if (opened->encryption != ENCRYPTION_OK || opened->keys == NULL ||
	    opened->keys->len == 0 || certificate_known(reporter, opened->keys))
		return true;
	if (!find_candidates(tools, opened->keys, reporter, &found, error))
		return false;
	if (found.same != NULL && reporter->certificate != NULL &&
	    !take_version(reporter, tools, found.same, error))
		return false;
	return take_other(reporter, tools, outer, opened, &found, error);
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
reporter_load(const Tools *tools, Db *db, const Mime *outer, const Mail *mail,
    const Opened *opened, GError **error)
{
	g_autoptr(Reporter) reporter = NULL;

	if (mail->from == NULL)
		return NULL;
	reporter = reporter_named(tools, db, mail->from, error);
	if (reporter == NULL)
		return NULL;
	if (opened->from_known)		/* an analyst's or a contact's, who have pinned ones */
		reporter_unlearn(reporter);
	else if (!mail->malformed && !learn_certificate(reporter, tools, outer, opened, error))
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
	g_clear_pointer(&reporter->others, g_ptr_array_unref);
	g_free(reporter->address);
	g_free(reporter->name);
	g_free(reporter->fingerprint);
	g_free(reporter->subkey);
	g_free(reporter);
}
