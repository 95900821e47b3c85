/* descend - see descend.h */

#include "descend.h"

#include <pwd.h>
#include <string.h>
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
bring_key(Order *order, Typed *typed, GError **error)
{
	g_autoptr(GBytes) bytes = file_read(typed->value, KEY_MOST, error);
	char *block;

	if (bytes == NULL)
		return false;
	block = block_of(bytes);
	if (block == NULL)
		return true;
	g_ptr_array_add(order->brought, block);
	typed->value = block;
	return true;
}

static bool
bring_keys(Order *order, GError **error)
{
	for (guint i = 0; i < order->typed->len; i++) {
		Typed *typed = &g_array_index(order->typed, Typed, i);

		if (strcmp(typed->name, "key") == 0 && typed->value != NULL &&
		    g_file_test(typed->value, G_FILE_TEST_EXISTS) &&
		    !bring_key(order, typed, error))
			return false;
	}
	return true;
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
	return bring_keys(order, error) && bring_session(order, error) &&
	    account_become(user, error);
}
