/* key_publish - what is to be brought out of the team's keys: sluis key publish */

#include "key_year.h"

#include <string.h>
#include <sys/stat.h>

#include "error.h"
#include "file.h"
#include "keyfile.h"
#include "print.h"
#include "spawn.h"
#include "template.h"
#include "times.h"

#define SECURITY_DAYS 360	/* RFC 9116 wants less than a year */

/* What is published of one key. */
typedef struct {
	Year *year;
	const char *folder;
	GBytes *current;	/* as it may be seen, binary */
	TeamKey *key;
} Publication;

static void
publication_clear(Publication *publication)
{
	g_clear_pointer(&publication->current, g_bytes_unref);
	g_clear_pointer(&publication->key, team_key_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Publication, publication_clear)

static bool
put_file(const Publication *publication, const char *name, const void *bytes, gsize length,
    GError **error)
{
	g_autofree char *path = g_build_filename(publication->folder, name, NULL);
	g_autofree char *folder = g_path_get_dirname(path);

	return file_make_folder(folder, 0755, error) && file_write(path, bytes, length, 0644, error);
}

static bool
put_text(const Publication *publication, const char *name, const char *text, GError **error)
{
	return put_file(publication, name, text, strlen(text), error);
}

/* --- Web Key Directory --- */

/* GnuPG's own tool; Debian has it where no PATH looks. */
static char *
hasher(GError **error)
{
	static const char *const places[] = {
		"/usr/lib/gnupg/gpg-wks-client", "/usr/libexec/gpg-wks-client", NULL
	};
	char *program = g_find_program_in_path("gpg-wks-client");

	for (guint i = 0; program == NULL && places[i] != NULL; i++)
		if (g_file_test(places[i], G_FILE_TEST_IS_EXECUTABLE))
			program = g_strdup(places[i]);
	if (program == NULL)
		error_set(error, SLUIS_ERROR_SETUP,
		    "gpg-wks-client is not installed: apt-get install gpg-wks-client");
	return program;
}

static char *
hash_of(const char *address, GError **error)
{
	g_autofree char *program = hasher(error);
	const char *argv[] = { program, "--print-wkd-hash", address, NULL };
	const Spawn spawn = { .argv = argv, .seconds = 30, .most_output = 4096 };
	g_autoptr(GBytes) output = NULL;
	g_autofree char *text = NULL;

	if (program == NULL || !spawn_check(&spawn, &output, error))
		return NULL;
	text = g_strndup(g_bytes_get_data(output, NULL), g_bytes_get_size(output));
	if (strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789") != 32 || text[32] != ' ') {
		error_set(error, SLUIS_ERROR_SETUP, "gpg-wks-client says no hash of %s", address);
		return NULL;
	}
	return g_strndup(text, 32);
}

/* Where a key is looked for, in the two ways there are. */
char *
publish_place(const char *address, bool advanced, GError **error)
{
	g_autofree char *hash = hash_of(address, error);
	const char *domain = strchr(address, '@') + 1;

	if (hash == NULL)
		return NULL;
	return advanced ?
	    g_strdup_printf("advanced/.well-known/openpgpkey/%s/hu/%s", domain, hash) :
	    g_strdup_printf("direct/%s/.well-known/openpgpkey/hu/%s", domain, hash);
}

static bool
put_address(const Publication *publication, const char *address, GError **error)
{
	gsize length;
	const void *bytes = g_bytes_get_data(publication->current, &length);

	for (int advanced = 0; advanced < 2; advanced++) {
		g_autofree char *name = publish_place(address, advanced, error);
		g_autofree char *hu = name != NULL ? g_path_get_dirname(name) : NULL;
		g_autofree char *above = hu != NULL ? g_path_get_dirname(hu) : NULL;
		g_autofree char *policy = above != NULL ? g_build_filename(above, "policy", NULL) : NULL;

		if (policy == NULL || !put_file(publication, name, bytes, length, error) ||
		    !put_text(publication, policy, "", error))
			return false;
	}
	return true;
}

static bool
put_directory(const Publication *publication, GError **error)
{
	const GPtrArray *addresses = publication->key->addresses;

	for (guint i = 0; i < addresses->len; i++)
		if (!put_address(publication, g_ptr_array_index(addresses, i), error))
			return false;
	return true;
}

/* --- the bundle --- */

/* One that was lost or stolen must not be seen without its revocation. */
static bool
is_ready(const Publication *publication, const TeamKey *key, GError **error)
{
	const Generation *one = generations_find(publication->year->generations, key->fingerprint);

	if (one == NULL || !generation_is_former(publication->year->generations, one) ||
	    one->why == CHANGED_YEAR || key->revoked)
		return true;
	return error_set(error, SLUIS_ERROR_REFUSED, "%s was %s and is not revoked: import its "
	    "revocation first, gpg --homedir %s --import FILE", key->fingerprint,
	    changed_word(one->why), publication->year->home);
}

/* A new one is nobody's business before the master key certifies it. */
static bool
is_shown(Publication *publication, const TeamKey *key, bool *shown, GError **error)
{
	const Generation *next = generations_next(publication->year->generations);
	g_autofree char *former = NULL, *master = NULL;

	*shown = next == NULL || !g_str_equal(next->fingerprint, key->fingerprint);
	if (*shown)
		return true;
	if (!year_missing(publication->year, next, &former, &master, error))
		return false;
	*shown = former == NULL && master == NULL;
	return true;
}

static bool
put_bundle(Publication *publication, GError **error)
{
	Year *year = publication->year;
	g_autoptr(GPtrArray) keys = team_ring_keys(year->ring, error);
	g_autoptr(GString) bundle = g_string_new(NULL);

	for (guint i = keys != NULL ? keys->len : 0; i > 0; i--) {
		const TeamKey *key = g_ptr_array_index(keys, i - 1);
		g_autoptr(GBytes) bytes = NULL;
		g_autofree char *block = NULL;
		bool shown;

		if (!is_ready(publication, key, error) || !is_shown(publication, key, &shown, error))
			return false;
		if (!shown)
			continue;
		bytes = year_public(year, key->fingerprint, error);
		block = bytes != NULL ? keyfile_armour(bytes) : NULL;
		if (block == NULL)
			return false;
		g_string_append(bundle, block);
	}
	return keys != NULL && put_text(publication, "team-keys.asc", bundle->str, error);
}

static bool
put_current(const Publication *publication, GError **error)
{
	g_autofree char *block = keyfile_armour(publication->current);

	return put_text(publication, "team-key.asc", block, error);
}

/* --- security.txt --- */

static char *
security_text(const Publication *publication)
{
	const Settings *settings = publication->year->settings;
	GString *text = g_string_new(NULL);
	gint64 end = g_get_real_time() + SECURITY_DAYS * G_TIME_SPAN_DAY;
	g_autofree char *expires = NULL, *languages = g_strjoinv(", ", settings->team_languages);

	if (publication->key->expires != 0)
		end = MIN(end, publication->key->expires * G_USEC_PER_SEC);
	expires = times_rfc3339(end);
	for (guint i = 0; i < settings->inboxes->len; i++)
		g_string_append_printf(text, "Contact: mailto:%s\n",
		    ((const Inbox *)g_ptr_array_index(settings->inboxes, i))->address);
	g_string_append_printf(text, "Expires: %s\n", expires);
	if (g_str_has_prefix(settings->team_key_place, "https://"))
		g_string_append_printf(text, "Encryption: %s\n", settings->team_key_place);
	g_string_append_printf(text, "Encryption: openpgp4fpr:%s\n", publication->key->fingerprint);
	if (*languages != '\0')
		g_string_append_printf(text, "Preferred-Languages: %s\n", languages);
	if (*settings->team_canonical != '\0')
		g_string_append_printf(text, "Canonical: %s\n", settings->team_canonical);
	if (*settings->team_policy != '\0')
		g_string_append_printf(text, "Policy: %s\n", settings->team_policy);
	return g_string_free(text, FALSE);
}

static bool
put_security(const Publication *publication, GError **error)
{
	g_autofree char *text = security_text(publication);
	g_autoptr(GBytes) block = team_ring_sign(publication->year->ring,
	    publication->key->fingerprint, text, error);

	return block != NULL && put_file(publication, "security.txt", g_bytes_get_data(block, NULL),
	    g_bytes_get_size(block), error);
}

/* --- the chapter of the RFC 2350 paper --- */

/* "59A0 7A0E ...  81F0 ...": as people read one aloud. */
static char *
spaced(const char *fingerprint)
{
	GString *text = g_string_new(NULL);

	for (gsize i = 0; fingerprint[i] != '\0'; i++)
		g_string_append_printf(text, "%s%c", i > 0 && i % 4 == 0 ? i == 20 ? "  " : " " : "",
		    fingerprint[i]);
	return g_string_free(text, FALSE);
}

/* "ed25519/7D05EC92B3E0D2B3 2026-12-05 Team <cert@team.example>" */
static char *
one_line(const char *algorithm, const char *fingerprint, gint64 created, const GPtrArray *ids)
{
	g_autofree char *day = times_rfc3339(created * G_USEC_PER_SEC);

	return g_strdup_printf("%s/%s %.10s %s", algorithm, fingerprint + 24, day,
	    ids->len > 0 ? (const char *)g_ptr_array_index(ids, 0) : "");
}

static char *
former_lines(const Publication *publication, GError **error)
{
	g_autoptr(GPtrArray) keys = team_ring_keys(publication->year->ring, error);
	g_autoptr(GString) lines = g_string_new(NULL);

	for (guint i = keys != NULL ? keys->len : 0; i > 0; i--) {
		const TeamKey *key = g_ptr_array_index(keys, i - 1);
		const Generation *one = generations_find(publication->year->generations, key->fingerprint);
		g_autofree char *line = NULL;

		if (one == NULL || !generation_is_former(publication->year->generations, one))
			continue;
		line = one_line(key->algorithm, key->fingerprint, key->created, key->user_ids);
		g_string_append_printf(lines, "%s%s%s", lines->len > 0 ? "\n" : "", line,
		    key->revoked ? " (revoked)" : "");
	}
	if (lines->len == 0)
		g_string_append(lines, "-");
	return keys != NULL ? g_string_free(g_steal_pointer(&lines), FALSE) : NULL;
}

static bool
put_paper(const Publication *publication, GError **error)
{
	Year *year = publication->year;
	const Settings *settings = year->settings;
	const TeamKey *key = publication->key;
	g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	g_autoptr(Certificate) master = pgp_certificate(year->inspector, year->master_key, error);
	char *former = master != NULL ? former_lines(publication, error) : NULL;
	g_autoptr(Text) text = NULL;
	g_autofree char *whole = NULL;

	if (former == NULL)
		return false;
	g_hash_table_insert(values, (gpointer)"former", former);
	g_hash_table_insert(values, (gpointer)"team", g_strdup(settings->team_name));
	g_hash_table_insert(values, (gpointer)"key_place", g_strdup(settings->team_key_place));
	g_hash_table_insert(values, (gpointer)"fingerprint", spaced(key->fingerprint));
	g_hash_table_insert(values, (gpointer)"master_fingerprint", spaced(year->master));
	g_hash_table_insert(values, (gpointer)"key", one_line(key->algorithm, key->fingerprint,
	    key->created, key->user_ids));
	g_hash_table_insert(values, (gpointer)"master", one_line(master->algorithm,
	    master->fingerprint, master->created, master->user_ids));
	text = template_fill(settings->text_folder, "en", "rfc2350", values, error);
	whole = text != NULL ? g_strconcat(text->subject, "\n\n", text->body, NULL) : NULL;
	return whole != NULL && put_text(publication, "rfc2350-2.8.txt", whole, error);
}

/* --- where it goes --- */

static const char upload[] =
    "advanced/      is the web root of https://openpgpkey.DOMAIN/\n"
    "direct/DOMAIN/ is put into the web root of https://DOMAIN/, where there is no\n"
    "               host openpgpkey.DOMAIN\n"
    "team-keys.asc  goes where team.key_place says: all keys with their certifications\n"
    "               and revocations; team-key.asc is the key of today alone\n"
    "security.txt   goes to https://DOMAIN/.well-known/security.txt\n"
    "rfc2350-2.8.txt  is chapter 2.8 of the RFC 2350 paper\n"
    "\n"
    "Key servers: gpg --import team-keys.asc; gpg --send-keys FINGERPRINT, to those\n"
    "that keep what others certify, such as keyserver.ubuntu.com. keys.openpgp.org\n"
    "drops the certifications by the master key and by the key before: it keeps only\n"
    "those that the owner of the key attests (1pa3pc), and gpg 2.2 can attest none.\n"
    "It also shows no address that was not confirmed by a mail to it. So whoever wants\n"
    "to see the certifications takes the key from the web, and we say where.\n"
    "\n"
    "When it is out fetch it again, from another network, and type:\n"
    "  sluis key check --published FOLDER|FILE\n";

bool
publish_write(Year *year, const char *folder, GError **error)
{
	g_auto(Publication) publication = { .year = year, .folder = folder };

	if (!year_master(year, error))
		return false;
	publication.key = team_ring_key(year->ring, year->generations->current, error);
	publication.current = publication.key != NULL ?
	    year_public(year, publication.key->fingerprint, error) : NULL;
	return publication.current != NULL && put_bundle(&publication, error) &&
	    put_current(&publication, error) && put_directory(&publication, error) &&
	    put_security(&publication, error) && put_paper(&publication, error) &&
	    put_text(&publication, "UPLOAD.txt", upload, error);
}

bool
key_publish(const Order *order, GError **error)
{
	const char *folder = order_word(order, 0);
	g_autoptr(Year) year = year_look(order->settings, error);

	umask(022);			/* it is for everybody */
	return year != NULL && publish_write(year, order->inside ? "." : folder, error) &&
	    print_line(error, "In %s is what is to be brought out:", folder) &&
	    print_text(upload, error);
}
