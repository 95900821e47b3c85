#include <utime.h>
#include <glib/gstdio.h>
#include <string.h>

#include "buffer.h"
#include "deliver.h"
#include "file.h"

#define MAIL "From: rd@sluis.example\r\nTo: a@b.example\r\n\r\n.\r\nhello\r\n"

typedef struct {
	char *folder;
} Place;

static void
set_up(Place *place, gconstpointer unused)
{
	(void)unused;
	place->folder = g_dir_make_tmp("sluis-deliver-XXXXXX", NULL);
	g_assert_nonnull(place->folder);
}

static void
tear_down(Place *place, gconstpointer unused)
{
	(void)unused;
	file_remove_tree(place->folder);
	g_free(place->folder);
}

static DeliveryOutcome
hand_over(const char *transport, gint64 id, const char *sender, char **reason)
{
	g_autoptr(GBytes) mail = bytes_text(MAIL);
	const Delivery delivery = {
		.id = id, .sender = sender, .address = "a@b.example", .bytes = mail,
	};

	*reason = NULL;
	return deliver(transport, &delivery, reason);
}

static guint
count_files(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	guint count = 0;

	g_assert_nonnull(dir);
	while (g_dir_read_name(dir) != NULL)
		count++;
	return count;
}

/* T-7: handed over twice, there once. */
static void
test_maildir(Place *place, gconstpointer unused)
{
	g_autofree char *box = g_build_filename(place->folder, "box", NULL);
	g_autofree char *transport = g_strconcat("maildir:", box, NULL);
	g_autofree char *file = g_build_filename(box, "new", "17.sluis", NULL);
	g_autofree char *text = NULL;
	g_autofree char *reason = NULL;

	(void)unused;
	for (int i = 0; i < 2; i++)
		g_assert_cmpint(hand_over(transport, 17, "rd+x@sluis.example", &reason), ==,
		    DELIVERY_SENT);
	g_assert_null(reason);
	g_assert_cmpuint(count_files(box, "new"), ==, 1);
	g_assert_cmpuint(count_files(box, "tmp"), ==, 0);
	g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, "Return-Path: <rd+x@sluis.example>\nDelivered-To: a@b.example\n"
	    "From: rd@sluis.example\nTo: a@b.example\n\n.\nhello\n");
	g_assert_cmpint(hand_over(transport, 18, "", &reason), ==, DELIVERY_SENT);
	g_assert_cmpuint(count_files(box, "new"), ==, 2);
}

/* One that was killed in the middle of a write is not there to tidy up. */
static void
test_maildir_pieces(Place *place, gconstpointer unused)
{
	static const struct {
		const char *name;
		int hours;
	} pieces[] = { { "17.sluis.aBc123", 37 }, { "18.sluis.dEf456", 35 }, { "19.sluis.gHi789", 0 } };
	g_autofree char *box = g_build_filename(place->folder, "box", NULL);
	g_autofree char *transport = g_strconcat("maildir:", box, NULL);
	g_autofree char *reason = NULL;
	g_autofree char *oldest = g_build_filename(box, "tmp", pieces[0].name, NULL);

	(void)unused;
	g_assert_cmpint(hand_over(transport, 1, "", &reason), ==, DELIVERY_SENT);
	for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autofree char *path = g_build_filename(box, "tmp", pieces[i].name, NULL);
		struct utimbuf times;

		times.actime = times.modtime = time(NULL) - pieces[i].hours * 3600;
		g_assert_true(g_file_set_contents(path, "x", 1, NULL));
		g_assert_cmpint(utime(path, &times), ==, 0);
	}
	g_assert_cmpint(hand_over(transport, 2, "", &reason), ==, DELIVERY_SENT);
	g_assert_cmpuint(count_files(box, "tmp"), ==, 2);
	g_assert_false(g_file_test(oldest, G_FILE_TEST_EXISTS));
}

static void
test_maildir_fails(Place *place, gconstpointer unused)
{
	g_autofree char *file = g_build_filename(place->folder, "file", NULL);
	g_autofree char *transport = g_strconcat("maildir:", file, NULL);
	g_autofree char *reason = NULL;

	(void)unused;
	g_assert_true(g_file_set_contents(file, "x", 1, NULL));
	g_assert_cmpint(hand_over(transport, 1, "", &reason), ==, DELIVERY_LATER);
	g_assert_cmpstr(reason, ==, "maildir-not-written");
}

/* A sendmail that notes what it is given and ends as it is told. */
static char *
fake_sendmail(const Place *place, const char *end)
{
	g_autofree char *path = g_build_filename(place->folder, "sendmail", NULL);
	g_autofree char *script = g_strdup_printf("#!/bin/sh\n"
	    "for word; do echo \"<$word>\"; done >%s/args\ncat >%s/mail\n%s\n",
	    place->folder, place->folder, end);

	g_assert_true(g_file_set_contents(path, script, -1, NULL));
	g_assert_cmpint(g_chmod(path, 0700), ==, 0);
	return g_strconcat("sendmail:", path, NULL);
}

