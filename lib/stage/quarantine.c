/* quarantine - see quarantine.h */

#include "quarantine.h"

#include <string.h>

#include "brought.h"
#include "certificate.h"
#include "consent.h"
#include "error.h"
#include "json.h"
#include "packet.h"
#include "revocation.h"
#include "template.h"
#include "untrusted.h"

/* What speaks for a key, as a word the notice explains. */
#define PINNED "key-pinned"
#define CERTIFIED "key-certified"

static bool
is_among(const GPtrArray *certificates, const Brought *brought)
{
	for (guint i = 0; i < certificates->len; i++) {
		GBytes *bytes = certificates->pdata[i];
		g_autoptr(GPtrArray) keys = packet_keys(g_bytes_get_data(bytes, NULL),
		    g_bytes_get_size(bytes), NULL);

		if (keys != NULL && keys->len > 0 &&
		    strcmp(((const PacketKey *)keys->pdata[0])->fingerprint, brought->fingerprint) == 0)
			return true;
	}
	return false;
}

/* One that no gpg can read has nothing that speaks for it. */
static const char *
standing(const Run *run, const Brought *brought, const GPtrArray *pinned, GError **error)
{
	g_autoptr(GError) because = NULL;
	g_autofree char *by = NULL;

	if (brought->revokes)
		return NULL;
	if (is_among(pinned, brought))
		return PINNED;
	by = certificate_certified_by(run->tools->pgp, brought->bytes, pinned, &because);
	if (because != NULL && !error_is(because, SLUIS_ERROR_REFUSED))
		g_propagate_error(error, g_steal_pointer(&because));
	return by != NULL && *by != '\0' ? CERTIFIED : NULL;
}

/* Of a stranger's mail there is nothing to compare with. */
bool
quarantine_look(Run *run, GError **error)
{
	g_autoptr(GPtrArray) pinned = NULL;
	g_autoptr(GError) because = NULL;

	if (run->brought == NULL || run->brought->len == 0 || run->mail->from == NULL ||
	    (run->placement.participant == 0 && run->placement.analyst == 0))
		return true;
	pinned = directory_certificates(run->db, run->mail->from->address, error);
	if (pinned == NULL)
		return false;
	run->standings = g_ptr_array_new();
	for (guint i = 0; pinned->len > 0 && because == NULL && i < run->brought->len; i++)
		g_ptr_array_add(run->standings, (gpointer)standing(run, run->brought->pdata[i],
		    pinned, &because));
	if (because == NULL)
		return true;
	g_propagate_error(error, g_steal_pointer(&because));
	return false;
}

/* What becomes of it, as a word the notice explains. */
static const char *
fate(const Run *run, guint n)
{
	const Brought *brought = run->brought->pdata[n];
	const Reporter *reporter = run->reporter;
	const char *stands = run->standings != NULL && n < run->standings->len ?
	    run->standings->pdata[n] : NULL;

	if (brought->revokes)
		return revocation_word(run, brought);
	if (stands != NULL)
		return stands;
	if (reporter != NULL && g_strcmp0(reporter->fingerprint, brought->fingerprint) == 0)
		return reporter->continued ? "key-continued" : "key-answers";
	if (reporter != NULL && reporter->certificate != NULL && reporter->others != NULL &&
	    g_ptr_array_find_with_equal_func(reporter->others, brought->fingerprint, g_str_equal, NULL))
		return "key-other";
	return "key-quarantined";
}

void
quarantine_tell(const Run *run, GHashTable *words, GString *out)
{
	for (guint i = 0; run->brought != NULL && i < run->brought->len; i++) {
		const Brought *brought = run->brought->pdata[i];
		g_autofree char *origin = g_strconcat("key-", brought_word(brought->by), NULL);

		g_string_append_printf(out, "%s %s (%s, %s)", template_word(words, "key-came"),
		    brought->fingerprint, template_word(words, origin),
		    template_word(words, brought->encrypted ? "encrypted" : "in-clear"));
		if (brought->address != NULL && !consent_hides(run))
			g_string_append_printf(out, " %s %s", template_word(words, "key-said-of"), brought->address);
		g_string_append_printf(out, "\n       %s\n", template_word(words, fate(run, i)));
	}
}

static GBytes *
record_of(const Run *run, const Brought *brought)
{
	g_autoptr(Json) json = json_new_object();
	gsize length;
	gconstpointer data = g_bytes_get_data(brought->bytes, &length);
	g_autofree char *base64 = g_base64_encode(data, length);

	json_put_text(json, "fingerprint", brought->fingerprint);
	json_put_text(json, "from", run->mail->from != NULL ? run->mail->from->address : NULL);
	json_put_text(json, "address", brought->address);
	json_put_text(json, "certificate", base64);
	return json_bytes(json);
}

/* The same key from somebody else is another matter to decide. */
static GBytes *
content_hash(const Run *run, const Brought *brought)
{
	const char *from = run->mail->from != NULL ? run->mail->from->address : "";
	g_autofree char *lower = g_ascii_strdown(from, -1);
	GByteArray *both = g_byte_array_new();
	g_autoptr(GBytes) bytes = NULL;

	g_byte_array_append(both, (const guint8 *)lower, (guint)strlen(lower) + 1);
	g_byte_array_append(both, g_bytes_get_data(brought->bytes, NULL),
	    (guint)g_bytes_get_size(brought->bytes));
	bytes = g_byte_array_free_to_bytes(both);
	return seal_mac(run->tools->index, "quarantine", g_bytes_get_data(bytes, NULL),
	    g_bytes_get_size(bytes));
}

static bool
is_of_case(Place place)
{
	return place == PLACE_NEW || place == PLACE_PARTY || place == PLACE_NOTE;
}

static bool
file_one(Run *run, const Brought *brought, GError **error)
{
	g_autoptr(GBytes) fingerprint = tools_hash_signer(run->tools, brought->fingerprint);
	g_autoptr(GBytes) content = content_hash(run, brought);
	g_autoptr(GBytes) plain = record_of(run, brought);
	g_autoptr(SealKey) key = seal_data_key();
	g_autoptr(GBytes) record = seal_small(key, "quarantine", plain);
	g_autoptr(GBytes) wrapped = seal_wrap(key, run->tools->storage_public);
	const UntrustedKey kept = {
		.reception = run->reception->id,
		.case_no = is_of_case(run->placement.place) ? run->placement.case_no : 0,
		.fingerprint = fingerprint, .content = content,
		.origin = brought_word(brought->by), .encrypted = brought->encrypted,
		.wrapped = wrapped, .record = record,
	};

	return untrusted_keep(run->db, &kept, error);
}

bool
quarantine_file(Run *run, GError **error)
{
	for (guint i = 0; run->brought != NULL && i < run->brought->len; i++)
		if (!((const Brought *)run->brought->pdata[i])->revokes &&
		    !file_one(run, run->brought->pdata[i], error))
			return false;
	return true;
}
