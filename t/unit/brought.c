/* Where in a mail keys are found, and that what is none, too much or a secret
 * is not. */

#include "brought.h"

#include "gnupg.h"

#define HEAD "From: ann@x.example\n"

typedef struct {
	char *home;
	GBytes *one, *two, *secret;
} World;

static char *
base64(GBytes *bytes)
{
	gsize length;
	const guchar *data = g_bytes_get_data(bytes, &length);

	return g_base64_encode(data, length);
}

static GPtrArray *
found_in(const char *text)
{
	g_autoptr(GBytes) raw = bytes_text(text);
	g_autoptr(Mime) mime = mime_parse(raw);

	return brought_find(mime, NULL);
}

static void
assert_found(const char *text, guint count, BroughtBy by, GBytes *bytes)
{
	g_autoptr(GPtrArray) found = found_in(text);
	const Brought *first = found->len > 0 ? found->pdata[0] : NULL;

	g_test_message("%.60s", text);
	g_assert_cmpuint(found->len, ==, count);
	if (count == 0)
		return;
	g_assert_cmpint(first->by, ==, by);
	g_assert_false(first->encrypted);
	g_assert_true(g_bytes_equal(first->bytes, bytes));
}

static void
test_places(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) armour = gpg(world->home, NULL, "-a --export one@x.example");
	g_autofree char *block = g_strndup(g_bytes_get_data(armour, NULL), g_bytes_get_size(armour));
	g_autofree char *one = base64(world->one), *two = base64(world->two);
	g_autofree char *secret = base64(world->secret);
	const struct {
		const char *front, *words;
		guint count;
		BroughtBy by;
	} rows[] = {
		{ "\n", block, 1, BROUGHT_TEXT },
		{ "Content-Type: application/pgp-keys\n\n", block, 1, BROUGHT_ATTACHMENT },
		{ "Content-Type: application/x; name=k.ASC\nContent-Disposition: attachment\n\n", block, 1,
		    BROUGHT_ATTACHMENT },
		{ "Content-Type: application/pgp-keys\nContent-Transfer-Encoding: base64\n\n", one, 1,
		    BROUGHT_ATTACHMENT },
		{ "Content-Type: application/pgp-keys\nContent-Transfer-Encoding: base64\n\n", two, 2,
		    BROUGHT_ATTACHMENT },
		{ "Content-Type: application/pgp-keys\nContent-Transfer-Encoding: base64\n\n", secret, 0, 0 },
		{ "Content-Type: application/pdf\n\n", block, 0, 0 },
		{ "Autocrypt: addr=ann@x.example; prefer-encrypt=mutual; keydata=", one, 1, BROUGHT_AUTOCRYPT },
		{ "Autocrypt: keydata=", secret, 0, 0 }, { "Autocrypt: keydata=", "%%%", 0, 0 },
		{ "Autocrypt-Gossip: addr=ann@x.example; keydata=", one, 0, 0 },
		{ "X: ", one, 0, 0 }, { "\n", "no key", 0, 0 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strconcat(HEAD, rows[i].front, rows[i].words, "\n\n", NULL);

		assert_found(text, rows[i].count, rows[i].by, world->one);
	}
}

/* The same twice is one; of many there are eight. */
static void
test_bounds(const void *data)
{
	const World *world = data;
	g_autofree char *one = base64(world->one);
	g_autofree char *field = g_strconcat("Autocrypt: addr=a@x.example; keydata=", one, "\n", NULL);
	g_autofree char *twice = g_strconcat(HEAD, field, field, "\n", NULL);
	g_autoptr(GString) many = g_string_new(HEAD);
	g_autoptr(GPtrArray) found = NULL;

	assert_found(twice, 1, BROUGHT_AUTOCRYPT, world->one);
	for (guint i = 0; i < 12; i++) {
		g_autofree char *who = g_strdup_printf("many%u@x.example", i);
		g_autofree char *key = key_new(world->home, who, "ed25519", NULL, "");
		g_autoptr(GBytes) bytes = gpg(world->home, NULL, "--export %s", key);
		g_autofree char *text = base64(bytes);

		g_string_append_printf(many, "Autocrypt: addr=%s; keydata=%s\n", who, text);
	}
	found = found_in(many->str);
	g_assert_cmpuint(found->len, ==, 8);
	g_assert_cmpstr(((const Brought *)found->pdata[7])->address, ==, "many7@x.example");
}

int
main(int argc, char *argv[])
{
	World world = { .home = NULL };
	int failed;

	g_test_init(&argc, &argv, NULL);
	mime_init();
	world.home = home_new();
	g_free(key_new(world.home, "one@x.example", "ed25519", "cv25519", ""));
	g_free(key_new(world.home, "two@x.example", "ed25519", "cv25519", ""));
	world.one = gpg(world.home, NULL, "--export one@x.example");
	world.two = gpg(world.home, NULL, "--export one@x.example two@x.example");
	world.secret = gpg(world.home, NULL, "--passphrase  --export-secret-keys one@x.example");
	g_test_add_data_func("/brought/places", &world, test_places);
	g_test_add_data_func("/brought/bounds", &world, test_bounds);
	failed = g_test_run();
	g_bytes_unref(world.one);
	g_bytes_unref(world.two);
	g_bytes_unref(world.secret);
	home_end(world.home);
	return failed;
}
