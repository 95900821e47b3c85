/* advisory - what a text and a CSAF say, and to what products it applies */

#include <string.h>

#include "advisory.h"
#include "error.h"

static const struct {
	const char *text, *title, *severity, *products;
} rows[] = {
	{ "Subject: Take care\r\nProduct: ADC\r\nVersion: 1\r\nVersion: 2\r\nProduct: Gateway\r\nSeverity: HIGH\r\n\r\nDo it.\r\n",
	  "Take care", "high", "ADC 1;ADC 2;Gateway ;" },
	{ "Look out.\n\nProduct: not here\n", "Look out.", NULL, "" },
	{ "Product: one\n\nDo it.\n", "Do it.", NULL, "one ;" },
	{ "{\"document\":{\"csaf_version\":\"2.0\",\"title\":\"T\",\"notes\":[{\"text\":\"N\"}]},\"product_tree\":{"
	  "\"full_product_names\":[{\"name\":\"Portal\",\"product_id\":\"A\"},{\"name\":\"Other\",\"product_id\":\"B\"}]},"
	  "\"vulnerabilities\":[{\"product_status\":{\"known_affected\":[\"A\"]},\"scores\":[{\"cvss_v3\":{\"baseSeverity\":\"CRITICAL\"}}]}]}",
	  "T", "critical", "Portal ;" },
	{ "{\"document\":{\"csaf_version\":\"2.0\",\"title\":\"T\",\"notes\":[{\"text\":\"N\"}]},\"product_tree\":{\"branches\":["
	  "{\"category\":\"vendor\",\"name\":\"V\",\"branches\":[{\"category\":\"product_name\",\"name\":\"P\",\"branches\":["
	  "{\"category\":\"product_version\",\"name\":\"3\",\"product\":{\"product_id\":\"A\"}},"
	  "{\"category\":\"product_version_range\",\"name\":\"<9\",\"product\":{\"product_id\":\"B\"}}]}]}]}}",
	  "T", NULL, "P 3;V P 3;P <9;V P <9;" },
};

static void
test_read(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new_static(rows[i].text, strlen(rows[i].text));
		g_autoptr(Advisory) advisory = advisory_read(bytes, NULL);
		g_autoptr(GString) products = g_string_new(NULL);

		g_assert_nonnull(advisory);
		for (guint n = 0; n < advisory->products->len; n++)
			g_string_append_printf(products, "%s %s;", (char *)g_ptr_array_index(advisory->products, n),
			    (char *)g_ptr_array_index(advisory->versions, n));
		g_assert_cmpstr(advisory->title, ==, rows[i].title);
		g_assert_cmpstr(advisory->severity, ==, rows[i].severity);
		g_assert_cmpstr(products->str, ==, rows[i].products);
	}
}

static void
test_refused(void)
{
	static const char *const texts[] = { "", "Subject: x\n", "{\"document\":{}}", "{\"a\":1}" };

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new_static(texts[i], strlen(texts[i]));
		g_autoptr(GError) error = NULL;

		g_assert_null(advisory_read(bytes, &error));
		g_assert_true(error_is(error, SLUIS_ERROR_REFUSED));
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/advisory/read", test_read);
	g_test_add_func("/advisory/refused", test_refused);
	return g_test_run();
}
