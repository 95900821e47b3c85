#include "refs.h"

static void
test_tags(void)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "Re: [RD-2026-7K3QX] new",            "RD-2026-7K3QX" },
		{ "re: rd-2026-7k3qx",                  "RD-2026-7K3QX" },
		{ "CERT-2025-OIL0A and RD-2026-7K3QX",  "CERT-2025-0110A RD-2026-7K3QX" },
		{ "RD-2026-7K3QX RD-2026-7K3QX",        "RD-2026-7K3QX" },
		{ "",                                   "" },
		{ "RD-2026-7K3QX0",                     "" },
		{ "RD-2026-7K3Q",                       "" },
		{ "XRD-20266-7K3QX",                    "" },
		{ "A-2026-7K3QX",                       "" },
		{ "NINELETTR-2026-7K3QX",               "" },
		{ "x_RD-2026-7K3QX",                    "" },
		{ "RD-2026-7K3Q\xc3\xa9",               "" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GPtrArray) tags = refs_tags(rows[i].text);
		g_autofree char *got = NULL;

		g_ptr_array_add(tags, NULL);
		got = g_strjoinv(" ", (char **)tags->pdata);
		g_assert_cmpstr(got, ==, rows[i].want);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/refs/tags", test_tags);
	return g_test_run();
}
