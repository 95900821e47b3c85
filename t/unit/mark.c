#include "mark.h"

#include <string.h>

static char *
apply(const Marks *marks, const char *text, bool all)
{
	g_autoptr(GBytes) raw = g_bytes_new(text, strlen(text));
	g_autoptr(GBytes) marked = marks_apply(marks, raw, all);

	return g_strndup(g_bytes_get_data(marked, NULL), g_bytes_get_size(marked));
}

static void
rows(void)
{
	static const struct { const char *in, *want; bool all; } all[] = {
		{ "A: b\n\nbody\n", "X-Sluis-Class: spam; score=0.50\nA: b\n\nbody\n", false },
		{ "A: b\r\n\r\nbody", "X-Sluis-Class: spam; score=0.50\r\nA: b\r\n\r\nbody", false },
		{ "From m Thu\nA: b\n\nX-Sluis-Class: body\n",
		  "From m Thu\nX-Sluis-Class: spam; score=0.50\nA: b\n\nX-Sluis-Class: body\n", false },
		{ "x-sluis-class: forged\n more\nX-Sluis-Case: kept\nA: b\n\nbody\n",
		  "X-Sluis-Class: spam; score=0.50\nX-Sluis-Case: kept\nA: b\n\nbody\n", false },
		{ "A: b\nX-SLUIS-Other: forged\n\tmore\nX-Sluis-Case : forged\nC: d\n\nbody\n",
		  "X-Sluis-Class: spam; score=0.50\nA: b\nC: d\n\nbody\n", true },
		{ "X-Sluis-Classy: kept\n\n", "X-Sluis-Class: spam; score=0.50\nX-Sluis-Classy: kept\n\n", false },
		{ " ; key=forged\nA: b\n\n", " ; key=forged\nX-Sluis-Class: spam; score=0.50\nA: b\n\n", false },
		{ "From m Thu\n\t\n a\nX-Sluis-Case: forged\n\n", "From m Thu\n\t\n a\nX-Sluis-Class: spam; score=0.50\n\n", true },
		{ "", "X-Sluis-Class: spam; score=0.50\n", true },
		{ "A: b", "X-Sluis-Class: spam; score=0.50\nA: b", true },
		{ "\nbody", "X-Sluis-Class: spam; score=0.50\n\nbody", true },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
		g_autoptr(Marks) marks = marks_new();
		g_autofree char *got = NULL;

		marks_add(marks, MARK_CLASS, "%s; score=%.2f", "spam", 0.5);
		got = apply(marks, all[i].in, all[i].all);
		g_assert_cmpstr(got, ==, all[i].want);
	}
}

static void
values(void)
{
	g_autoptr(Marks) marks = marks_new();
	g_autoptr(Marks) none = marks_new();
	g_autofree char *got = NULL;
	g_autofree char *same = NULL;
	g_autofree char *stripped = NULL;

	marks_add(marks, MARK_PARTICIPANT, "%s; what=%s", "linde", "x\nBcc: v@x.example\xc3\xa9");
	marks_add(marks, MARK_PARTICIPANT, "two");
	got = apply(marks, "A: b\n\n", false);
	g_assert_cmpstr(got, ==, "X-Sluis-Participant: linde; what=x?Bcc: v@x.example??\n"
	    "X-Sluis-Participant: two\nA: b\n\n");
	same = apply(none, got, false);
	g_assert_cmpstr(same, ==, got);
	stripped = apply(none, got, true);
	g_assert_cmpstr(stripped, ==, "A: b\n\n");
	marks_strip(none, MARK_PARTICIPANT);
	g_clear_pointer(&stripped, g_free);
	stripped = apply(none, got, false);
	g_assert_cmpstr(stripped, ==, "A: b\n\n");
	g_assert_cmpstr(mark_name(MARK_CASE), ==, "X-Sluis-Case");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mark/rows/T-27", rows);
	g_test_add_func("/mark/values", values);
	return g_test_run();
}
