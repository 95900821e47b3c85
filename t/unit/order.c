/* order - words, options in the order they were typed, and what is refused */

#include <glib.h>

#include "options.h"
#include "order.h"

static const OrderOption options[] = {
	{ "contact", "ADDR" }, { "key", "FILE" }, { "dry", NULL }, { NULL, NULL }
};
static const Verb verb = {
	.noun = "x", .name = "y", .words = "NAME", .least = 1, .most = 2,
	.options = options, .without_settings = true, .has_json = true,
};

static void
test_order(void)
{
	char *words[] = { "--key", "k0", "name", "--contact=a@x", "--key", "k1", "--json",
		"--contact", "b@x", "--", "--dry", NULL };
	g_autoptr(Order) order = order_new(&verb, words, NULL, NULL);
	g_autoptr(GPtrArray) keys = NULL;
	static const char *const typed[] = { "key", "contact", "key", "json", "contact" };

	g_assert_nonnull(order);
	g_assert_true(order->json);
	g_assert_false(order_flag(order, "dry"));
	g_assert_cmpstr(order_word(order, 0), ==, "name");
	g_assert_cmpstr(order_word(order, 1), ==, "--dry");
	g_assert_null(order_word(order, 2));
	g_assert_cmpstr(order_text(order, "contact"), ==, "b@x");
	keys = order_texts(order, "key");
	g_assert_cmpuint(keys->len, ==, 2);
	g_assert_cmpstr(g_ptr_array_index(keys, 1), ==, "k1");
	g_assert_cmpuint(order->typed->len, ==, G_N_ELEMENTS(typed));
	for (guint i = 0; i < G_N_ELEMENTS(typed); i++)
		g_assert_cmpstr(g_array_index(order->typed, Typed, i).name, ==, typed[i]);
}

static void
test_refused(void)
{
	char *none[] = { NULL };
	char *many[] = { "a", "b", "c", NULL };
	char *unknown[] = { "a", "--nonsense", NULL };
	char *letter[] = { "a", "-k", NULL };
	char *flag[] = { "a", "--dry=yes", NULL };
	char *value[] = { "a", "--key", NULL };
	char **lines[] = { none, many, unknown, letter, flag, value };

	for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(order_new(&verb, lines[i], NULL, &error));
		g_assert_true(g_error_matches(error, PROGRAM_USAGE, 0));
	}
}

static void
test_number(void)
{
	char *words[] = { "17", "1x", NULL };
	g_autoptr(Order) order = order_new(&verb, words, NULL, NULL);

	g_assert_cmpint(order_number(order, 0, NULL), ==, 17);
	g_assert_cmpint(order_number(order, 1, NULL), ==, 0);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/order/order", test_order);
	g_test_add_func("/order/refused", test_refused);
	g_test_add_func("/order/number", test_number);
	return g_test_run();
}
