/* Are the parts cut where they were, byte for byte? */

#include "split.h"

#include <string.h>

static Slice
slice(const char *text)
{
	return (Slice){ text, strlen(text) };
}

static void
assert_slice(Slice found, const char *expected)
{
	g_autofree char *text = g_strndup(found.start, found.length);

	g_assert_cmpstr(text, ==, expected);
}

static void
test_entity(void)
{
	static const struct { const char *raw, *header, *body; } rows[] = {
		{ "A: 1\nB: 2\n\nbody\n", "A: 1\nB: 2\n", "body\n" },
		{ "A: 1\r\n\r\nbody", "A: 1\r\n", "body" },
		{ "A: 1\r\n\nbody\r\n\r\n", "A: 1\r\n", "body\r\n\r\n" },
		{ "From x Mon\nA: 1\n\nb", "A: 1\n", "b" },
		{ "From : x\nA: 1\n\nb", "From : x\nA: 1\n", "b" },
		{ "From: x\n\nb", "From: x\n", "b" },
		{ "\nbody", "", "body" },
		{ "A: 1\nB: 2", "A: 1\nB: 2", "" },
		{ "", "", "" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		Entity entity = split_entity(slice(rows[i].raw));

		assert_slice(entity.header, rows[i].header);
		assert_slice(entity.body, rows[i].body);
	}
}

/* Children are joined by '|', preamble and epilogue are around '<' and '>'. */
static char *
shape(const char *body, const char *boundary)
{
	g_autoptr(Multipart) parts = split_multipart(slice(body), boundary);
	GString *text = g_string_new_len(parts->preamble.start, (gssize)parts->preamble.length);

	g_string_append_c(text, '<');
	for (guint i = 0; i < parts->children->len; i++) {
		Slice child = g_array_index(parts->children, Slice, i);

		if (i > 0)
			g_string_append_c(text, '|');
		g_string_append_len(text, child.start, (gssize)child.length);
	}
	g_string_append_c(text, '>');
	g_string_append_len(text, parts->epilogue.start, (gssize)parts->epilogue.length);
	g_string_append(text, parts->closed ? "" : " open");
	g_string_append(text, parts->ambiguous ? " ambiguous" : "");
	return g_string_free(text, FALSE);
}

static void
test_multipart(void)
{
	static const struct { const char *body, *shape; } rows[] = {
		{ "--b\none\n--b\ntwo\n--b--\n", "<one|two>" },
		{ "pre\n--b\r\none\r\n\r\n--b\r\ntwo\r\n--b--\r\nepi", "pre<one\r\n|two>epi" },
		{ "--b  \none\n--b\t\r\ntwo\n--b-- \n", "<one|two>" },
		{ "--b\n--b\n--b--", "<|>" },
		{ "--b\none\n--b\ntwo\n", "<one|two\n> open" },
		{ "nothing\n", "nothing\n<> open" },
		{ "--b\none\n--bb\ntwo\n--b--\n", "<one\n--bb\ntwo> ambiguous" },
		{ "--b\none\n--b--x\n--b--\n", "<one\n--b--x> ambiguous" },
		{ "--b\none\n--b--\nepi\n--b\ntwo\n--b--\n",
		    "<one>epi\n--b\ntwo\n--b--\n ambiguous" },
		{ "--b--\none\n", "--b--\none\n<> open ambiguous" },
		{ "--b\none\r--b\rtwo\n--b--\n", "<one\r--b\rtwo> ambiguous" },
		{ "--b\n --b\n-b\n---b\n--b--\n", "< --b\n-b\n---b>" },
		{ "--b\nContent-Type: multipart/mixed; boundary=b\n\nx\n--b--\n",
		    "<Content-Type: multipart/mixed; boundary=b\n\nx> ambiguous" },
		{ "--b\nContent-Type: multipart/mixed; x=\"a;b\"; Boundary = \"c\"\n\nx\n--b--\n",
		    "<Content-Type: multipart/mixed; x=\"a;b\"; Boundary = \"c\"\n\nx>" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *found = shape(rows[i].body, "b");

		g_assert_cmpstr(found, ==, rows[i].shape);
	}
}

static void
test_boundary(void)
{
	static const char *const none[] = { "", "ends ", "a\nb", NULL };
	g_autofree char *longest = g_strnfill(71, 'x');
	g_autofree char *found = shape("--x\none\n--x--\n", longest);

	g_assert_true(g_str_has_suffix(found, " ambiguous"));
	for (guint i = 0; none[i] != NULL; i++) {
		g_autofree char *again = shape("--\none\n----\n", none[i]);

		g_assert_cmpstr(again, ==, "--\none\n----\n<> open ambiguous");
	}
}

static void
test_canonical(void)
{
	static const struct { const char *from, *to; } rows[] = {
		{ "a\nb\n", "a\r\nb\r\n" }, { "a\r\nb\n\n", "a\r\nb\r\n\r\n" },
		{ "a\rb", "a\rb" }, { "a\r\r\nb", "a\r\r\nb" }, { "", "" }, { "\n", "\r\n" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = split_canonical(slice(rows[i].from));

		assert_slice(slice_bytes(bytes), rows[i].to);
	}
}

static void
test_header(void)
{
	Slice header = slice("Subject: one\r\n two \r\nX: y\nsubject : three\nSubjects: no\n");
	g_autofree char *first = split_header(header, "SUBJECT", 0);
	g_autofree char *second = split_header(header, "Subject", 1);

	g_assert_cmpuint(split_header_count(header, "Subject"), ==, 2);
	g_assert_cmpstr(first, ==, "one two");
	g_assert_cmpstr(second, ==, "three");
	g_assert_null(split_header(header, "Subject", 2));
	g_assert_null(split_header(header, "Sub", 0));
}

static void
test_boundary_of(void)
{
	static const struct { const char *header, *boundary; } rows[] = {
		{ "Content-Type: multipart/mixed; boundary=\"a\\\"b\"; x=y\n", "a\"b" },
		{ "Content-Type: multipart/mixed;\r\n\tboundary=abc\r\n", "abc" },
		{ "Content-Type: a/b; x=\"; boundary=no\"\n", NULL },
		{ "Content-Type: a/b; boundary=1\nContent-Type: a/b; boundary=2\n", "2" },
		{ "Content-Type: a/b; boundary*0=1\n", "*" },
		{ "Content-Type: a/b; boundary=1; boundary=2\n", "*" },
		{ "Content-Type: a/b; boundary=1; boundary*=us-ascii''2\n", "*" },
		{ "Content-Type: a/b; boundary=1; boundary=\"1\"\n", "1" },
		{ "Content-Type: boundary=1\n", NULL }, { "X: y\n", NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *found = split_boundary(slice(rows[i].header));

		g_assert_cmpstr(found, ==, rows[i].boundary);
	}
}

static void
test_origin(void)
{
	const char *rest = "From: a\nReceived: inside\n\nbody";
	g_autofree char *one = g_strconcat("Return-Path: <a>\nReceived: x\n by y\nARC-Seal: z\n"
	    "X-Spam-Status: No\n", rest, NULL);
	g_autofree char *two = g_strconcat("From a Mon\nDelivered-To: b\r\n", rest, NULL);

	assert_slice(split_origin(slice(one)), rest);
	assert_slice(split_origin(slice(two)), rest);
	assert_slice(split_origin(slice(rest)), rest);
	assert_slice(split_origin(slice("X-Other: 1\nReceived: x\n\n")), "X-Other: 1\nReceived: x\n\n");
	assert_slice(split_origin(slice("Received: x\n\nbody")), "\nbody");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/split/entity", test_entity);
	g_test_add_func("/split/multipart", test_multipart);
	g_test_add_func("/split/boundary", test_boundary);
	g_test_add_func("/split/canonical", test_canonical);
	g_test_add_func("/split/header", test_header);
	g_test_add_func("/split/boundary-of", test_boundary_of);
	g_test_add_func("/split/origin", test_origin);
	return g_test_run();
}
