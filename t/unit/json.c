/* json - there and back, and what is missing */

#include "json.h"

#include "buffer.h"
#include "error.h"

static void
test_round(void)
{
	g_autoptr(Json) json = json_new_object();
	g_autoptr(Json) back = NULL;
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	g_ptr_array_add(names, "a");
	g_ptr_array_add(names, "b");
	json_put_text(json, "text", "caf\xC3\xA9 \"x\"");
	json_put_text(json, "none", NULL);
	json_put_text(json, "bad", "\xFF");
	json_put_int(json, "int", G_MAXINT64);
	json_put_real(json, "real", 0.93);
	json_put_bool(json, "yes", true);
	json_put_time(json, "time", 1000000);
	json_put_time(json, "never", 0);
	json_put_texts(json, "names", names);
	json_put_texts(json, "nobody", NULL);
	bytes = json_bytes(json);
	g_assert_cmpstr(g_bytes_get_data(bytes, NULL), ==,
	    "{\"text\":\"caf\xC3\xA9 \\\"x\\\"\",\"none\":null,\"bad\":\"\\\\u{00FF}\","
	    "\"int\":9223372036854775807,\"real\":0.93,\"yes\":true,"
	    "\"time\":\"1970-01-01T00:00:01Z\",\"never\":null,\"names\":[\"a\",\"b\"],\"nobody\":[]}");
	back = json_parse(bytes, NULL);
	g_assert_cmpstr(json_text(back, "text"), ==, "caf\xC3\xA9 \"x\"");
	g_assert_cmpint(json_int(back, "int"), ==, G_MAXINT64);
	g_assert_cmpfloat(json_get_real(back, "real"), ==, 0.93);
	g_assert_true(json_bool(back, "yes"));
	g_assert_cmpuint(json_length(json_get(back, "names")), ==, 2);
	g_assert_cmpstr(json_text_at(json_get(back, "names"), 1), ==, "b");
}

static void
test_missing(void)
{
	g_autoptr(Json) json = json_new_object();

	json_put_int(json, "int", 7);
	g_assert_null(json_text(json, "int"));
	g_assert_null(json_text(json, "gone"));
	g_assert_cmpint(json_int(json, "gone"), ==, 0);
	g_assert_false(json_bool(json, "int"));
	g_assert_cmpuint(json_length(json_get(json, "gone")), ==, 0);
	g_assert_null(json_at(json_get(json, "gone"), 0));
}

static void
test_bad(void)
{
	static const char *const cases[] = { "", "{", "{\"a\":1,\"a\":2}", "{} x", "{\"a\":\"\xFF\"}" };

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GBytes) bytes = bytes_text(cases[i]);
		g_autoptr(GError) error = NULL;

		g_assert_null(json_parse(bytes, &error));
		g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/json/round", test_round);
	g_test_add_func("/json/missing", test_missing);
	g_test_add_func("/json/bad", test_bad);
	return g_test_run();
}
