/* token - reply addresses and Message-IDs of ours; see token.h */

#include "token.h"

#include <string.h>

#include "error.h"

#define VERSION 1
#define NAMED_LENGTH 12		/* version, case, party, epoch */
#define MAC_LENGTH 26		/* 130 bits */
#define MAC_BITS 130
#define KEYS_KEPT 2
#define NAME_PREFIX "token.key."

#define ID_RANDOM 12		/* octets: 96 bits */
#define ID_MAC 8
#define ID_LENGTH 32		/* both, five bits a character */

G_STATIC_ASSERT(NAMED_LENGTH + MAC_LENGTH == TOKEN_LENGTH);

struct TokenKeys {
	GPtrArray *keys;	/* of SealKey, newest first */
};

static const struct { guint width; gsize most; } widths[] = {
	{ 1, 31 }, { 6, (1 << 30) - 1 }, { 3, (1 << 15) - 1 }, { 2, (1 << 10) - 1 },
};

/* Newest first: token.key.10 before token.key.9. */
static int
by_number(const void *a, const void *b)
{
	gint64 one = g_ascii_strtoll(*(char *const *)a + strlen(NAME_PREFIX), NULL, 10);
	gint64 two = g_ascii_strtoll(*(char *const *)b + strlen(NAME_PREFIX), NULL, 10);

	return one < two ? 1 : one > two ? -1 : 0;
}

static GPtrArray *
key_names(const char *folder, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, error);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *name;

	if (dir == NULL) {
		error_because(error, SLUIS_ERROR_SETUP, "keys of tokens");
		return NULL;
	}
	while ((name = g_dir_read_name(dir)) != NULL)
		if (g_str_has_prefix(name, NAME_PREFIX) &&
		    strspn(name + strlen(NAME_PREFIX), "0123456789") ==
		        strlen(name) - strlen(NAME_PREFIX) && name[strlen(NAME_PREFIX)] != '\0')
			g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, by_number);
	return g_steal_pointer(&names);
}

TokenKeys *
token_keys_load(const char *folder, GError **error)
{
	g_autoptr(TokenKeys) keys = g_new0(TokenKeys, 1);
	g_autoptr(GPtrArray) names = key_names(folder, error);

	keys->keys = g_ptr_array_new_with_free_func((GDestroyNotify)seal_key_free);
	if (names == NULL)
		return NULL;
	for (guint i = 0; i < MIN(names->len, KEYS_KEPT); i++) {
		SealKey *key = seal_key_load(folder, names->pdata[i], error);

		if (key == NULL)
			return NULL;
		g_ptr_array_add(keys->keys, key);
	}
	if (keys->keys->len == 0) {
		error_set(error, SLUIS_ERROR_SETUP, "%s: there is no " NAME_PREFIX "N", folder);
		return NULL;
	}
	return g_steal_pointer(&keys);
}

void
token_keys_free(TokenKeys *keys)
{
	if (keys == NULL)
		return;
	g_clear_pointer(&keys->keys, g_ptr_array_unref);
	g_free(keys);
}

/* The first bits of some octets, five a character. */
static char *
letters_of(const guint8 *octets, guint bits)
{
	GString *word = g_string_new(NULL);

	for (guint bit = 0; bit < bits; bit += 5) {
		guint value = 0;

		for (guint i = bit; i < bit + 5; i++)
			value = value << 1 | (octets[i / 8] >> (7 - i % 8) & 1);
		g_string_append_c(word, SEAL_LETTERS[value]);
	}
	return g_string_free(word, FALSE);
}

/* And back, for a word of 8n letters; false if one is no letter. */
static bool
octets_of(const char *word, guint length, guint8 *octets)
{
	memset(octets, 0, length * 5 / 8);
	for (guint i = 0; i < length; i++) {
		const char *letter = word[i] == '\0' ? NULL : strchr(SEAL_LETTERS, word[i]);

		if (letter == NULL)
			return false;
		for (guint bit = 0; bit < 5; bit++)
			if (((letter - SEAL_LETTERS) >> (4 - bit) & 1) != 0)
				octets[(i * 5 + bit) / 8] |= (guint8)(0x80 >> (i * 5 + bit) % 8);
	}
	return true;
}

static void
write_number(GString *word, gsize number, guint width)
{
	while (width-- > 0)
		g_string_append_c(word, SEAL_LETTERS[number >> (5 * width) & 31]);
}

static gsize
read_number(const char **at, guint width)
{
	gsize number = 0;

	for (; width > 0; width--, (*at)++)
		number = number << 5 | (gsize)(strchr(SEAL_LETTERS, **at) - SEAL_LETTERS);
	return number;
}