static char *
noted(const Place *place, const char *name)
{
	g_autofree char *path = g_build_filename(place->folder, name, NULL);
	char *text = NULL;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	return text;
}

/* T-52: the recipient is an argument behind "--". */
static void
test_sendmail(Place *place, gconstpointer unused)
{
	g_autofree char *transport = fake_sendmail(place, "exit 0");
	g_autofree char *reason = NULL;
	g_autofree char *args = NULL;
	g_autofree char *mail = NULL;
	g_autofree char *null_args = NULL;

	(void)unused;
	g_assert_cmpint(hand_over(transport, 1, "rd@sluis.example", &reason), ==, DELIVERY_SENT);
	args = noted(place, "args");
	mail = noted(place, "mail");
	g_assert_cmpstr(args, ==, "<-oi>\n<-f>\n<rd@sluis.example>\n<-->\n<a@b.example>\n");
	g_assert_cmpstr(mail, ==, "From: rd@sluis.example\nTo: a@b.example\n\n.\nhello\n");
	g_assert_cmpint(hand_over(transport, 1, "", &reason), ==, DELIVERY_SENT);
	null_args = noted(place, "args");
	g_assert_cmpstr(null_args, ==, "<-oi>\n<-f>\n<<>>\n<-->\n<a@b.example>\n");
}

static void
test_statuses(Place *place, gconstpointer unused)
{
	static const struct {
		const char *end;
		DeliveryOutcome outcome;
		const char *reason;
	} rows[] = {
		{ "exit 75", DELIVERY_LATER, "sendmail-exit-75" },
		{ "exit 70", DELIVERY_LATER, "sendmail-exit-70" },
		{ "exit 1", DELIVERY_LATER, "sendmail-exit-1" },
		{ "exit 64", DELIVERY_REFUSED, "sendmail-exit-64" },
		{ "exit 65", DELIVERY_REFUSED, "sendmail-exit-65" },
		{ "exit 67", DELIVERY_REFUSED, "sendmail-exit-67" },
		{ "kill -9 $$", DELIVERY_LATER, "sendmail-signal-9" },
	};

	(void)unused;
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *transport = fake_sendmail(place, rows[i].end);
		g_autofree char *reason = NULL;

		g_assert_cmpint(hand_over(transport, 1, "", &reason), ==, rows[i].outcome);
		g_assert_cmpstr(reason, ==, rows[i].reason);
	}
}

static void
test_no_sendmail(Place *place, gconstpointer unused)
{
	g_autofree char *transport = g_strdup_printf("sendmail:%s/missing", place->folder);
	g_autofree char *reason = NULL;
	g_autofree char *unknown = NULL;

	(void)unused;
	g_assert_cmpint(hand_over(transport, 1, "", &reason), ==, DELIVERY_LATER);
	g_assert_cmpstr(reason, ==, "sendmail-not-run");
	g_assert_cmpint(hand_over("pigeon:1", 1, "", &unknown), ==, DELIVERY_LATER);
	g_assert_cmpstr(unknown, ==, "transport-unknown");
}

static void
test_waits(void)
{
	gint64 sum = 0, wait;
	guint attempts = 1;

	g_assert_cmpint(deliver_wait(DELIVERY_LATER, 1), ==, 60);
	g_assert_cmpint(deliver_wait(DELIVERY_LATER, 2), ==, 120);
	g_assert_cmpint(deliver_wait(DELIVERY_LATER, 6), ==, 1920);
	g_assert_cmpint(deliver_wait(DELIVERY_LATER, 7), ==, 3600);
	while ((wait = deliver_wait(DELIVERY_LATER, attempts)) > 0) {
		g_assert_cmpint(wait, <=, 3600);
		sum += wait;
		attempts++;
	}
	g_assert_cmpint(sum, >, 5 * 86400 - 3600);
	g_assert_cmpint(sum, <=, 5 * 86400);
	g_assert_cmpint(deliver_wait(DELIVERY_REFUSED, 2), ==, 120);
	g_assert_cmpint(deliver_wait(DELIVERY_REFUSED, 3), ==, 0);
}

static void
add(const char *path, void (*test)(Place *place, gconstpointer unused))
{
	g_test_add(path, Place, NULL, set_up, test, tear_down);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	add("/deliver/T-7 maildir: a repeat replaces", test_maildir);
	add("/deliver/T-7 maildir: pieces go, but not those of today", test_maildir_pieces);
	add("/deliver/maildir that cannot be", test_maildir_fails);
	add("/deliver/T-52 sendmail gets its words", test_sendmail);
	add("/deliver/sendmail's statuses", test_statuses);
	add("/deliver/no sendmail at all", test_no_sendmail);
	g_test_add_func("/deliver/waits add up to five days", test_waits);
	return g_test_run();
}
