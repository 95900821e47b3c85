/* escrow - see escrow.h */

#include "escrow.h"

#include <string.h>
#include <unistd.h>

#include "armour.h"
#include "buffer.h"
#include "error.h"
#include "file.h"
#include "keyfile.h"
#include "options.h"
#include "print.h"
#include "ring.h"
#include "seal.h"
#include "sheet.h"

#define REVOCATION "revocation"
#define MOST (64 * 1024)

static const char *const names[] = { "storage.key", "index.key", REVOCATION };

const OrderOption escrow_options[] = { { "check", NULL }, { "read", "NAME" }, { NULL } };

/* gpg leaves it beside a new key, with a colon before the armour so that it is
 * not imported by a slip. */
static GBytes *
revocation(const Settings *settings, const char *team_key, GError **error)
{
	g_autofree char *path = g_strdup_printf("%s/openpgp-revocs.d/%s.rev",
	    settings->gnupg_home, team_key);
	g_autoptr(GBytes) bytes = file_read(path, MOST, error);
	g_autofree char *text = NULL;
	char *block;
	GBytes *binary;

	if (bytes == NULL)
		return NULL;
	text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	block = strstr(text, "-----BEGIN ");
	binary = block != NULL ? armour_open(block, strlen(block)) : NULL;
	if (binary == NULL)
		error_set(error, SLUIS_ERROR_SETUP, "%s: there is no revocation in it", path);
	return binary;
}

static GBytes *
secret(const Settings *settings, const char *team_key, const char *name, GError **error)
{
	g_autofree char *path = g_build_filename(settings->key_folder, name, NULL);

	return g_str_equal(name, REVOCATION) ? revocation(settings, team_key, error) :
	    file_read_secret(path, SEAL_KEY_SIZE, error);
}

char *
escrow_sheet(const Settings *settings, const char *team_key, GError **error)
{
	g_autoptr(GString) sheet = g_string_new(NULL);

	g_string_append_printf(sheet, "Recovery sheet of %s, team key %s\n"
	    "Print it, or write it down, and keep it where this host is not. Without\n"
	    "storage.key nothing that was received can be opened; whoever has it and the\n"
	    "database can open all.\n\n", settings->team_name, team_key);
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(GBytes) bytes = secret(settings, team_key, names[i], error);
		g_autofree char *text = bytes != NULL ? sheet_write(names[i], bytes) : NULL;

		if (text == NULL)
			return NULL;
		g_string_append_printf(sheet, "%s\n", text);
	}
	return g_string_free(g_steal_pointer(&sheet), FALSE);
}

/* What is noted when a sheet was read back: that it was this one. */
static char *
note_of(const Settings *settings, const char *team_key, GError **error)
{
	g_autofree char *sheet = escrow_sheet(settings, team_key, error);

	return sheet != NULL ? seal_sha256(sheet, strlen(sheet)) : NULL;
}

static char *
note_path(const Settings *settings)
{
	g_autofree char *state = g_path_get_dirname(settings->gnupg_home);

	return g_build_filename(state, "escrow", NULL);
}

bool
escrow_is_checked(const Settings *settings, const char *team_key)
{
	g_autofree char *path = note_path(settings);
	g_autofree char *wanted = note_of(settings, team_key, NULL);
	g_autoptr(GBytes) bytes = file_read(path, MOST, NULL);

	return wanted != NULL && bytes != NULL && g_bytes_get_size(bytes) == strlen(wanted) &&
	    memcmp(g_bytes_get_data(bytes, NULL), wanted, strlen(wanted)) == 0;
}

static char *
typed_in(GError **error)
{
	g_autoptr(Buffer) buffer = buffer_new(MOST);
	g_autoptr(GBytes) bytes = NULL;

	if (isatty(STDIN_FILENO) &&
	    !print_line(error, "Type the sheet in, headings and all; Ctrl-D ends it."))
		return NULL;
	if (!buffer_read(buffer, STDIN_FILENO, error))
		return NULL;
	bytes = buffer_steal(buffer);
	return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

static bool
check(const Settings *settings, const char *team_key, GError **error)
{
	g_autofree char *text = typed_in(error);
	g_autofree char *path = note_path(settings);
	g_autofree char *note = NULL;

	for (guint i = 0; text != NULL && i < G_N_ELEMENTS(names); i++) {
		g_autoptr(GBytes) typed = sheet_read(text, names[i], error);
		g_autoptr(GBytes) kept = typed != NULL ?
		    secret(settings, team_key, names[i], error) : NULL;

		if (kept == NULL)
			return false;
		if (!g_bytes_equal(typed, kept))
			return error_set(error, SLUIS_ERROR_REFUSED,
			    "%s: this sheet is of another installation, or an old one", names[i]);
	}
	note = text != NULL ? note_of(settings, team_key, error) : NULL;
	return note != NULL && file_write(path, note, strlen(note), 0644, error) &&
	    print_line(error, "the sheet is right; keep it where this host is not");
}

/* On a host where there is nothing yet. */
static bool
read_back(const char *name, GError **error)
{
	g_autofree char *text = typed_in(error);
	g_autoptr(GBytes) bytes = text != NULL ? sheet_read(text, name, error) : NULL;
	g_autofree char *armour = NULL;

	if (bytes == NULL)
		return false;
	if (!g_str_equal(name, REVOCATION))
		return print_bytes(bytes, error);
	armour = keyfile_armour(bytes);
	return print_text(armour, error);
}

bool
escrow_run(const Order *order, GError **error)
{
	g_autoptr(Settings) settings = NULL;
	g_autofree char *team_key = NULL;
	g_autofree char *sheet = NULL;

	if (order_flag(order, "read"))
		return read_back(order_text(order, "read"), error);
	settings = settings_load(order->file, error);
	if (settings == NULL)
		return false;
	team_key = *settings->team_key != '\0' ? g_strdup(settings->team_key) :
	    ring_team(settings->gnupg_home, error);
	if (team_key == NULL)
		return false;
	if (order_flag(order, "check"))
		return check(settings, team_key, error);
	sheet = escrow_sheet(settings, team_key, error);
	return sheet != NULL && print_text(sheet, error);
}
