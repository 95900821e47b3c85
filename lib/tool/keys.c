/* keys - see keys.h */

#include "keys.h"

#include "account.h"
#include "error.h"
#include "seal.h"

#define TOKEN_KEY "token.key."

static const KeyFile files[] = {
	{ "storage.pub",   ACCOUNT_ROOT, ACCOUNT_ROOT, 0444 },
	{ "storage.key",   ACCOUNT_ROOT, ACCOUNT_ADM,  0440 },
	{ "index.key",     ACCOUNT_ROOT, ACCOUNT_ADM,  0440 },
	{ "receipt.key",   ACCOUNT_ROOT, ACCOUNT_IN,   0440 },
	{ TOKEN_KEY "1",   ACCOUNT_WORK, ACCOUNT_WORK, 0400 },
	{ "send.pub",      ACCOUNT_ROOT, ACCOUNT_ROOT, 0444 },
	{ "send.key",      ACCOUNT_OUT,  ACCOUNT_OUT,  0400 },
	{ NULL, NULL, NULL, 0 },
};

const KeyFile *
keys_table(void)
{
	return files;
}

/* The public half comes out of the secret one, as after a restore from paper.
 * Without the secret one there is nothing we could mend: what was sealed opens
 * with that very key only. */
static bool
make_pair(const char *folder, const char *name, GError **error)
{
	g_autofree char *public = g_strdup_printf("%s/%s.pub", folder, name);
	g_autofree char *secret = g_strdup_printf("%s/%s.key", folder, name);
	bool has_public = g_file_test(public, G_FILE_TEST_EXISTS);
	bool has_secret = g_file_test(secret, G_FILE_TEST_EXISTS);

	if (has_public && has_secret)
		return true;
	if (!has_public && !has_secret)
		return seal_make_pair(folder, name, error);
	if (has_secret)
		return seal_make_public(folder, name, error);
	return error_set(error, SLUIS_ERROR_SETUP, "%s is missing beside %s: put it back from "
	    "your copy, or remove both if nothing was received yet", secret, public);
}

bool
keys_make(const char *folder, GError **error)
{
	static const char *const pairs[] = { "storage", "send" };
	static const char *const keys[] = { "receipt.key", "index.key", TOKEN_KEY "1" };

	if (!seal_init(error))
		return false;
	for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
		if (!make_pair(folder, pairs[i], error))
			return false;
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		g_autofree char *path = g_build_filename(folder, keys[i], NULL);

		if (!g_file_test(path, G_FILE_TEST_EXISTS) &&
		    !seal_make_key(folder, keys[i], error))
			return false;
	}
	return true;
}

static const KeyFile *
row_of(const char *name)
{
	for (const KeyFile *row = files; row->name != NULL; row++)
		if (g_str_equal(row->name, name) || (g_str_has_prefix(row->name, TOKEN_KEY) &&
		    g_str_has_prefix(name, TOKEN_KEY)))
			return row;
	return NULL;
}

bool
keys_own(const char *folder, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, error);
	const char *name;

	if (dir == NULL)
		return error_because(error, SLUIS_ERROR_SETUP, "key files");
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		const KeyFile *row = row_of(name);

		if (row != NULL && !account_own(path, row->owner, row->group, row->mode, error))
			return false;
	}
	return true;
}
