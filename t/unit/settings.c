/* settings - the example, the checks, and which inbox an address is */

#include "settings.h"

#include <glib/gstdio.h>
#include <string.h>

#include "error.h"
#include "file.h"

#define TEAM "team: {name: T}\n"
#define INBOXES "inboxes: [{address: rd@sluis.example, prefix: RD}]\n"

static char *folder;

static Settings *
load(const char *text, mode_t mode, GError **error)
{
	g_autofree char *path = g_build_filename(folder, "s.yaml", NULL);
	Settings *settings;

	g_assert_true(file_write(path, text, strlen(text), mode, NULL));
	settings = settings_load(path, error);
	g_unlink(path);
	return settings;
}

static void
test_defaults(void)
{
	g_autoptr(Settings) settings = load(TEAM INBOXES, 0644, NULL);

	g_assert_nonnull(settings);
	g_assert_cmpstr(settings->team_zone, ==, "Europe/Amsterdam");
	g_assert_cmpint(settings->most_size, ==, 25 * 1024 * 1024);
	g_assert_cmpint(settings->outgoing_delay, ==, 120);
	g_assert_cmpint(settings->tries, ==, 3);
	g_assert_true(g_str_has_suffix(settings->text_folder, "/share/sluis/conf/mail"));
	g_assert_true(g_str_has_suffix(settings->rules_file, "/share/sluis/conf/rules.yaml"));
	g_assert_true(g_path_is_absolute(settings->file));
}

static void
test_inbox(void)
{
	g_autoptr(Settings) settings = load(TEAM "inboxes:\n"
	    "- {address: RD@Sluis.example, prefix: RD}\n"
	    "- {address: cert@sluis.example, prefix: CERT}\n", 0600, NULL);
	static const struct {
		const char *address, *prefix;
	} cases[] = {
		{ "rd@sluis.example", "RD" },
		{ "Rd+1ABC@SLUIS.example", "RD" },
		{ "cert@sluis.example", "CERT" },
		{ "r@sluis.example", NULL },
		{ "rd@sluis.example.com", NULL },
		{ "rdx@sluis.example", NULL },
		{ "rd", NULL },
		{ "", NULL },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		const Inbox *inbox = settings_inbox(settings, cases[i].address);

		g_assert_cmpstr(inbox != NULL ? inbox->prefix : NULL, ==, cases[i].prefix);
	}
}

static void
test_refused(void)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ TEAM, "line 1: inboxes: expected at least one" },
		{ TEAM "inboxes: [{address: rd, prefix: RD}]\n", "inboxes: expected an address" },
		{ TEAM "inboxes: [{address: r+d@x.example, prefix: RD}]\n", "inboxes: expected an address" },
		{ TEAM "inboxes: [{address: abcdefghijklmnopqrstuvwxyz@x.example, prefix: RD}]\n", "at most 25" },
		{ TEAM "inboxes: [{address: rd@x.example, prefix: R}]\n", "line 2: inboxes: expected a prefix" },
		{ TEAM "inboxes: [{address: rd@x.example, prefix: R2}]\n", "line 2: inboxes: expected a prefix" },
		{ TEAM "inboxes:\n- {address: rd@x.example, prefix: RD}\n- {address: RD@x.example, prefix: CE}\n",
		    "line 4: inboxes: 'rd@x.example' is here twice" },
		{ TEAM "inboxes:\n- {address: rd@x.example, prefix: RD}\n- {address: c@x.example, prefix: RD}\n",
		    "line 4: inboxes: prefix 'RD' is here twice" },
		{ "team: {name: T, zone: Nowhere/At-all}\n" INBOXES, "line 1: team.zone: expected a zone" },
		{ "team: {name: ''}\n" INBOXES, "line 1: team.name: expected a name" },
		{ TEAM INBOXES "transport: smtp:mx\n", "line 3: transport: expected sendmail:/PATH" },
		{ TEAM INBOXES "keys:\n  team: 1234\n", "line 4: keys.team: expected a fingerprint" },
		{ TEAM INBOXES "limits:\n  sizes: 1M\n", "line 4: unknown key 'limits.sizes'; did you mean 'limits.size'?" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(load(cases[i].text, 0644, &error));
		g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
		g_assert_nonnull(strstr(error->message, cases[i].message));
	}
}

/* The example is right as it stands, and so is each key in it that is
 * commented out; what is there is the default. */
static void
test_example(void)
{
	g_autofree char *path = g_build_filename(g_getenv("SLUIS_SOURCE") != NULL ?
	    g_getenv("SLUIS_SOURCE") : ".", "conf", "sluis.yaml", NULL);
	g_autofree char *text = NULL;
	g_autoptr(GString) whole = g_string_new(NULL);
	g_autoptr(Settings) settings = NULL, all = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL)) {
		g_test_skip("no source");
		return;
	}
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		char *mark = *line + strspn(*line, " ");

		if (*mark == '#' && (g_ascii_islower(mark[1]) || g_str_has_prefix(mark, "#  ")))
			memmove(mark, mark + 1, strlen(mark));
		g_string_append_printf(whole, "%s\n", *line);
	}
	settings = load(text, 0644, NULL);
	all = load(whole->str, 0644, NULL);
	g_assert_nonnull(settings);
	g_assert_nonnull(all);
	for (const ConfRow *row = settings_rows(); row->name != NULL; row++) {
		const char *one = (const char *)settings + row->offset;
		const char *two = (const char *)all + row->offset;

		if (row->type == CONF_NUMBER || row->type == CONF_TIME || row->type == CONF_SIZE)
			g_assert_cmpint(*(const gint64 *)one, ==, *(const gint64 *)two);
		else if (row->type == CONF_TEXT || row->type == CONF_WORD || row->type == CONF_PATH)
			g_assert_cmpstr(*(char *const *)one, ==, *(char *const *)two);
	}
}

static void
test_modes(void)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(load(TEAM INBOXES, 0666, &error));
	g_assert_nonnull(strstr(error->message, "others may write it (mode 666, wanted 644)"));
	g_clear_error(&error);
	g_assert_null(settings_load("/nowhere/x.yaml", &error));
	g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
}

int
main(int argc, char *argv[])
{
	int status;

	g_test_init(&argc, &argv, NULL);
	folder = g_dir_make_tmp("unit-settings-XXXXXX", NULL);
	g_test_add_func("/settings/defaults", test_defaults);
	g_test_add_func("/settings/inbox", test_inbox);
	g_test_add_func("/settings/refused", test_refused);
	g_test_add_func("/settings/example", test_example);
	g_test_add_func("/settings/T-61/modes", test_modes);
	status = g_test_run();
	file_remove_tree(folder);
	g_free(folder);
	return status;
}
