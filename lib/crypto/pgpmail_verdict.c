/*
 * pgpmail_verdict - whose keys are asked, and what their answer is worth
 *
 * A signature is by a key and covers bytes; From is beside them, and a reader
 * takes it for the one who speaks. So the two are compared here: what is signed
 * by somebody else than From shows is signed in part, whoever it was (T-23).
 */

#include "pgpmail_opening.h"

#include <string.h>

#include "error.h"
#include "packet.h"
#include "times.h"

#define MOST_SENDERS 8
#define MOST_DRIFT (24 * 60 * 60 * (gint64)G_USEC_PER_SEC)

static const Signed signed_of[] = {
	[SIGNATURE_GOOD] = SIGNED_GOOD, [SIGNATURE_BAD] = SIGNED_BAD,
	[SIGNATURE_EXPIRED] = SIGNED_EXPIRED, [SIGNATURE_REVOKED] = SIGNED_REVOKED,
	[SIGNATURE_FUTURE] = SIGNED_FUTURE, [SIGNATURE_WEAK] = SIGNED_WEAK,
	[SIGNATURE_UNKNOWN_KEY] = SIGNED_UNKNOWN_KEY, [SIGNATURE_BROKEN] = SIGNED_MALFORMED,
};

static const struct { Encryption encryption; const char *because; } decrypt_meanings[] = {
	[DECRYPT_OK] = { ENCRYPTION_OK, NULL },
	[DECRYPT_NOKEY] = { ENCRYPTION_NOKEY, "encrypted to another key" },
	[DECRYPT_BROKEN] = { ENCRYPTION_BROKEN, "what was encrypted is damaged or was changed" },
	[DECRYPT_BOMB] = { ENCRYPTION_BOMB, "what was encrypted unpacks to more than is allowed" },
	[DECRYPT_NOT_ENCRYPTED] = { ENCRYPTION_NONE, "called encrypted, and is not" },
};

void
opening_because(const Opening *opening, const char *why)
{
	if (opening->opened->because == NULL)
		opening->opened->because = g_strdup(why);
}

bool
opening_malformed(const Opening *opening, const char *why)
{
	opening->opened->is_signed = SIGNED_MALFORMED;
	opening_because(opening, why);
	return true;
}

void
opening_layer(const Opening *opening, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_ptr_array_add(opening->opened->layers, g_strdup_vprintf(format, arguments));
	va_end(arguments);
}

void
opening_closed(const Opening *opening, const char *what)
{
	g_autofree char *words = g_strdup_printf("%s was left closed", what);

	opening_because(opening, words);
	opening_layer(opening, "%s", words);
}

bool
opening_repaired(const Opening *opening)
{
	if (opening->opened->is_signed == SIGNED_GOOD)
		opening->opened->is_signed = SIGNED_REPAIRED;
	opening_because(opening, "rewritten on its way, and put together again to be read");
	return true;
}

void
opening_only_part(const Opening *opening)
{
	Opened *opened = opening->opened;

	opening_because(opening, "only a part of the mail is signed");
	if (opened->is_signed == SIGNED_PARTLY)
		return;
	opened->is_signed = SIGNED_NONE;
	g_clear_pointer(&opened->signer, g_free);
	opened->signed_at = 0;
}

/*
 * Certificates.
 */

bool
opening_find_senders(Opening *opening, GError **error)
{
	g_autoptr(GPtrArray) senders = mime_mailboxes(opening->outer, "From");

	opening->one_sender = senders->len == 1 && mime_header_count(opening->outer, "From") == 1 &&
	    *((const Mailbox *)senders->pdata[0])->address != '\0';
	for (guint i = 0; i < MIN(senders->len, MOST_SENDERS); i++) {
		const Mailbox *sender = senders->pdata[i];
		GPtrArray *found;

		if (*sender->address == '\0')
			continue;
		found = opening->finder->by_address(opening->finder->context, sender->address, error);
		if (found == NULL)
			return false;
		g_ptr_array_extend_and_steal(opening->certificates, found);
	}
	return true;
}

/* The key of a single signature that is not known so far, wherever it is
 * kept; an empty array if there is nothing to look up or to find. */
static GPtrArray *
find_signer(const Opening *opening, const GPtrArray *signatures, GError **error)
{
	const Signature *only = signatures->len == 1 ? signatures->pdata[0] : NULL;
	GPtrArray *found;

	if (only == NULL || only->status != SIGNATURE_UNKNOWN_KEY || *only->key == '\0')
		return g_ptr_array_new();
	found = opening->finder->by_fingerprint(opening->finder->context, only->key, error);
	for (guint i = 0; found != NULL && i < found->len; i++)
		g_ptr_array_add(opening->strangers, g_bytes_ref(found->pdata[i]));
	return found;
}

