#include "extract.h"

#include <string.h>

#include "draft.h"
#include "error.h"
#include "mime.h"

/* A storage pair of its own, without a file. */
static void
pair(SealKey **public, SealKey **secret)
{
	*secret = seal_data_key();
	*public = seal_public(*secret);
}

static Attached *
attached(void)
{
	Attached *one = g_new0(Attached, 1);

	one->n = 2;
	one->name = g_strdup("bewijs.png");
	one->type = g_strdup("image/png");
	one->sha256 = g_strdup("abc");
	one->size = 4711;
	return one;
}

static void
test_round(void)
{
	g_autoptr(SealKey) public = NULL, secret = NULL;
	g_autoptr(Extract) extract = extract_new(), back = NULL;
	g_autoptr(GBytes) wrapped = NULL, sealed = NULL;
	g_autoptr(GError) error = NULL;

	pair(&public, &secret);
	extract->subject = g_strdup("een lek");
	extract->text = g_strdup("hier\nen daar\n");
	extract->date = 1795482669 * G_TIME_SPAN_SECOND;
	g_ptr_array_add(extract->attachments, attached());
	g_ptr_array_add(extract->indicators, g_strdup("url https://delinde.example/"));
	extract_seal(extract, public, &wrapped, &sealed);
	g_assert_null(memmem(g_bytes_get_data(sealed, NULL), g_bytes_get_size(sealed), "lek", 3));

	back = extract_open(wrapped, sealed, public, secret, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(back->subject, ==, "een lek");
	g_assert_cmpstr(back->text, ==, "hier\nen daar\n");
	g_assert_null(back->from);
	g_assert_cmpint(back->date, ==, extract->date);
	g_assert_cmpuint(back->attachments->len, ==, 1);
	g_assert_cmpstr(((Attached *)back->attachments->pdata[0])->name, ==, "bewijs.png");
	g_assert_cmpint(((Attached *)back->attachments->pdata[0])->size, ==, 4711);
	g_assert_cmpstr(back->indicators->pdata[0], ==, "url https://delinde.example/");
}

static void
test_other_key(void)
{
	g_autoptr(SealKey) public = NULL, secret = NULL, public2 = NULL, secret2 = NULL;
	g_autoptr(Extract) extract = extract_new();
	g_autoptr(GBytes) wrapped = NULL, sealed = NULL;
	g_autoptr(GError) error = NULL;

	pair(&public, &secret);
	pair(&public2, &secret2);
	extract_seal(extract, public, &wrapped, &sealed);
	g_assert_null(extract_open(wrapped, sealed, public2, secret2, &error));
	g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
}

static Letter *
letter(void)
{
	Letter *one = letter_new();
	g_autoptr(GBytes) bytes = g_bytes_new_static("\x89PNG\0\1", 6);

	one->from = g_strdup("rd@sluis.example");
	one->to = g_strdup("ann@delinde.example");
	one->subject = g_strdup("RD-2026-7K3QX: melding");
	one->date = 1795482669 * G_TIME_SPAN_SECOND;
	one->message_id = g_strdup("x@sluis.example");
	one->body = g_strdup("tekst\n");
	one->enclosures = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);
	g_ptr_array_add(one->enclosures, enclosure_new("bijlage-1.png", "image/png", bytes));
	return one;
}

/* What is built from a draft is what would have been built at once. */
static void
test_draft(void)
{
	g_autoptr(SealKey) key = seal_data_key();
	g_autoptr(Letter) before = letter(), after = NULL;
	g_autoptr(GPtrArray) chunks = draft_seal(before, "b@sluis.example", key);
	g_autofree char *sender = NULL;
	g_autoptr(GBytes) one = NULL, two = NULL;
	g_autoptr(GError) error = NULL;

	after = draft_open(chunks, key, &sender, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(sender, ==, "b@sluis.example");
	one = compose_inner(before);
	two = compose_inner(after);
	g_assert_true(g_bytes_equal(one, two));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	mime_init();
	g_assert_true(seal_init(NULL));
	g_test_add_func("/extract/T-55/round", test_round);
	g_test_add_func("/extract/other-key", test_other_key);
	g_test_add_func("/draft/round", test_draft);
	return g_test_run();
}