static const char *
purpose_word(TokenPurpose purpose)
{
	static const char *const words[] = {
		[TOKEN_REPLY] = "token-reply", [TOKEN_BOUNCE] = "token-bounce", [TOKEN_HIT] = "token-hit",
	};

	return words[purpose];
}

/* The mac is over the letters that name version, case, party and epoch. */
static char *
token_mac(const SealKey *key, TokenPurpose purpose, const char *named)
{
	g_autoptr(GBytes) mac = seal_mac(key, purpose_word(purpose), named, NAMED_LENGTH);

	return letters_of(g_bytes_get_data(mac, NULL), MAC_BITS);
}

char *
token_write(const TokenKeys *keys, TokenPurpose purpose, Token token)
{
	const gsize numbers[] = { VERSION, token.case_no, token.party, token.epoch };
	GString *word = g_string_new(NULL);
	g_autofree char *mac = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(widths); i++) {
		g_assert(numbers[i] <= widths[i].most);
		write_number(word, numbers[i], widths[i].width);
	}
	mac = token_mac(keys->keys->pdata[0], purpose, word->str);
	g_string_append(word, mac);
	return g_string_free(word, FALSE);
}

static bool
mac_fits(const TokenKeys *keys, TokenPurpose purpose, const char *word)
{
	for (guint i = 0; i < keys->keys->len; i++) {
		g_autofree char *mac = token_mac(keys->keys->pdata[i], purpose, word);

		if (seal_equal(mac, word + NAMED_LENGTH, MAC_LENGTH))
			return true;
	}
	return false;
}

bool
token_read(const TokenKeys *keys, TokenPurpose purpose, const char *word, Token *token)
{
	g_autofree char *lower = g_ascii_strdown(word, -1);
	const char *at = lower;

	if (strlen(lower) != TOKEN_LENGTH || strspn(lower, SEAL_LETTERS) != TOKEN_LENGTH ||
	    read_number(&at, widths[0].width) != VERSION || !mac_fits(keys, purpose, lower))
		return false;
	token->case_no = (guint)read_number(&at, widths[1].width);
	token->party = (guint)read_number(&at, widths[2].width);
	token->epoch = (guint)read_number(&at, widths[3].width);
	return true;
}

char *
token_address(const char *inbox, const char *token)
{
	const char *domain = strchr(inbox, '@');

	g_assert(domain != NULL);
	return g_strdup_printf("%.*s+%s%s", (int)(domain - inbox), inbox, token, domain);
}

char *
token_of_address(const char *address)
{
	const char *domain = strrchr(address, '@');
	const char *plus = strchr(address, '+');

	if (domain == NULL || plus == NULL || plus + 1 >= domain)
		return NULL;
	return g_strndup(plus + 1, (gsize)(domain - plus - 1));
}

bool
token_find(const TokenKeys *keys, TokenPurpose purpose, const char *text, Token *token)
{
	gsize length;

	for (const char *at = text; *at != '\0'; at += length) {
		g_autofree char *word = NULL;

		for (length = 0; g_ascii_isalnum(at[length]); length++)
			;
		if (length != TOKEN_LENGTH) {
			length += length == 0;
			continue;
		}
		word = g_strndup(at, length);
		if (token_read(keys, purpose, word, token))
			return true;
	}
	return false;
}

static void
id_mac(const SealKey *key, guint8 *octets, guint8 *mac)
{
	g_autoptr(GBytes) whole = seal_mac(key, "message-id", octets, ID_RANDOM);

	memcpy(mac, g_bytes_get_data(whole, NULL), ID_MAC);
}

char *
token_message_id(const TokenKeys *keys, const char *domain)
{
	guint8 octets[ID_RANDOM + ID_MAC];
	g_autofree char *word = NULL;

	seal_random(octets, ID_RANDOM);
	id_mac(keys->keys->pdata[0], octets, octets + ID_RANDOM);
	word = letters_of(octets, 8 * sizeof octets);
	return g_strconcat(word, "@", domain, NULL);
}

bool
token_is_message_id(const TokenKeys *keys, const char *id)
{
	guint8 octets[ID_RANDOM + ID_MAC], mac[ID_MAC];
	const char *domain = strchr(id, '@');

	if (domain == NULL || domain - id != ID_LENGTH || !octets_of(id, ID_LENGTH, octets))
		return false;
	for (guint i = 0; i < keys->keys->len; i++) {
		id_mac(keys->keys->pdata[i], octets, mac);
		if (seal_equal(mac, octets + ID_RANDOM, ID_MAC))
			return true;
	}
	return false;
}