GPtrArray *
opening_verify_beside(const Opening *opening, GBytes *bytes, GBytes *signature, GError **error)
{
	g_autoptr(GPtrArray) first = pgp_verify(opening->pgp, bytes, signature,
	    opening->certificates, error);
	g_autoptr(GPtrArray) more = first == NULL ? NULL : find_signer(opening, first, error);

	if (more == NULL || more->len == 0)
		return more == NULL ? NULL : g_steal_pointer(&first);
	return pgp_verify(opening->pgp, bytes, signature, more, error);
}

GPtrArray *
opening_verify_block(const Opening *opening, GBytes *block, GBytes **text, GError **error)
{
	g_autoptr(GPtrArray) first = pgp_verify_inline(opening->pgp, block, opening->certificates,
	    text, error);
	g_autoptr(GPtrArray) more = first == NULL ? NULL : find_signer(opening, first, error);

	if (more == NULL || more->len == 0)
		return more == NULL ? NULL : g_steal_pointer(&first);
	g_clear_pointer(text, g_bytes_unref);
	return pgp_verify_inline(opening->pgp, block, more, text, error);
}

/*
 * Is the signer who From shows?
 */

static bool
is_of(GBytes *certificate, const char *fingerprint)
{
	g_autoptr(GPtrArray) keys = packet_keys(g_bytes_get_data(certificate, NULL),
	    g_bytes_get_size(certificate), NULL);

	for (guint i = 0; keys != NULL && i < keys->len; i++)
		if (strcmp(((const PacketKey *)keys->pdata[i])->primary, fingerprint) == 0)
			return true;
	return false;
}

static GBytes *
certificate_of(const GPtrArray *certificates, const char *fingerprint)
{
	for (guint i = 0; i < certificates->len; i++)
		if (is_of(certificates->pdata[i], fingerprint))
			return certificates->pdata[i];
	return NULL;
}

/* What a pinned certificate says of its owner; *certificate is NULL where that
 * cannot be read. */
static bool
read_certificate(const Opening *opening, GBytes *bytes, Certificate **certificate,
    GError **error)
{
	g_autoptr(GError) because = NULL;

	*certificate = pgp_certificate(opening->pgp, bytes, &because);
	if (*certificate != NULL || error_is(because, SLUIS_ERROR_REFUSED))
		return true;
	g_propagate_error(error, g_steal_pointer(&because));
	return false;
}

static bool
names_address(const Certificate *certificate, const char *address)
{
	g_autofree char *lower = g_ascii_strdown(address, -1);

	return certificate != NULL && g_ptr_array_find_with_equal_func(certificate->addresses,
	    lower, g_str_equal, NULL);
}

/* A display name that looks like the address of somebody else. */
static bool
name_is_address(const Mailbox *sender)
{
	const char *at = strchr(sender->name, '@');
	g_autofree char *name = g_ascii_strdown(sender->name, -1);
	g_autofree char *address = g_ascii_strdown(sender->address, -1);

	return at != NULL && (strchr(at + 1, '@') != NULL || strstr(name, address) == NULL);
}

/* Do answers go to somebody whom neither From nor the pinned key names? */
static bool
answers_elsewhere(const Opening *opening, const Mailbox *sender, const Certificate *signer)
{
	g_autoptr(GPtrArray) answers = mime_mailboxes(opening->outer, "Reply-To");

	for (guint i = 0; i < answers->len; i++) {
		const char *address = ((const Mailbox *)answers->pdata[i])->address;

		if (g_ascii_strcasecmp(address, sender->address) != 0 && !names_address(signer, address))
			return true;
	}
	return false;
}

static bool
has_name(const Certificate *signer, const char *name)
{
	g_autofree char *wanted = g_utf8_casefold(name, -1);

	for (guint i = 0; signer != NULL && i < signer->user_ids->len; i++) {
		g_autofree char *id = g_utf8_casefold(signer->user_ids->pdata[i], -1);

		if (strstr(id, wanted) != NULL)
			return true;
	}
	return false;
}

/* One name of two that differ is a habit of people; with answers that go to a
 * third it is a mask. The certificate is read only where there is such a doubt. */
static bool
is_masked(const Opening *opening, const Mailbox *sender, GBytes *bytes, bool *masked,
    GError **error)
{
	g_autoptr(Certificate) signer = NULL;

	*masked = name_is_address(sender);
	if (*masked || *sender->name == '\0' || !answers_elsewhere(opening, sender, NULL))
		return true;
	if (!read_certificate(opening, bytes, &signer, error))
		return false;
	*masked = answers_elsewhere(opening, sender, signer) && !has_name(signer, sender->name);
	return true;
}

/* Is this key pinned for the one address of From? One that is pinned for
 * another address counts where a user id of it names this one, and so does one
 * of our own keys. */
static bool
names_sender(const Opening *opening, const Mailbox *sender, const char *fingerprint, bool *names,
    GError **error)
{
	GBytes *stranger = certificate_of(opening->strangers, fingerprint);
	g_autoptr(GBytes) bytes = stranger != NULL ? g_bytes_ref(stranger) : NULL;
	g_autoptr(Certificate) signer = NULL;

	*names = certificate_of(opening->certificates, fingerprint) != NULL;
	if (*names || (bytes == NULL && !pgp_is_ours(opening->pgp, fingerprint)))
		return true;
	if (bytes == NULL)
		bytes = pgp_export(opening->pgp, fingerprint, error);
	if (bytes == NULL || !read_certificate(opening, bytes, &signer, error))
		return false;
	*names = names_address(signer, sender->address);
	return true;
}

