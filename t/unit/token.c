/* Can only we have made it, and does it say what was put in? */

#include "token.h"

#include <string.h>

#include "file.h"

typedef struct {
	char *folder;
	TokenKeys *keys;
} Fixture;

static void
set_up(Fixture *fixture, const void *unused G_GNUC_UNUSED)
{
	fixture->folder = g_dir_make_tmp("sluis-XXXXXX", NULL);
	g_assert_true(seal_make_key(fixture->folder, "token.key.9", NULL));
	fixture->keys = token_keys_load(fixture->folder, NULL);
	g_assert_nonnull(fixture->keys);
}

static void
tear_down(Fixture *fixture, const void *unused G_GNUC_UNUSED)
{
	token_keys_free(fixture->keys);
	file_remove_tree(fixture->folder);
	g_free(fixture->folder);
}

static void
reload(Fixture *fixture)
{
	token_keys_free(fixture->keys);
	fixture->keys = token_keys_load(fixture->folder, NULL);
	g_assert_nonnull(fixture->keys);
}

static void
test_round(Fixture *fixture, const void *unused G_GNUC_UNUSED)
{
	static const Token tokens[] = {
		{ 0, 0, 0 }, { 1, 2, 3 }, { (1 << 30) - 1, (1 << 15) - 1, (1 << 10) - 1 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(tokens); i++) {
		g_autofree char *word = token_write(fixture->keys, TOKEN_REPLY, tokens[i]);
		g_autofree char *upper = g_ascii_strup(word, -1);
		Token token;

		g_assert_cmpuint(strlen(word), ==, TOKEN_LENGTH);
		g_assert_true(token_read(fixture->keys, TOKEN_REPLY, upper, &token));
		g_assert_cmpuint(token.case_no, ==, tokens[i].case_no);
		g_assert_cmpuint(token.party, ==, tokens[i].party);
		g_assert_cmpuint(token.epoch, ==, tokens[i].epoch);
		g_assert_false(token_read(fixture->keys, TOKEN_BOUNCE, word, &token));
	}
}

/* Another letter at any place, a missing or a further one: no token (T-34). */
static void
test_forged(Fixture *fixture, const void *unused G_GNUC_UNUSED)
{
	g_autofree char *word = token_write(fixture->keys, TOKEN_REPLY, (Token){ 7, 1, 1 });
	g_autofree char *longer = g_strconcat(word, "0", NULL);
	guint refused = 0;
	Token token;

	for (guint i = 0; i < TOKEN_LENGTH; i++)
		for (const char *letter = SEAL_LETTERS "ilou-"; *letter != '\0'; letter++) {
			g_autofree char *forged = g_strdup(word);

			forged[i] = *letter;
			if (*letter != word[i])
				refused += !token_read(fixture->keys, TOKEN_REPLY, forged, &token);
		}
	g_assert_cmpuint(refused, ==, TOKEN_LENGTH * 36);
	g_assert_false(token_read(fixture->keys, TOKEN_REPLY, longer, &token));
	g_assert_false(token_read(fixture->keys, TOKEN_REPLY, word + 1, &token));
	g_assert_false(token_read(fixture->keys, TOKEN_REPLY, "", &token));
}

/* Two versions of the key are valid; the third from the top is not. */
static void
test_rotation(Fixture *fixture, const void *unused G_GNUC_UNUSED)
{
	g_autofree char *old = token_write(fixture->keys, TOKEN_REPLY, (Token){ 7, 1, 1 });
	g_autofree char *id = token_message_id(fixture->keys, "sluis.example");
	g_autofree char *new = NULL;
	Token token;

	g_assert_true(seal_make_key(fixture->folder, "token.key.10", NULL));
	reload(fixture);
	new = token_write(fixture->keys, TOKEN_REPLY, (Token){ 7, 1, 1 });
	g_assert_cmpstr(old, !=, new);
	g_assert_true(token_read(fixture->keys, TOKEN_REPLY, old, &token));
	g_assert_true(token_read(fixture->keys, TOKEN_REPLY, new, &token));
	g_assert_true(token_is_message_id(fixture->keys, id));
	g_assert_true(seal_make_key(fixture->folder, "token.key.11", NULL));
	reload(fixture);
	g_assert_false(token_read(fixture->keys, TOKEN_REPLY, old, &token));
	g_assert_true(token_read(fixture->keys, TOKEN_REPLY, new, &token));
	g_assert_false(token_is_message_id(fixture->keys, id));
}

static void
test_address(Fixture *fixture, const void *unused G_GNUC_UNUSED)
{
	g_autofree char *word = token_write(fixture->keys, TOKEN_REPLY, (Token){ 7, 1, 1 });
	g_autofree char *address = token_address("responsibledisclosure@x.example", word);
	g_autofree char *back = token_of_address(address);

	g_assert_cmpuint(strchr(address, '@') - address, <=, 64);
	g_assert_cmpstr(back, ==, word);
	g_assert_null(token_of_address("rd@x.example"));
	g_assert_null(token_of_address("rd+@x.example"));
	g_assert_null(token_of_address("rd@x+y.example"));
	g_assert_null(token_of_address("rd+word"));
}

static void
test_find(Fixture *fixture, const void *unused G_GNUC_UNUSED)
{
	g_autofree char *word = token_write(fixture->keys, TOKEN_REPLY, (Token){ 7, 1, 1 });
	g_autofree char *bounce = token_write(fixture->keys, TOKEN_BOUNCE, (Token){ 8, 1, 1 });
	g_autofree char *text = g_strdup_printf("Hi,\n%s\n> Ref: %s.\n", bounce, word);
	g_autofree char *glued = g_strdup_printf("x%s", word);
	Token token;

	g_assert_true(token_find(fixture->keys, TOKEN_REPLY, text, &token));
	g_assert_cmpuint(token.case_no, ==, 7);
	g_assert_false(token_find(fixture->keys, TOKEN_HIT, text, &token));
	g_assert_false(token_find(fixture->keys, TOKEN_REPLY, glued, &token));
	g_assert_false(token_find(fixture->keys, TOKEN_REPLY, bounce, &token));
	g_assert_false(token_find(fixture->keys, TOKEN_REPLY, "", &token));
}

/* T-34: a million guesses that look like tokens, half of them a real one with
 * another end, and not one is any. */
static void
test_guessed(Fixture *fixture, const void *unused G_GNUC_UNUSED)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	g_autofree char *real = token_write(fixture->keys, TOKEN_REPLY, (Token){ 7, 1, 1 });
	gsize length = strlen(real), head = length - 26;
	guint rights = 0;
	Token token;

	for (guint i = 0; i < 1000000; i++) {
		g_autofree char *guess = g_strdup(real);

		for (gsize at = i % 2 == 0 ? 1 : head; at < length; at++)
			guess[at] = letters[g_random_int_range(0, 32)];
		rights += strcmp(guess, real) != 0 && token_read(fixture->keys, TOKEN_REPLY, guess, &token);
	}
	g_test_message("1000000 guessed tokens, %u rights", rights);
	g_assert_cmpuint(rights, ==, 0);
	g_assert_true(token_read(fixture->keys, TOKEN_REPLY, real, &token));
}

