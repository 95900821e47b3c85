/* template - filled in one pass, and every mismatch is told */

#include "template.h"

#include <string.h>

#include "error.h"
#include "file.h"

static char *folder;

static void
write_text(const char *relative, const char *text)
{
	g_autofree char *path = g_build_filename(folder, relative, NULL);
	g_autofree char *above = g_path_get_dirname(path);

	g_assert_true(file_make_folder(above, 0700, NULL));
	g_assert_true(file_write(path, text, strlen(text), 0600, NULL));
}

static GHashTable *
values_of(const char *first, const char *one, const char *second, const char *two)
{
	GHashTable *values = g_hash_table_new(g_str_hash, g_str_equal);

	g_hash_table_insert(values, (char *)first, (char *)one);
	if (second != NULL)
		g_hash_table_insert(values, (char *)second, (char *)two);
	return values;
}

static void
test_fill(void)
{
	g_autoptr(GHashTable) values = values_of("case_no", "RD-1", "text", "${case_no} $1 }");
	g_autoptr(Text) text = NULL;

	write_text("en/ack.txt", "Subject: ${case_no}: received\n\nYour number is ${case_no}.\n\n${text}");
	text = template_fill(folder, "en", "ack", values, NULL);
	g_assert_cmpstr(text->subject, ==, "RD-1: received");
	g_assert_cmpstr(text->body, ==, "Your number is RD-1.\n\n${case_no} $1 }\n");
}

static void
test_subject_is_one_line(void)
{
	g_autoptr(GHashTable) values = values_of("x", "a\r\nBcc: b", NULL, NULL);
	g_autoptr(Text) text = NULL;

	write_text("en/one.txt", "Subject: ${x}\n\nbody\n");
	text = template_fill(folder, "en", "one", values, NULL);
	g_assert_cmpstr(text->subject, ==, "a  Bcc: b");
}

static void
test_language(void)
{
	static const struct {
		const char *language, *body;
	} cases[] = {
		{ "en", "hello x\n" }, { "nl", "dag x\n" }, { "de", "hello x\n" },
		{ "../nl", "hello x\n" }, { NULL, "hello x\n" },
	};

	write_text("en/greet.txt", "Subject: s\n\nhello ${n}\n");
	write_text("nl/greet.txt", "Subject: s\n\ndag ${n}\n");
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GHashTable) values = values_of("n", "x", NULL, NULL);
		g_autoptr(Text) text = template_fill(folder, cases[i].language, "greet", values, NULL);

		g_assert_cmpstr(text->body, ==, cases[i].body);
	}
}

static void
test_refused(void)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "Subject: s\n\na\n${b}\n", "bad.txt: line 4: unknown name '${b}'" },
		{ "Subject: ${b}\n\na\n", "bad.txt: line 1: unknown name '${b}'" },
		{ "Subject: s\n\n${n\n", "bad.txt: line 3: unknown name '${n}'" },
		{ "Subject: s\n\nbody\n", "bad.txt: nothing asks for '${n}'" },
		{ "Hello\n\n${n}\n", "bad.txt: line 1: expected 'Subject: ...'" },
		{ "Subject: s\nTo: x\n\n${n}\n", "bad.txt: line 1: expected 'Subject: ...'" },
		{ "Subject: s\n\n\xFF\n", "bad.txt: empty, or not UTF-8" },
		{ "", "bad.txt: empty, or not UTF-8" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GHashTable) values = values_of("n", "x", NULL, NULL);
		g_autoptr(GError) error = NULL;

		write_text("en/bad.txt", cases[i].text);
		g_assert_null(template_fill(folder, "en", "bad", values, &error));
		g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
		g_assert_nonnull(strstr(error->message, cases[i].message));
	}
}

static void
test_words(void)
{
	g_autoptr(GHashTable) words = NULL;
	g_autoptr(GError) error = NULL;

	write_text("en/words.txt", "# headings\nnew: NEW\n\nfrom: From: whom\n");
	words = template_words(folder, "nl", &error);
	g_assert_cmpstr(g_hash_table_lookup(words, "new"), ==, "NEW");
	g_assert_cmpstr(g_hash_table_lookup(words, "from"), ==, "From: whom");
	g_assert_cmpuint(g_hash_table_size(words), ==, 2);
	write_text("en/words.txt", "new NEW\n");
	g_assert_null(template_words(folder, "nl", &error));
	g_assert_true(g_str_has_suffix(error->message, "words.txt: line 1: expected 'key: text'"));
}

int
main(int argc, char *argv[])
{
	int status;

	g_test_init(&argc, &argv, NULL);
	folder = g_dir_make_tmp("unit-template-XXXXXX", NULL);
	g_test_add_func("/template/fill", test_fill);
	g_test_add_func("/template/subject", test_subject_is_one_line);
	g_test_add_func("/template/language", test_language);
	g_test_add_func("/template/refused", test_refused);
	g_test_add_func("/template/words", test_words);
	status = g_test_run();
	file_remove_tree(folder);
	g_free(folder);
	return status;
}
