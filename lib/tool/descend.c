/* descend - see descend.h */

#include "descend.h"

#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account.h"
#include "error.h"
#include "file.h"
#include "keyfile.h"

#define KEY_MOST (4 * 1024 * 1024)

/* The public key in a file, as people exchange it; NULL if that is none. */
static char *
block_of(GBytes *bytes)
{
	gsize length;
	const char *start = g_bytes_get_data(bytes, &length);
	g_autofree char *text = g_strndup(start, length);
	const char *block = strstr(text, "-----BEGIN PGP PUBLIC KEY BLOCK-----");

	if (length > 0 && (start[0] & 0x80) != 0)
		return keyfile_armour(bytes);
	return block != NULL ? g_strdup(block) : NULL;
}

/* A certificate may lie where sluis-adm cannot look: it stands in the order as
 * a block from here on. What is no certificate is told of when it is used. */
static bool
bring_key(Order *order, const char **value, GError **error)
{
	g_autoptr(GBytes) bytes = NULL;
	char *block;

	if (*value == NULL || !g_file_test(*value, G_FILE_TEST_EXISTS) ||
	    g_file_test(*value, G_FILE_TEST_IS_DIR))
		return true;
	bytes = file_read(*value, KEY_MOST, error);
	if (bytes == NULL)
		return false;
	block = block_of(bytes);
	if (block == NULL)
		return true;
	g_ptr_array_add(order->brought, block);
	*value = block;
	return true;
}

/* The user may not pass where root stands, /root for one, nor through all that
 * leads to a folder: it becomes the one we stand in. */
static bool
enter(const char *folder, GError **error)
{
	return chdir(folder) == 0 || error_errno(error, SLUIS_ERROR_SETUP, folder);
}

static bool
bring_option(Order *order, Typed *typed, GError **error)
{
	const char *value = typed->value;

	if (strcmp(typed->name, "published") == 0 && g_file_test(value, G_FILE_TEST_IS_DIR)) {
		typed->value = ".";
		return enter(value, error);
	}
	return (strcmp(typed->name, "published") != 0 && strcmp(typed->name, "key") != 0) ||
	    bring_key(order, &typed->value, error);
}

static bool
bring_keys(Order *order, GError **error)
{
	for (guint i = 0; i < order->typed->len; i++)
		if (!bring_option(order, &g_array_index(order->typed, Typed, i), error))
			return false;
	return !order->verb->brings_file ||
	    bring_key(order, (const char **)&order->words->pdata[0], error);
}

/* A folder that is there stays whose it is. */
static bool
bring_folder(Order *order, const struct passwd *user, GError **error)
{
	const char *folder = order_word(order, 0);

	if (!order->verb->makes_folder)
		return true;
	if (mkdir(folder, 0755) == 0 &&
	    (chmod(folder, 0755) != 0 || chown(folder, user->pw_uid, user->pw_gid) != 0))
		return error_errno(error, SLUIS_ERROR_SETUP, folder);
	order->inside = enter(folder, error);
	return order->inside;
}

/* PostgreSQL asks the kernel who connects at the moment of connecting. */
static bool
bring_session(Order *order, GError **error)
{
	const struct passwd *adm = getpwnam(ACCOUNT_ADM);

	if (!order->verb->wants_session)
		return true;
	if (seteuid(adm->pw_uid) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, ACCOUNT_ADM);
	order->session = db_open(order->settings->db_conninfo, "sluis_adm", error);
	if (seteuid(0) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, ACCOUNT_ROOT);
	return order->session != NULL;
}

bool
descend(Order *order, GError **error)
{
	const char *user = order->verb->user != NULL ? order->verb->user : ACCOUNT_ADM;

	if (geteuid() != 0 || order->settings == NULL || order->settings->one_user ||
	    !account_exists(ACCOUNT_ADM) || strcmp(user, ACCOUNT_ROOT) == 0)
		return true;
	if (strcmp(user, ACCOUNT_SUPERUSER) == 0)
		user = order->settings->db_superuser;
	return bring_keys(order, error) && bring_folder(order, getpwnam(user), error) &&
	    bring_session(order, error) && account_become(user, error);
}
