/* conf - every type of row, its fallback, its bounds and its complaint */

#include "conf.h"

#include "buffer.h"
#include "error.h"

typedef struct {
	char *name;
} Item;

typedef struct {
	char *text, *word, *path, *must, *mode;
	char **texts;
	gint64 number, time, size, out_number;
	bool truth;
	GPtrArray *items;
} Sample;

static const char *const words[] = { "red", "green", NULL };

static const ConfRow item_rows[] = {
	{ "name", CONF_TEXT, offsetof(Item, name), NULL, 0, 0, NULL, NULL, 0 },
	{ 0 }
};

static const ConfRow rows[] = {
	{ "a.text", CONF_TEXT, offsetof(Sample, text), "x", 0, 0, NULL, NULL, 0 },
	{ "a.texts", CONF_TEXTS, offsetof(Sample, texts), "", 0, 0, NULL, NULL, 0 },
	{ "a.number", CONF_NUMBER, offsetof(Sample, number), "3", 1, 5, NULL, NULL, 0 },
	{ "a.b.time", CONF_TIME, offsetof(Sample, time), "2m", 0, 0, NULL, NULL, 0 },
	{ "size", CONF_SIZE, offsetof(Sample, size), "64k", 0, 0, NULL, NULL, 0 },
	{ "truth", CONF_BOOL, offsetof(Sample, truth), "no", 0, 0, NULL, NULL, 0 },
	{ "word", CONF_WORD, offsetof(Sample, word), "red", 0, 0, words, NULL, 0 },
	{ "path", CONF_PATH, offsetof(Sample, path), "", 0, 0, NULL, NULL, 0 },
	{ "must", CONF_TEXT, offsetof(Sample, must), NULL, 0, 0, NULL, NULL, 0 },
	{ "out.mode", CONF_BRIEF, offsetof(Sample, mode), "red", 0, 0, words, NULL, 0 },
	{ "out.number", CONF_NUMBER, offsetof(Sample, out_number), "4", 0, 9, NULL, NULL, 0 },
	{ "items", CONF_LIST, offsetof(Sample, items), NULL, 0, 0, NULL, item_rows, sizeof(Item) },
	{ 0 }
};

static bool
bind(const char *text, Sample *sample, GError **error)
{
	g_autoptr(GBytes) bytes = bytes_text(text);
	g_autoptr(Tree) tree = tree_parse("/etc/x/x.yaml", bytes, NULL);

	g_assert_nonnull(tree);
	return conf_bind(tree, rows, sample, error);
}

static void
test_fallbacks(void)
{
	Sample sample = { 0 };

	g_assert_true(bind("must: m\n", &sample, NULL));
	g_assert_cmpstr(sample.text, ==, "x");
	g_assert_null(sample.texts[0]);
	g_assert_cmpint(sample.number, ==, 3);
	g_assert_cmpint(sample.time, ==, 120);
	g_assert_cmpint(sample.size, ==, 65536);
	g_assert_false(sample.truth);
	g_assert_cmpstr(sample.path, ==, "");
	g_assert_cmpuint(sample.items->len, ==, 0);
	conf_clear(rows, &sample);
	g_assert_null(sample.text);
	g_assert_null(sample.items);
	g_assert_cmpint(sample.number, ==, 0);
}

static void
test_values(void)
{
	Sample sample = { 0 };

	g_assert_true(bind("a: {text: '', texts: [p, q], number: 5, b: {time: 1d}}\n"
	    "size: 2M\ntruth: yes\nword: green\npath: keys/x\nmust: m\n"
	    "items:\n- name: one\n- {name: two}\n", &sample, NULL));
	g_assert_cmpstr(sample.text, ==, "");
	g_assert_cmpstr(sample.texts[1], ==, "q");
	g_assert_cmpint(sample.number, ==, 5);
	g_assert_cmpint(sample.time, ==, 86400);
	g_assert_cmpint(sample.size, ==, 2097152);
	g_assert_true(sample.truth);
	g_assert_cmpstr(sample.word, ==, "green");
	g_assert_cmpstr(sample.path, ==, "/etc/x/keys/x");
	g_assert_cmpuint(sample.items->len, ==, 2);
	g_assert_cmpstr(((Item *)sample.items->pdata[1])->name, ==, "two");
	conf_clear(rows, &sample);
}

static void
test_refused(void)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "a: {}\n", "line 1: 'must' must be given" },
		{ "must: m\na:\n  texd: y\n", "line 3: unknown key 'a.texd'; did you mean 'a.text'?" },
		{ "must: m\ncolour: y\n", "line 2: unknown key 'colour'" },
		{ "must: m\nsizes: 1\n", "line 2: unknown key 'sizes'; did you mean 'size'?" },
		{ "must: m\na: 1\n", "line 2: expected keys and values under a" },
		{ "must: [m]\n", "line 1: must: expected a text" },
		{ "must: m\na: {number: 6}\n", "line 2: a.number: expected a number from 1 to 5, not '6'" },
		{ "must: m\na: {number: 0x3}\n", "line 2: a.number: expected a number from 1 to 5, not '0x3'" },
		{ "must: m\na: {number: -3}\n", "line 2: a.number: expected a number from 1 to 5, not '-3'" },
		{ "must: m\na: {number: 99999999999999999999}\n", "line 2: a.number: expected a number from 1 to 5, not '99999999999999999999'" },
		{ "must: m\nsize: 9999999999999999k\n", "line 2: size: expected a size such as 64k or 25M, in bytes, not '9999999999999999k'" },
		{ "must: m\nsize: 1kk\n", "line 2: size: expected a size such as 64k or 25M, in bytes, not '1kk'" },
		{ "must: m\ntruth: on\n", "line 2: truth: expected yes or no, not 'on'" },
		{ "must: m\nword: blue\n", "line 2: word: expected red or green, not 'blue'" },
		{ "must: m\nitems: x\n", "line 2: items: expected a list, not 'x'" },
		{ "must: m\nitems:\n- name: a\n- nam: b\n", "line 4: unknown key 'nam'; did you mean 'name'?" },
		{ "must: m\nitems:\n- name: a\n- {}\n", "line 4: 'name' must be given" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *message = g_strconcat("/etc/x/x.yaml: ", cases[i].message, NULL);
		g_autoptr(GError) error = NULL;
		Sample sample = { 0 };

		g_assert_false(bind(cases[i].text, &sample, &error));
		g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
		g_assert_cmpstr(error->message, ==, message);
		g_assert_null(sample.must);
		g_assert_null(sample.items);
	}
}

static void
test_brief(void)
{
	static const char *const good[] = {
		"must: m\nout: green\n", "must: m\nout:\n  mode: green\n",
	};
	static const char *const bad[] = { "must: m\nout: blue\n", "must: m\na: green\n" };

	for (guint i = 0; i < G_N_ELEMENTS(good); i++) {
		Sample sample = { 0 };

		g_assert_true(bind(good[i], &sample, NULL));
		g_assert_cmpstr(sample.mode, ==, "green");
		g_assert_cmpint(sample.out_number, ==, 4);
		conf_clear(rows, &sample);
	}
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
		Sample sample = { 0 };

		g_assert_false(bind(bad[i], &sample, NULL));
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/conf/fallbacks", test_fallbacks);
	g_test_add_func("/conf/values", test_values);
	g_test_add_func("/conf/refused", test_refused);
	g_test_add_func("/conf/brief", test_brief);
	return g_test_run();
}
