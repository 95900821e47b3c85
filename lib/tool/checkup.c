/* checkup - see checkup.h */

#include "checkup.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "account.h"
#include "buffer.h"
#include "error.h"
#include "keys.h"
#include "ring.h"

static const char *const words[] = {
	[FINDING_GOOD] = "ok", [FINDING_SKIPPED] = "skipped", [FINDING_SOON] = "soon",
	[FINDING_WRONG] = "WRONG",
};

const char *
checkup_word(FindingState state)
{
	return words[state];
}

Checkup *
checkup_new(const char *file)
{
	Checkup *checkup = g_new0(Checkup, 1);

	checkup->file = file;
	checkup->findings = json_new_array();
	checkup->settings = settings_load(file, &checkup->unread);
	return checkup;
}

void
checkup_free(Checkup *checkup)
{
	if (checkup == NULL)
		return;
	g_clear_pointer(&checkup->settings, settings_free);
	g_clear_error(&checkup->unread);
	json_free(checkup->findings);
	g_free(checkup);
}

static void
add(Checkup *checkup, FindingState state, const char *text, const char *remedy)
{
	Json *finding = json_new_object();

	json_put_text(finding, "check", checkup->check->name);
	json_put_text(finding, "state", words[state]);
	json_put_text(finding, "text", text);
	json_put_text(finding, "remedy", remedy);
	json_add(checkup->findings, finding);
}

void
checkup_skip(Checkup *checkup, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	add(checkup, FINDING_SKIPPED, text, NULL);
}

void
checkup_add(Checkup *checkup, FindingState state, const char *remedy, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	add(checkup, state, text, remedy);
}

char *
checkup_embedded(const Checkup *checkup)
{
	g_autofree char *folder = g_path_get_dirname(checkup->file);
	g_autofree char *cluster = g_build_filename(folder, "postgres", NULL);

	if (!g_file_test(cluster, G_FILE_TEST_IS_DIR))
		return NULL;
	return g_canonicalize_filename(folder, NULL);
}

static bool
wants_users(const Checkup *checkup)
{
	return checkup->settings != NULL && !checkup->settings->one_user &&
	    account_exists(ACCOUNT_ADM);
}

bool
checkup_has_users(const Checkup *checkup)
{
	return geteuid() == 0 && wants_users(checkup);
}

bool
checkup_is_new(const Checkup *checkup)
{
	const Settings *settings = checkup->settings;

	for (const KeyFile *key = keys_table(); key->name != NULL; key++) {
		g_autofree char *path = g_build_filename(settings->key_folder, key->name, NULL);

		if (access(path, F_OK) == 0 || errno != ENOENT)
			return false;
	}
	return ring_is_empty(settings->gnupg_home);
}

char *
checkup_init(const Checkup *checkup)
{
	g_autofree char *folder = checkup_embedded(checkup);

	return folder == NULL ? g_strdup("sluis init") :
	    g_strdup_printf("sluis init --embedded %s", folder);
}

const char *
checkup_as_work(const Checkup *checkup)
{
	return wants_users(checkup) ? "runuser -u " ACCOUNT_WORK " -- " : "";
}

static FindingState
worst_from(const Checkup *checkup, guint first)
{
	FindingState worst = FINDING_GOOD;

	for (guint i = first; i < json_length(checkup->findings); i++)
		for (guint s = 0; s < G_N_ELEMENTS(words); s++)
			if (strcmp(words[s], json_text(json_at(checkup->findings, i), "state")) == 0)
				worst = MAX(worst, (FindingState)s);
	return worst;
}

/* In a process that has become its user: what it finds goes home as JSON. */
static bool
look_there(void *data, char **said, GError **error)
{
	Checkup *checkup = data;
	g_autoptr(GBytes) bytes = NULL;

	(void)error;
	g_clear_pointer(&checkup->findings, json_free);
	checkup->findings = json_new_array();
	checkup->check->look(checkup);
	bytes = json_bytes(checkup->findings);
	*said = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	return true;
}

static void
take_home(Checkup *checkup, const char *said)
{
	g_autoptr(GBytes) bytes = bytes_text(said);
	g_autoptr(Json) there = json_parse(bytes, NULL);

	for (guint i = 0; there != NULL && i < json_length(there); i++) {
		const Json *one = json_at(there, i);

		for (guint s = 0; s < G_N_ELEMENTS(words); s++)
			if (strcmp(words[s], json_text(one, "state")) == 0)
				add(checkup, (FindingState)s, json_text(one, "text"),
				    json_text(one, "remedy"));
	}
}

static void
look_as(Checkup *checkup, const char *user)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *said = NULL;

	if (account_run(user, look_there, checkup, &said, &error))
		take_home(checkup, said);
	else
		checkup_add(checkup, FINDING_WRONG, "sluis init", "%s", error->message);
}

static bool
we_are(const char *user)
{
	const struct passwd *self = getpwuid(geteuid());

	return self != NULL && strcmp(self->pw_name, user) == 0;
}

FindingState
checkup_look(Checkup *checkup, const Check *check)
{
	guint first = json_length(checkup->findings);

	checkup->check = check;
	if (checkup->settings == NULL && !check->without_settings)
		checkup_skip(checkup, "needs the settings");
	else if (check->user == NULL || !wants_users(checkup) || we_are(check->user))
		check->look(checkup);
	else if (geteuid() == 0)
		look_as(checkup, check->user);
	else
		checkup_skip(checkup, "only %s or root can look", check->user);
	if (json_length(checkup->findings) == first)
		add(checkup, FINDING_GOOD, check->good, NULL);
	return worst_from(checkup, first);
}
