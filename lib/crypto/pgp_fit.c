/* pgp_fit - may anything be encrypted to a certificate, and if not what would
 * help; see certificate.h */

#include "pgp_fit.h"

#include <string.h>
#include <time.h>

#include "certificate.h"

#define RENEWED \
	"ask its owner to set a new date (gpg --quick-set-expire FPR 1y, and once more " \
	"with the fingerprint of the subkey behind it) and to send the key again"
#define ANOTHER "ask its owner for a new key, and hear its fingerprint by phone"

/* Fixed words, which a held mail is held for, and what to do about each. */
static const struct {
	const char *why, *fact, *remedy;
} sentences[] = {
	{ KEY_REVOKED, "its owner has revoked it", ANOTHER },
	{ KEY_EXPIRED, "it has expired", RENEWED },
	{ KEY_FUTURE, "it says it was made in the future",
	  "look at the clock of this host; if it is right, " ANOTHER },
	{ KEY_RSA, "RSA of less than 2048 bits can be broken", ANOTHER },
	{ KEY_DSA, "DSA is not to be relied on any more", ANOTHER },
	{ KEY_ELGAMAL, "ElGamal is not to be relied on any more", "ask its owner to add a subkey "
	  "(gpg --quick-add-key FPR cv25519 encr) and to send the key again" },
	{ KEY_SHA1, "only SHA-1, or a hash no better, ties its parts together, and that can be forged",
	  "ask its owner to sign it anew (gpg --cert-digest-algo SHA512 --quick-set-expire FPR 1y, "
	  "and once more with '*' behind it) and to send the key again" },
	{ KEY_SUBKEY_EXPIRED, "its encryption subkey has expired", RENEWED },
	{ KEY_SUBKEY_REVOKED, "its owner has revoked its encryption subkey", "ask its owner to add "
	  "another (gpg --quick-add-key FPR cv25519 encr) and to send the key again" },
	{ KEY_SUBKEY_FUTURE, "its encryption subkey says it was made in the future",
	  "look at the clock of this host; if it is right, ask its owner to add another subkey" },
	{ KEY_SIGNS_ONLY, "it can sign and not be encrypted to", "ask its owner to add a subkey "
	  "(gpg --quick-add-key FPR cv25519 encr) and to send the key again" },
	{ KEY_NAMELESS, "no user id of it is valid", ANOTHER },
};

char *
certificate_sentence(const char *unusable)
{
	for (guint i = 0; unusable != NULL && i < G_N_ELEMENTS(sentences); i++)
		if (strcmp(sentences[i].why, unusable) == 0)
			return g_strdup_printf("%s: %s", sentences[i].fact, sentences[i].remedy);
	return g_strdup(unusable);
}

static bool
is_future(gpgme_subkey_t key)
{
	return key->timestamp > time(NULL);
}

/* What cannot be mended about a key, whatever its dates. */
static const char *
why_weak(gpgme_subkey_t key, const GPtrArray *packets)
{
	const PacketKey *packet = pgp_key_among(packets, key->fpr);

	switch (key->pubkey_algo) {
	case GPGME_PK_DSA:
		return KEY_DSA;
	case GPGME_PK_ELG: case GPGME_PK_ELG_E:
		return KEY_ELGAMAL;
	default:
		break;
	}
	if (packet == NULL)
		return KEY_SIGNS_ONLY;
	return packet_key_is_weak(packet) ? KEY_RSA : packet->bound ? NULL : KEY_SHA1;
}

static const char *
why_not_subkey(gpgme_subkey_t key, const GPtrArray *packets)
{
	if (!key->can_encrypt)
		return KEY_SIGNS_ONLY;
	if (key->revoked)
		return KEY_SUBKEY_REVOKED;
	if (key->expired)
		return KEY_SUBKEY_EXPIRED;
	if (is_future(key))
		return KEY_SUBKEY_FUTURE;
	return key->invalid || key->disabled ? KEY_SIGNS_ONLY : why_weak(key, packets);
}

/* The newest fit subkey, or the primary key; else what is wrong with the last
 * of those that would encrypt. */
static gpgme_subkey_t
encryption_key(gpgme_key_t key, const GPtrArray *packets, const char **why)
{
	gpgme_subkey_t best = NULL;

	*why = why_not_subkey(key->subkeys, packets);
	for (gpgme_subkey_t subkey = key->subkeys->next; subkey != NULL; subkey = subkey->next) {
		const char *not_this = why_not_subkey(subkey, packets);

		if (not_this == NULL && (best == NULL || subkey->timestamp > best->timestamp))
			best = subkey;
		if (not_this != NULL && strcmp(not_this, KEY_SIGNS_ONLY) != 0)
			*why = not_this;
	}
	return best == NULL && why_not_subkey(key->subkeys, packets) == NULL ? key->subkeys : best;
}

const char *
pgp_why_unusable(gpgme_key_t key, GBytes *binary, gpgme_subkey_t *encryption)
{
	g_autoptr(GPtrArray) packets = pgp_keys_of(binary);
	const char *why, *weak = why_weak(key->subkeys, packets);

	*encryption = encryption_key(key, packets, &why);
	if (key->revoked)
		return KEY_REVOKED;
	if (key->expired)
		return KEY_EXPIRED;
	if (is_future(key->subkeys))
		return KEY_FUTURE;
	if (weak != NULL)
		return weak;
	if (*encryption == NULL)
		return why;
	return key->invalid ? KEY_NAMELESS : NULL;
}
