/* Numbers desks give. */

#include <glib.h>

#include "ticket.h"

static void
numbers(void)
{
	static const struct { const char *subject, *number; bool receipt; } rows[] = {
		{ "[INC0012345] Uw melding is ontvangen", "INC0012345", true },
		{ "Ticket #48213 opened: [...]", "48213", true },
		{ "Ticket 12345 opened", "12345", true },
		{ "Re: [...] [Ticket#2026112410000123]", "2026112410000123", false },
		{ "[JIRA] (SEC-1234) news", "SEC-1234", false },
		{ "Melding 2611-0042 is geregistreerd", "2611-0042", true },
		{ "Ihr Vorgang 778123 ist eingegangen", "778123", true },
		{ "[#9921] received", "9921", true },
		{ "RD-2026-7K3QX: news", NULL, false },
		{ "Re: CVE-2026-12345 in your portal", NULL, false },
		{ "1041 files can be read", NULL, false },
		{ "report of 24-11-2026", NULL, false },
		{ "[...]", NULL, false },
		{ "", NULL, false },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *number = ticket_of(rows[i].subject);

		g_test_message("%s", rows[i].subject);
		g_assert_cmpstr(number, ==, rows[i].number);
		g_assert_cmpint(ticket_is_receipt(rows[i].subject), ==, rows[i].receipt);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ticket/numbers", numbers);
	return g_test_run();
}
