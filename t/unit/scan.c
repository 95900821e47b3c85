/* Is every limit seen on raw bytes, and only when it is passed (T-13)? */

#include "scan.h"

#include <string.h>

static const Limits limits = {
	.size = 25 * 1024 * 1024, .boundaries = 2000, .headers = 1000, .header_size = 65536,
	.addresses = 500, .depth = 16, .attachments = 100,
};

/* Takes the text. */
static const char *
scanned(GString *text)
{
	const char *over = scan_limits((Slice){ text->str, text->len }, &limits);

	g_string_free(text, TRUE);
	return over;
}

static GString *
repeated(const char *before, const char *text, guint times)
{
	GString *mail = g_string_new(before);

	for (guint i = 0; i < times; i++)
		g_string_append(mail, text);
	return mail;
}

static void
test_plain(void)
{
	g_assert_null(scanned(g_string_new("")));
	g_assert_null(scanned(g_string_new("From: a@x\n\nhello\n")));
	g_assert_null(scanned(repeated("From: a@x\n\n", "-- a line of SQL\n--b\n", 5000)));
}

static void
test_size(void)
{
	g_autofree char *large = g_strnfill(25 * 1024 * 1024 + 1, '\n');

	g_assert_cmpstr(scan_limits((Slice){ large, strlen(large) }, &limits), ==, "size");
	g_assert_null(scan_limits((Slice){ large, strlen(large) - 1 }, &limits));
}

static void
test_boundaries(void)
{
	const char *top = "Content-Type: multipart/mixed; boundary=b\n\n";

	g_assert_null(scanned(repeated(top, "--b\n\nx\n", 2000)));
	g_assert_cmpstr(scanned(repeated(top, "--b\n\nx\n", 2001)), ==, "boundaries");
	g_assert_cmpstr(scanned(repeated(top, "--b\n", 2001)), ==, "boundaries");
	g_assert_cmpstr(scanned(repeated(top, "--bx\n", 2001)), ==, "boundaries");
	g_assert_cmpstr(scanned(g_string_new("Content-Type: multipart/mixed; boundary*0=b\n\n")), ==,
	    "boundaries");
}

static void
test_headers(void)
{
	g_autofree char *large = g_strnfill(65530, 'x');
	GString *mail;

	g_assert_null(scanned(repeated("", "X: y\n", 1000)));
	g_assert_cmpstr(scanned(repeated("", "X: y\n", 1001)), ==, "headers");
	mail = g_string_new("X: y\n");
	g_string_append_printf(mail, "X: %s\n\n", large);
	g_assert_null(scanned(mail));
	mail = repeated("X: ", " folded\n", 8193);
	g_assert_cmpstr(scanned(mail), ==, "header_size");
}

static void
test_addresses(void)
{
	g_assert_null(scanned(repeated("To: ", "a@x,\n ", 500)));
	g_assert_cmpstr(scanned(repeated("To: ", "a@x,\n ", 501)), ==, "addresses");
	g_assert_cmpstr(scanned(repeated("", "Cc: a@x, b@y\n", 251)), ==, "addresses");
	g_assert_null(scanned(repeated("X: ", "a@x,\n ", 501)));
}

static GString *
nested(guint depth)
{
	GString *mail = g_string_new("");

	for (guint i = 0; i < depth; i++)
		g_string_append_printf(mail,
		    "Content-Type: multipart/mixed; boundary=b%ux\n\n--b%ux\n", i, i);
	return mail;
}

static void
test_depth(void)
{
	g_assert_null(scanned(nested(16)));
	g_assert_cmpstr(scanned(nested(17)), ==, "depth");
	g_assert_null(scanned(repeated("", "Content-Type: message/rfc822\n\n", 16)));
	g_assert_cmpstr(scanned(repeated("", "Content-Type: message/rfc822\n\n", 17)), ==, "depth");
	g_assert_cmpstr(scanned(repeated("",
	    "Content-Type: multipart/digest; boundary=b\n\n--b\n\n", 9)), ==, "depth");
}

/* Siblings are no depth: what a delimiter ends is closed. */
static void
test_siblings(void)
{
	GString *mail = g_string_new("Content-Type: multipart/mixed; boundary=a\n\n");

	for (guint i = 0; i < 50; i++)
		g_string_append(mail, "--a\nContent-Type: multipart/alternative; boundary=c\n\n"
		    "--c\n\nplain\n--c\nContent-Type: text/html\n\nhtml\n--c--\n");
	g_string_append(mail, "--a--\n");
	g_assert_null(scanned(mail));
}

static void
test_attachments(void)
{
	const char *top = "Content-Type: multipart/mixed; boundary=b\n\n";

	g_assert_null(scanned(repeated(top, "--b\nContent-Type: image/png\n\nx\n", 100)));
	g_assert_cmpstr(scanned(repeated(top, "--b\nContent-Type: image/png\n\nx\n", 101)), ==,
	    "attachments");
	g_assert_cmpstr(scanned(repeated(top, "--b\nContent-Disposition: attachment\n\nx\n", 101)),
	    ==, "attachments");
}

/* The mail that takes a parser eleven seconds is refused at once. */
static void
test_attack(void)
{
	GString *mail = nested(1023);

	for (guint i = 0; i < 500000; i++)
		g_string_append(mail, "--b\n");
	g_assert_cmpstr(scanned(mail), ==, "depth");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scan/plain", test_plain);
	g_test_add_func("/scan/size", test_size);
	g_test_add_func("/scan/boundaries", test_boundaries);
	g_test_add_func("/scan/headers", test_headers);
	g_test_add_func("/scan/addresses", test_addresses);
	g_test_add_func("/scan/depth", test_depth);
	g_test_add_func("/scan/siblings", test_siblings);
	g_test_add_func("/scan/attachments", test_attachments);
	g_test_add_func("/scan/attack", test_attack);
	return g_test_run();
}
