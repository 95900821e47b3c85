/* mapping - see mapping.h */

#include "mapping.h"

#include <string.h>
#include <sys/stat.h>

#include "db_place.h"
#include "error.h"
#include "file.h"

#define MOST_TEXT (1024 * 1024)

static const char ident_lines[] =
    "\n# sluis: each of its users is one role of the database.\n"
    "sluis  sluis-in    sluis_in\n"
    "sluis  sluis-work  sluis_work\n"
    "sluis  sluis-out   sluis_out\n"
    "sluis  sluis-adm   sluis_adm\n"
    "sluis  sluis-adm   sluis_ro\n";

/* Is there a line, not a comment, with all of these words in it? */
static bool
has_line(const char *text, const char *first, const char *second)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (guint i = 0; lines[i] != NULL; i++)
		if (g_strstrip(lines[i])[0] != '#' && strstr(lines[i], first) != NULL &&
		    strstr(lines[i], second) != NULL)
			return true;
	return false;
}

/* Where the first line stands that says something. */
static gsize
first_rule(const char *text)
{
	const char *at = text;

	while (*at != '\0') {
		gsize blanks = strspn(at, " \t\r");

		if (at[blanks] != '#' && at[blanks] != '\n')
			break;
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
	return (gsize)(at - text);
}

char *
mapping_hba(const char *text, const char *database)
{
	g_autofree char *quoted = g_strdup_printf("\"%s\"", database);
	gsize before = first_rule(text);

	if (has_line(text, "map=sluis", quoted))
		return NULL;
	return g_strdup_printf("%.*s# sluis: who is which role stands in pg_ident.conf.\n"
	    "local   %s  sluis_in,sluis_work,sluis_out,sluis_adm,sluis_ro  peer map=sluis\n\n%s",
	    (int)before, text, quoted, text + before);
}

char *
mapping_ident(const char *text)
{
	return has_line(text, "sluis-work", "sluis_work") ? NULL : g_strconcat(text, ident_lines, NULL);
}

static char *
read_text(const char *path, GError **error)
{
	g_autoptr(GBytes) bytes = file_read(path, MOST_TEXT, error);

	return bytes == NULL ? NULL :
	    g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

/* With the mode it has; text NULL: nothing to do. */
static bool
replace(const char *path, const char *text, bool *changed, GError **error)
{
	struct stat about;

	if (text == NULL)
		return true;
	if (stat(path, &about) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, path);
	if (!file_write(path, text, strlen(text), about.st_mode & 0777, error))
		return false;
	if (changed != NULL)
		*changed = true;
	return true;
}

/* The map first: a rule that names none would lock out whom it lets in now. */
bool
mapping_put(Db *superuser, const char *database, bool *changed, GError **error)
{
	g_autofree char *hba = db_place_setting(superuser, "hba_file", error);
	g_autofree char *ident = hba != NULL ?
	    db_place_setting(superuser, "ident_file", error) : NULL;
	g_autofree char *hba_text = ident != NULL ? read_text(hba, error) : NULL;
	g_autofree char *ident_text = hba_text != NULL ? read_text(ident, error) : NULL;
	g_autofree char *hba_new = NULL;
	g_autofree char *ident_new = NULL;

	if (ident_text == NULL)
		return false;
	hba_new = mapping_hba(hba_text, database);
	ident_new = mapping_ident(ident_text);
	return replace(ident, ident_new, changed, error) &&
	    replace(hba, hba_new, changed, error) && db_place_reload(superuser, error);
}
