/* identifier - see identifier.h */

#include "identifier.h"

#include <string.h>

#include "domain.h"
#include "provider.h"

#define LEAST_WORD 4		/* "van", "de", "of" are no names */
#define LEAST_NAME 3
#define MOST_WORDS 4		/* of a whole name */
#define PHONE_DIGITS 9		/* without what stands before it in other countries */

static const char *const kind_words[] = {
	[IDENTIFIER_ADDRESS] = "address", [IDENTIFIER_HOST] = "host", [IDENTIFIER_NAME] = "name",
	[IDENTIFIER_KEY] = "key", [IDENTIFIER_PHONE] = "phone", [IDENTIFIER_WORD] = "word",
	[IDENTIFIER_LINE] = "line",
};

const char *
identifier_word(IdentifierKind kind)
{
	return kind_words[kind];
}

static guint
hash_of(gconstpointer data)
{
	const Identifier *identifier = data;

	return g_str_hash(identifier->value) * 7 + identifier->kind;
}

static gboolean
equal(gconstpointer a, gconstpointer b)
{
	const Identifier *one = a, *other = b;

	return one->kind == other->kind && strcmp(one->value, other->value) == 0;
}

static void
identifier_free(gpointer data)
{
	Identifier *identifier = data;

	g_free(identifier->value);
	g_free(identifier);
}

GHashTable *
identifiers_new(void)
{
	return g_hash_table_new_full(hash_of, equal, identifier_free, NULL);
}

bool
identifiers_have(GHashTable *all, IdentifierKind kind, const char *value)
{
	const Identifier sought = { kind, (char *)value };

	return g_hash_table_contains(all, &sought);
}

void
identifiers_add(GHashTable *all, IdentifierKind kind, char *value)
{
	const Identifier identifier = { kind, value };

	g_hash_table_add(all, g_memdup2(&identifier, sizeof identifier));
}

/*
 * The letters.
 */

/* Pairs of a letter and the Latin one people take it for. */
static const char look_alikes[] =
	"аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsһhԁdԛqԝwӏlѵvґr"
	"АaВbЕeКkМmНhОoРpСcТtУyХxІiЈjЅsҺhӀl"
	"αaβbεeηnιiκkνvοoρpτtυuχxγy"
	"ΑaΒbΕeΖzΗhΙiΚkΜmΝnΟoΡpΤtΥyΧx"
	"ıiøoØołlŁlđdĐdɑaɡgᴀaᴇeᴏoօoսu";

static gunichar
latin(gunichar c)
{
	if (c < 0x80)
		return g_unichar_tolower(c);
	for (const char *at = look_alikes; *at != '\0'; at = g_utf8_next_char(at) + 1)
		if (g_utf8_get_char(at) == c)
			return (gunichar)*g_utf8_next_char(at);
	return g_unichar_tolower(c);
}

static bool
is_seen(gunichar c)
{
	GUnicodeType type = g_unichar_type(c);

	return type != G_UNICODE_NON_SPACING_MARK && type != G_UNICODE_ENCLOSING_MARK &&
	    type != G_UNICODE_FORMAT;
}

/* What the cleaner has made of a sign nobody sees: "\u{200B}". */
static gsize
escape_length(const char *at)
{
	gsize digits;

	if (strncmp(at, "\\u{", 3) != 0)
		return 0;
	digits = strspn(at + 3, "0123456789abcdefABCDEF");
	return digits > 0 && digits <= 6 && at[3 + digits] == '}' ? digits + 4 : 0;
}

char *
identifier_fold(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autofree char *normal = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
	GString *out = g_string_sized_new(strlen(normal));

	for (const char *at = normal; *at != '\0';) {
		gsize hidden = *at == '\\' ? escape_length(at) : 0;
		gunichar c = g_utf8_get_char(at);

		if (hidden == 0 && is_seen(c))
			g_string_append_unichar(out, latin(c));
		at = hidden > 0 ? at + hidden : g_utf8_next_char(at);
	}
	return g_string_free(out, FALSE);
}

GPtrArray *
identifier_words(const char *folded)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	const char *start = NULL;

	for (const char *at = folded;; at = g_utf8_next_char(at)) {
		bool inside = *at != '\0' && g_unichar_isalnum(g_utf8_get_char(at));

		if (inside && start == NULL)
			start = at;
		if (!inside && start != NULL) {
			g_ptr_array_add(words, g_strndup(start, (gsize)(at - start)));
			start = NULL;
		}
		if (*at == '\0')
			return words;
	}
}

/*
 * The kinds.
 */

/* Words of names that name nobody, and stand in half of all reports. */
bool
identifier_is_common(const char *word)
{
	static const char *const trade[] = {
		"abuse", "academic", "academisch", "admin", "administrator", "algemeen", "apotheek",
		"apotheken", "bugs", "center", "centrum", "cert", "clinic", "computer", "contact",
		"csirt", "cyber", "departement", "department", "desk", "disclosure", "email",
		"foundation", "groep", "group", "hacker", "hacking", "health", "helpdesk", "hello",
		"hospital", "huis", "info", "informatie", "information", "informatiebeveiliging",
		"infosec", "institute", "instituut", "kliniek", "laboratorium", "laboratory", "mail",
		"medical", "medisch", "meldpunt", "netwerk", "network", "noreply", "office", "postmaster",
		"privacy", "reply", "report", "reporter", "reports", "research", "researcher", "responsible",
		"responsibledisclosure", "security", "service", "services", "servicedesk", "sicherheit",
		"software", "stichting", "support", "system", "systems", "team", "test", "tester",
		"universitair", "university", "veilig", "veiligheid", "webmaster", "ziekenhuis",
		"zorg", NULL
	};

	return g_strv_contains(trade, word);
}

