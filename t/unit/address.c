#include "address.h"

#include <glib.h>

static void
test_plain(void)
{
	static const struct {
		const char *address;
		bool plain;
	} rows[] = {
		{ "ann@delinde.example", true },
		{ "a.b+c_d=e@sub.delinde.example", true },
		{ "o'neil@delinde.example", true },
		{ "\"ann b\"@delinde.example", false },
		{ "ann..b@delinde.example", false },
		{ ".ann@delinde.example", false },
		{ "ann.@delinde.example", false },
		{ "-oQ/tmp@delinde.example", false },
		{ "ann@[192.0.2.1]", false },
		{ "ann@delinde.example\n", false },
		{ "ann,bob@delinde.example", false },
		{ "a\xc3\xa9@delinde.example", false },
		{ "ann", false },
		{ "@delinde.example", false },
		{ "ann@", false },
		{ "", false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_test_message("%s", rows[i].address);
		g_assert_cmpint(address_is_plain(rows[i].address), ==, rows[i].plain);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/address/T-51/plain", test_plain);
	return g_test_run();
}