static bool
compare_sender(const Opening *opening, const char *fingerprint, GError **error)
{
	g_autoptr(GPtrArray) senders = mime_mailboxes(opening->outer, "From");
	const Mailbox *sender = senders->pdata[0];
	GBytes *bytes = certificate_of(opening->certificates, fingerprint);
	bool names, masked = false;

	if (!names_sender(opening, sender, fingerprint, &names, error) || (names &&
	    !is_masked(opening, sender, bytes != NULL ? bytes :
	        certificate_of(opening->strangers, fingerprint), &masked, error)))
		return false;
	if (names && !masked)
		return true;
	opening->opened->is_signed = SIGNED_PARTLY;
	opening->opened->other_sender = true;
	opening_because(opening, names ? "the name in From is not the signer's" :
	    "signed by a key that is not of whom From names");
	return true;
}

/*
 * Verdicts.
 */

static void
signature_layer(const Opening *opening, const Signature *signature)
{
	g_autofree char *at = signature->made == 0 ? NULL :
	    times_rfc3339(signature->made * G_USEC_PER_SEC);

	opening_layer(opening, "signature %s%s%s%s%s", signed_word(signed_of[signature->status]),
	    *signature->key == '\0' ? "" : "; key=", signature->key, at == NULL ? "" : "; at=",
	    at == NULL ? "" : at);
}

/* A second layer, or several in one. What was wrong outside is not made good
 * by what was inside. */
static bool
take_several(Opened *opened)
{
	if (opened->is_signed == SIGNED_BAD || opened->is_signed == SIGNED_MALFORMED)
		return true;
	opened->is_signed = SIGNED_SEVERAL;
	g_clear_pointer(&opened->signer, g_free);
	opened->signed_at = 0;
	return true;
}

static bool
take_good(const Opening *opening, bool whole, GError **error)
{
	Opened *opened = opening->opened;
	gint64 date = mime_date(opening->outer);

	if (date != 0 && ABS(date - opened->signed_at) > MOST_DRIFT)
		opening_because(opening, "signed more than a day before or after its Date");
	if (!whole)
		opened->is_signed = SIGNED_PARTLY;
	else if (!opening->one_sender)
		return opening_malformed(opening, "signed, and From is not exactly one mailbox");
	return !whole || compare_sender(opening, opened->signer, error);
}

bool
opening_take_signatures(const Opening *opening, const GPtrArray *signatures, bool whole,
    GError **error)
{
	Opened *opened = opening->opened;
	const Signature *only;

	for (guint i = 0; i < signatures->len; i++)
		signature_layer(opening, signatures->pdata[i]);
	if (signatures->len == 0)
		return true;
	if (signatures->len > 1 || opened->is_signed != SIGNED_NONE)
		return take_several(opened);
	only = signatures->pdata[0];
	opened->is_signed = signed_of[only->status];
	opened->signer = *only->key == '\0' ? NULL : g_strdup(only->key);
	opened->signed_at = only->made * G_USEC_PER_SEC;
	return opened->is_signed != SIGNED_GOOD || take_good(opening, whole, error);
}

/* Decrypts and judges; *plaintext is NULL if there is nothing to read. */
bool
opening_decrypt(const Opening *opening, GBytes *ciphertext, bool whole, GBytes **plaintext,
    GError **error)
{
	Opened *opened = opening->opened;
	g_autoptr(Decrypted) decrypted = pgp_decrypt(opening->pgp, ciphertext,
	    opening->certificates, opening->most, error);
	g_autoptr(GPtrArray) more = NULL;

	*plaintext = NULL;
	if (decrypted == NULL)
		return false;
	opened->encryption = decrypt_meanings[decrypted->status].encryption;
	opening_layer(opening, "encryption %s%s%s", encryption_word(opened->encryption),
	    decrypted->key == NULL ? "" : "; key=", decrypted->key == NULL ? "" : decrypted->key);
	if (decrypted->status != DECRYPT_OK) {
		opening_because(opening, decrypted->because != NULL ? decrypted->because :
		    decrypt_meanings[decrypted->status].because);
		return true;
	}
	more = find_signer(opening, decrypted->signatures, error);
	if (more == NULL || (more->len > 0 &&
	    !pgp_verify_again(opening->pgp, ciphertext, decrypted, more, error)))
		return false;
	opened->decryption_key = g_steal_pointer(&decrypted->key);
	opened->session_key = g_steal_pointer(&decrypted->session_key);
	*plaintext = g_bytes_ref(decrypted->plaintext);
	return opening_take_signatures(opening, decrypted->signatures, whole, error);
}