static void
add_words(GHashTable *all, const GPtrArray *words)
{
	for (guint i = 0; i < words->len; i++) {
		const char *word = g_ptr_array_index(words, i);

		if (g_utf8_strlen(word, -1) >= LEAST_WORD && !identifier_is_common(word) &&
		    word[strspn(word, "0123456789")] != '\0')
			identifiers_add(all, IDENTIFIER_WORD, g_strdup(word));
	}
}

/* Is there one that could be somebody's? */
static bool
name_somebody(const GPtrArray *words)
{
	for (guint i = 0; i < words->len; i++) {
		const char *word = g_ptr_array_index(words, i);

		if (g_utf8_strlen(word, -1) >= LEAST_NAME && !identifier_is_common(word))
			return true;
	}
	return false;
}

/* With all it is below, down to what can be registered. */
static void
add_host(GHashTable *all, const char *host)
{
	g_autofree char *canonical = host != NULL ? domain_canonical(host) : NULL;
	const char *registrable = canonical != NULL ? domain_registrable(canonical) : NULL;

	if (registrable == NULL || provider_is_public(registrable))
		return;
	for (const char *at = canonical; at != NULL && at <= registrable; at = strchr(at, '.')) {
		at += *at == '.';
		if (at <= registrable)
			identifiers_add(all, IDENTIFIER_HOST, g_strdup(at));
	}
}

/* As it is looked like, as it is resolved, and what its A-labels look like. */
void
identifiers_add_host(GHashTable *all, const char *host)
{
	g_autofree char *folded = host != NULL ? identifier_fold(host) : NULL;
	g_autofree char *letters = host != NULL ? domain_unicode(host) : NULL;
	g_autofree char *folded_letters = letters != NULL ? identifier_fold(letters) : NULL;

	add_host(all, folded);
	if (g_strcmp0(host, folded) != 0)
		add_host(all, host);
	add_host(all, folded_letters);
}

/* "jan+list@" is Jan as well. */
static void
add_local(GHashTable *all, const char *local, const char *host)
{
	const char *plus = strchr(local, '+');

	identifiers_add(all, IDENTIFIER_ADDRESS, g_strdup_printf("%s@%s", local, host));
	if (plus != NULL && plus > local)
		identifiers_add(all, IDENTIFIER_ADDRESS,
		    g_strdup_printf("%.*s@%s", (int)(plus - local), local, host));
}

void
identifiers_add_address(GHashTable *all, const char *address)
{
	const char *at = address != NULL ? strrchr(address, '@') : NULL;
	g_autofree char *local = at != NULL ? g_strndup(address, (gsize)(at - address)) : NULL;
	g_autofree char *folded = at != NULL ? identifier_fold(local) : NULL;
	g_autofree char *below = at != NULL ? identifier_fold(at + 1) : NULL;
	g_autofree char *host = at != NULL ? domain_canonical(below) : NULL;
	g_autoptr(GPtrArray) words = NULL;

	if (host == NULL || folded[0] == '\0')
		return;
	words = identifier_words(folded);
	add_local(all, folded, host);
	add_words(all, words);
	identifiers_add_host(all, at + 1);
}

static char *
joined(const GPtrArray *words, guint most)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < words->len && i < most; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? " " : "",
		    (const char *)g_ptr_array_index(words, i));
	return g_string_free(out, FALSE);
}

void
identifiers_add_name(GHashTable *all, const char *name)
{
	g_autofree char *folded = name != NULL ? identifier_fold(name) : NULL;
	g_autoptr(GPtrArray) words = folded != NULL ? identifier_words(folded) : NULL;

	if (words == NULL || !name_somebody(words))
		return;
	add_words(all, words);
	if (words->len > 1)
		identifiers_add(all, IDENTIFIER_NAME, joined(words, MOST_WORDS));
	else
		identifiers_add(all, IDENTIFIER_WORD, g_strdup(g_ptr_array_index(words, 0)));
}

void
identifiers_add_user_id(GHashTable *all, const char *user_id)
{
	const char *open = user_id != NULL ? strchr(user_id, '<') : NULL;
	const char *close = open != NULL ? strchr(open, '>') : NULL;

	if (user_id == NULL)
		return;
	if (close != NULL) {
		g_autofree char *name = g_strndup(user_id, (gsize)(open - user_id));
		g_autofree char *address = g_strndup(open + 1, (gsize)(close - open - 1));

		identifiers_add_name(all, name);
		identifiers_add_address(all, address);
	} else if (strchr(user_id, '@') != NULL) {
		identifiers_add_address(all, user_id);
	} else {
		identifiers_add_name(all, user_id);
	}
}

void
identifiers_add_fingerprint(GHashTable *all, const char *fingerprint)
{
	static const gsize lengths[] = { 16, 8 };
	gsize length = fingerprint != NULL ? strlen(fingerprint) : 0;

	for (guint i = 0; i < G_N_ELEMENTS(lengths); i++)
		if (length >= lengths[i])
			identifiers_add(all, IDENTIFIER_KEY,
			    g_ascii_strup(fingerprint + length - lengths[i], -1));
}

void
identifiers_add_phone(GHashTable *all, const char *phone)
{
	g_autoptr(GString) digits = g_string_new(NULL);

	for (const char *at = phone; at != NULL && *at != '\0'; at++)
		if (g_ascii_isdigit(*at))
			g_string_append_c(digits, *at);
	if (digits->len >= PHONE_DIGITS)
		identifiers_add(all, IDENTIFIER_PHONE, g_strdup(digits->str + digits->len - PHONE_DIGITS));
}