static void
test_message_id(Fixture *fixture, const void *unused G_GNUC_UNUSED)
{
	g_autofree char *id = token_message_id(fixture->keys, "sluis.example");
	g_autofree char *other = token_message_id(fixture->keys, "sluis.example");

	g_assert_true(g_str_has_suffix(id, "@sluis.example"));
	g_assert_cmpstr(id, !=, other);
	g_assert_true(token_is_message_id(fixture->keys, id));
	for (guint i = 0; i < 32; i++) {
		g_autofree char *forged = g_strdup(id);

		forged[i] = id[i] == '0' ? '1' : '0';
		g_assert_false(token_is_message_id(fixture->keys, forged));
	}
	g_assert_false(token_is_message_id(fixture->keys, "x@y"));
	g_assert_false(token_is_message_id(fixture->keys, ""));
}

static void
test_no_keys(void)
{
	g_autofree char *folder = g_dir_make_tmp("sluis-XXXXXX", NULL);

	g_assert_null(token_keys_load(folder, NULL));
	g_assert_true(seal_make_key(folder, "token.key.x", NULL));
	g_assert_null(token_keys_load(folder, NULL));
	g_assert_null(token_keys_load("/nonexistent", NULL));
	file_remove_tree(folder);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_assert_true(seal_init(NULL));
	g_test_add("/token/round", Fixture, NULL, set_up, test_round, tear_down);
	g_test_add("/token/forged", Fixture, NULL, set_up, test_forged, tear_down);
	g_test_add("/token/rotation", Fixture, NULL, set_up, test_rotation, tear_down);
	g_test_add("/token/address", Fixture, NULL, set_up, test_address, tear_down);
	g_test_add("/token/find", Fixture, NULL, set_up, test_find, tear_down);
	g_test_add("/token/guessed/T-34", Fixture, NULL, set_up, test_guessed, tear_down);
	g_test_add("/token/message-id", Fixture, NULL, set_up, test_message_id, tear_down);
	g_test_add_func("/token/no-keys", test_no_keys);
	return g_test_run();
}
