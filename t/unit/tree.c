/* tree - T-19: what a plain file says, and what is refused with its line */

#include "tree.h"

#include <string.h>

#include "buffer.h"
#include "error.h"

static Tree *
parse(const char *text, GError **error)
{
	g_autoptr(GBytes) bytes = bytes_text(text);

	return tree_parse("x.yaml", bytes, error);
}

static void
test_shape(void)
{
	g_autoptr(Tree) root = parse("a: 1\nb:\n  - x\n  - 'y: z'\nc:\n  d: ~\n  e: '~'\n  f:\n", NULL);
	const Tree *list = tree_get(root, "b");

	g_assert_cmpint(tree_kind(root), ==, TREE_MAP);
	g_assert_cmpuint(tree_length(root), ==, 3);
	g_assert_cmpstr(tree_key_at(root, 2), ==, "c");
	g_assert_null(tree_key_at(root, 3));
	g_assert_cmpstr(tree_text(tree_get(root, "a")), ==, "1");
	g_assert_cmpint(tree_kind(list), ==, TREE_LIST);
	g_assert_cmpuint(tree_line(list), ==, 2);
	g_assert_cmpstr(tree_text(tree_at(list, 1)), ==, "y: z");
	g_assert_null(tree_at(list, 2));
	g_assert_null(tree_text(list));
	g_assert_cmpstr(tree_text(tree_find(root, "c.d")), ==, "");
	g_assert_cmpstr(tree_text(tree_find(root, "c.e")), ==, "~");
	g_assert_cmpstr(tree_text(tree_find(root, "c.f")), ==, "");
	g_assert_cmpuint(tree_line(tree_find(root, "c.f")), ==, 8);
	g_assert_null(tree_find(root, "c.g.h"));
	g_assert_cmpstr(tree_file(list), ==, "x.yaml");
}

static void
test_refused(void)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "", "x.yaml: line 1: the file is empty" },
		{ "# nothing\n", "x.yaml: line 2: the file is empty" },
		{ "a: 1\nb: &x 2\n", "x.yaml: line 2: anchors are not used here" },
		{ "a: *x\n", "x.yaml: line 1: aliases are not used here" },
		{ "a: !!str 1\n", "x.yaml: line 1: tags are not used here" },
		{ "a: 1\nb: 1\na: 2\n", "x.yaml: line 3: this key is here twice" },
		{ "a: 1\n---\nb: 2\n", "x.yaml: line 2: more than one document" },
		{ "? [a]\n: 1\n", "x.yaml: line 1: a key must be a plain word" },
		{ "a: \"x\\0y\"\n", "x.yaml: line 1: a NUL in a text" },
		{ "[[[[[[[[[]]]]]]]]]", "x.yaml: line 1: nested too deep" },
		{ "a: [1\n", NULL },
		{ "a: \xFF\n", NULL },
		{ "\ta: 1\n", NULL },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(parse(cases[i].text, &error));
		g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
		g_assert_true(g_str_has_prefix(error->message, "x.yaml: line "));
		if (cases[i].message != NULL)
			g_assert_cmpstr(error->message, ==, cases[i].message);
	}
}

static void
test_bounds(void)
{
	g_autofree char *large = g_strnfill(256 * 1024 + 1, 'a');
	g_autoptr(Tree) deep = parse("[[[[[[[[]]]]]]]]", NULL);
	g_autoptr(GError) error = NULL;

	g_assert_nonnull(deep);
	g_assert_null(parse(large, &error));
	g_assert_cmpstr(error->message, ==, "x.yaml: larger than 256 KiB");
	large[256 * 1024] = '\0';
	g_clear_pointer(&deep, tree_free);
	deep = parse(large, NULL);
	g_assert_nonnull(deep);
}

static void
test_complain(void)
{
	g_autoptr(Tree) root = parse("a: 1\n\nb: 2\n", NULL);
	g_autoptr(GError) error = NULL;

	g_assert_false(tree_complain(tree_get(root, "b"), &error, "not %d", 2));
	g_assert_cmpstr(error->message, ==, "x.yaml: line 3: not 2");
	g_clear_error(&error);
	g_assert_null(tree_load("/nowhere/x.yaml", &error));
	g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tree/shape", test_shape);
	g_test_add_func("/tree/T-19/refused", test_refused);
	g_test_add_func("/tree/T-19/bounds", test_bounds);
	g_test_add_func("/tree/complain", test_complain);
	return g_test_run();
}
