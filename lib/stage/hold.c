/* hold - see hold.h */

#include "hold.h"

#include "certificate.h"
#include "template.h"

typedef struct {
	const char *name, *word;
} Row;

static const Row rows[] = {
	[HOLD_LEAK_TEXT] = { "leak: the text names somebody else", "held-leak-text" },
	[HOLD_LEAK_ATTACHMENT] = { "leak: an attachment names somebody else", "held-leak-attachment" },
	[HOLD_OPENPGP_TEXT] = { "openpgp: the text has foreign OpenPGP data", "held-openpgp-text" },
	[HOLD_OPENPGP_ATTACHMENT] = { "openpgp: an attachment has foreign OpenPGP data",
	    "held-openpgp-attachment" },
	[HOLD_COUNSEL] = { "counsel: the text has words of counsel's", "held-counsel" },
	[HOLD_PERSONAL_TEXT] = { "personal: the text has data of persons", "held-personal-text" },
	[HOLD_PERSONAL_ATTACHMENT] = { "personal: an attachment has data of persons",
	    "held-personal-attachment" },
	[HOLD_ATTACHMENT] = { "attachment: it cannot be cleaned", "held-attachment" },
	[HOLD_REPLAYED] = { "replayed: a ciphertext of this case came before, elsewhere",
	    "held-replayed" },
	[HOLD_NOT_CONCERNED] = { "case: it does not concern the participant", "held-not-concerned" },
	[HOLD_CLEAR] = { "confirm: not encrypted", "held-clear" },
	[HOLD_ALL] = { "confirm: every mail is", "held-all" },
	[HOLD_FIRST] = { "confirm: the first mail to this party", "held-first" },
	[HOLD_LANGUAGE] = { "confirm: in another language than the party's", "held-language" },
	[HOLD_INTRODUCTION] = { "confirm: an introduction", "held-introduction" },
	[HOLD_BRIDGE] = { "confirm: over the bridge", "held-bridge" },
	[HOLD_PROGRESS] = { "confirm: how the case stands", "held-progress" },
	[HOLD_ADVISORY] = { "confirm: an advisory", "held-advisory" },
	[HOLD_EMBARGO] = { "confirm: before the embargo is over", "held-embargo" },
	[HOLD_NO_KEY] = { "no usable key", "held-no-key" },
	[HOLD_NO_CONTACT] = { "no contact who receives cases has this address", "held-no-contact" },
};

/* Why nothing can be encrypted to a key that is pinned. */
static const Row keys[] = {
	{ KEY_REVOKED, "key-revoked" },
	{ KEY_EXPIRED, "key-expired" },
	{ KEY_FUTURE, "key-future" },
	{ KEY_RSA, "key-rsa" },
	{ KEY_DSA, "key-dsa" },
	{ KEY_ELGAMAL, "key-elgamal" },
	{ KEY_SHA1, "key-sha1" },
	{ KEY_SUBKEY_REVOKED, "key-subkey-revoked" },
	{ KEY_SUBKEY_EXPIRED, "key-subkey-expired" },
	{ KEY_SUBKEY_FUTURE, "key-subkey-future" },
	{ KEY_SIGNS_ONLY, "key-signs-only" },
	{ KEY_NAMELESS, "key-nameless" },
};

const char *
hold_name(Hold hold)
{
	return rows[hold].name;
}

static const char *
word_of(const Row *row, gsize count, const char *name)
{
	for (gsize i = 0; i < count; i++)
		if (g_str_equal(row[i].name, name))
			return row[i].word;
	return NULL;
}

const char *
hold_said(GHashTable *words, const char *name)
{
	const char *word = word_of(rows, G_N_ELEMENTS(rows), name);

	if (word == NULL)
		word = word_of(keys, G_N_ELEMENTS(keys), name);
	return word != NULL ? template_word(words, word) : name;
}
