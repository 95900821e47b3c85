/* What a mail says that could not be delivered. */

#include "bounce.h"
#include "mails.h"

#define REPORT "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
#define STATUS "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
#define HEADERS "\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <own@sluis.example>\n\n--b--\n"

static void
fields(void)
{
	static const struct {
		const char *text;
		BounceAction action;
		const char *status, *address, *id;
	} rows[] = {
		{ REPORT STATUS "Final-Recipient: rfc822; A@x.example\nAction: failed\nStatus: 5.1.1\n" HEADERS,
		  BOUNCE_FAILED, "5.1.1", "a@x.example", "own@sluis.example" },
		{ REPORT STATUS "Final-Recipient: rfc822; a@x.example\nAction: delayed\nStatus: 4.4.1 (no answer)\n" HEADERS,
		  BOUNCE_DELAYED, "4.4.1", "a@x.example", "own@sluis.example" },
		{ REPORT STATUS "Final-Recipient: rfc822; a@x.example\nAction: delivered\nStatus: 2.0.0\n" HEADERS,
		  BOUNCE_PASSED, "2.0.0", "a@x.example", "own@sluis.example" },
		{ REPORT STATUS "Final-Recipient: rfc822; a@x.example\nAction: delayed\nStatus: 4.4.1\n\n"
		  "Final-Recipient: rfc822; b@x.example\nAction: failed\nStatus: 5.2.1\n" HEADERS,
		  BOUNCE_FAILED, "5.2.1", "a@x.example", "own@sluis.example" },
		{ REPORT STATUS "Final-Recipient: rfc822; a@x.example\nAction: failed\nStatus: RO\n" HEADERS,
		  BOUNCE_FAILED, "5.0.0", "a@x.example", "own@sluis.example" },
		{ "\n<a@x.example>:\n192.0.2.7 failed after I sent the message.\nRemote host said: 550 no mailbox\n"
		  "--- Below this line is a copy of the message.\n\n> Message-Id:\n  <own@sluis.example>\n",
		  BOUNCE_FAILED, "5.0.0", "a@x.example", "own@sluis.example" },
		{ "\nhost mx.x.example[192.0.2.7] said: 550 5.7.26 no (in reply) to 5.2.1.7, v4.4.1\n",
		  BOUNCE_FAILED, "5.7.26", NULL, NULL },
		{ "Subject: Warning: could not send message for past 4 hours\n\n451 4.4.1 later\n",
		  BOUNCE_DELAYED, "4.4.1", NULL, NULL },
		{ "X-Failed-Recipients: a@x.example\n\nno\n", BOUNCE_FAILED, "5.0.0", "a@x.example", NULL },
		{ "In-Reply-To: <own@sluis.example>\n\nno\n", BOUNCE_FAILED, "5.0.0", NULL, "own@sluis.example" },
		{ "\n", BOUNCE_FAILED, "5.0.0", NULL, NULL },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Mime) mime = parse(rows[i].text);
		g_autofree char *subject = mime_header(mime, "Subject");
		g_autoptr(Bounce) bounce = bounce_read(mime, subject != NULL ? subject : "");

		g_test_message("%s", rows[i].text);
		g_assert_cmpint(bounce->action, ==, rows[i].action);
		g_assert_cmpstr(bounce->status, ==, rows[i].status);
		g_assert_true(rows[i].address == NULL || g_ptr_array_find_with_equal_func(bounce->addresses,
		    rows[i].address, g_str_equal, NULL));
		g_assert_cmpuint(bounce->ids->len, ==, rows[i].id != NULL);
		g_assert_true(rows[i].id == NULL || g_str_equal(bounce->ids->pdata[0], rows[i].id));
	}
}

static void
look(const char *file, const Mime *mime)
{
	g_autoptr(Bounce) bounce = bounce_read(mime, "");

	g_test_message("%s %s", file, bounce->status);
	g_assert_nonnull(strchr("245", bounce->status[0]));
	g_assert_cmpuint(bounce->ids->len, <=, 20);
	g_assert_cmpuint(bounce->addresses->len, <=, 20);
}

/* T-15: every mail of the published collections, whatever it is. */
static void
everything(void)
{
	const char *root = corpus_root();
	g_autoptr(GDir) folders = root != NULL ? g_dir_open(root, 0, NULL) : NULL;
	const char *folder;

	while (folders != NULL && (folder = g_dir_read_name(folders)) != NULL)
		corpus_each(root, folder, look);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	mime_init();
	g_test_add_func("/bounce/fields", fields);
	g_test_add_func("/bounce/everything/T-15", everything);
	return g_test_run();
}
