#include <glib/gstdio.h>

#include "buffer.h"
#include "error.h"
#include "parcel.h"

/* A key pair in a folder that is removed again. */
typedef struct {
	SealKey *public, *secret;
} Pair;

static SealKey *
load(const char *folder, const char *name)
{
	g_autoptr(GError) error = NULL;
	SealKey *key = seal_key_load(folder, name, &error);

	g_assert_no_error(error);
	return key;
}

static Pair
pair_new(void)
{
	g_autofree char *folder = g_dir_make_tmp("sluis-parcel-XXXXXX", NULL);
	g_autofree char *secret = g_build_filename(folder, "send.key", NULL);
	g_autofree char *public = g_build_filename(folder, "send.pub", NULL);
	Pair pair;

	g_assert_true(seal_make_pair(folder, "send", NULL));
	pair.public = load(folder, "send.pub");
	pair.secret = load(folder, "send.key");
	g_remove(secret);
	g_remove(public);
	g_rmdir(folder);
	return pair;
}

static void
pair_clear(Pair *pair)
{
	seal_key_free(pair->public);
	seal_key_free(pair->secret);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pair, pair_clear)

static Parcel *
sample(void)
{
	Parcel *parcel = parcel_new(PARCEL_ENCRYPTED);

	parcel->letter->from = g_strdup("rd@sluis.example");
	parcel->letter->to = g_strdup("p.jansen@delinde.example");
	parcel->letter->subject = g_strdup("CANARY-SUBJECT");
	parcel->letter->body = g_strdup("CANARY-BODY");
	parcel->letter->outer_subject = g_strdup("[...]");
	parcel->letter->message_id = g_strdup("abc@sluis.example");
	parcel->letter->date = G_GINT64_CONSTANT(1795482669000000);
	parcel->letter->automatic = true;
	parcel->letter->references = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(parcel->letter->references, g_strdup("one@x.example"));
	parcel->envelope_sender = g_strdup("");
	parcel_expect(parcel, "aaaaaaaaaaaaaaaaaaaaaaaa0123456789abcdef");
	g_hash_table_insert(parcel->values, g_strdup("day"), g_strdup("één"));
	parcel->bytes = bytes_text("From: x\r\n\r\n");
	return parcel;
}

static void
test_round(void)
{
	g_auto(Pair) pair = pair_new();
	g_autoptr(Parcel) parcel = sample();
	g_autoptr(Parcel) back = NULL;
	g_autoptr(GBytes) wrapped = NULL;
	g_autoptr(GBytes) envelope = NULL;
	g_autoptr(GPtrArray) chunks = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(parcel_seal(parcel, pair.public, &wrapped, &envelope, &chunks, &error));
	back = parcel_open(wrapped, envelope, chunks, pair.public, pair.secret, &error);
	g_assert_no_error(error);
	g_assert_cmpint(back->form, ==, PARCEL_ENCRYPTED);
	g_assert_cmpstr(back->letter->to, ==, "p.jansen@delinde.example");
	g_assert_cmpstr(back->letter->from_name, ==, NULL);
	g_assert_cmpint(back->letter->date, ==, parcel->letter->date);
	g_assert_true(back->letter->automatic);
	g_assert_cmpuint(back->letter->references->len, ==, 1);
	g_assert_cmpstr(back->envelope_sender, ==, "");
	g_assert_cmpuint(back->key_ids->len, ==, 1);
	g_assert_cmpstr(g_ptr_array_index(back->key_ids, 0), ==, "0123456789ABCDEF");
	g_assert_cmpstr(g_hash_table_lookup(back->values, "day"), ==, "één");
	g_assert_true(g_bytes_equal(back->bytes, parcel->bytes));
	/* Whoever opens it learns nothing of an encrypted letter's words. */
	g_assert_null(back->letter->subject);
	g_assert_null(back->letter->body);
}

static void
test_other_key(void)
{
	g_auto(Pair) pair = pair_new();
	g_auto(Pair) other = pair_new();
	g_autoptr(Parcel) parcel = sample();
	g_autoptr(GBytes) wrapped = NULL;
	g_autoptr(GBytes) envelope = NULL;
	g_autoptr(GPtrArray) chunks = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(parcel_seal(parcel, pair.public, &wrapped, &envelope, &chunks, &error));
	g_assert_null(parcel_open(wrapped, envelope, chunks, other.public, other.secret, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
}

/* The envelope of one mail does not open the bytes of another. */
static void
test_mixed_up(void)
{
	g_auto(Pair) pair = pair_new();
	g_autoptr(Parcel) parcel = sample();
	GBytes *wrapped[2], *envelope[2];
	GPtrArray *chunks[2];
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < 2; i++)
		g_assert_true(parcel_seal(parcel, pair.public, &wrapped[i], &envelope[i],
		    &chunks[i], NULL));
	g_assert_null(parcel_open(wrapped[0], envelope[0], chunks[1], pair.public, pair.secret,
	    &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	for (int i = 0; i < 2; i++) {
		g_bytes_unref(wrapped[i]);
		g_bytes_unref(envelope[i]);
		g_ptr_array_unref(chunks[i]);
	}
}

static void
test_incomplete(void)
{
	g_auto(Pair) pair = pair_new();
	GBytes *wrapped, *envelope;
	GPtrArray *chunks;

	for (int missing = 0; missing < 4; missing++) {
		g_autoptr(Parcel) parcel = sample();
		g_autoptr(GError) error = NULL;

		if (missing == 0)
			g_clear_pointer(&parcel->letter->to, g_free);
		if (missing == 1)
			parcel_expect(parcel, "0123456789ABCDEF");
		if (missing == 2)
			g_clear_pointer(&parcel->bytes, g_bytes_unref);
		if (missing == 3)
			parcel->form = PARCEL_TEMPLATE;
		g_assert_false(parcel_seal(parcel, pair.public, &wrapped, &envelope, &chunks, &error));
		g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_assert_true(seal_init(NULL));
	g_test_add_func("/parcel/comes back, without the words", test_round);
	g_test_add_func("/parcel/opens with its own key only", test_other_key);
	g_test_add_func("/parcel/envelope and bytes belong together", test_mixed_up);
	g_test_add_func("/parcel/incomplete ones are refused", test_incomplete);
	return g_test_run();
}
