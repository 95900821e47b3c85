/* ring - see ring.h */

#include "ring.h"

#include <string.h>

#include "agent.h"
#include "error.h"
#include "file.h"
#include "pgp.h"

char *
ring_make(const char *fresh, const char *user_ids[], const char *algorithm, GError **error)
{
	g_autofree char *name = g_build_filename(fresh, "team", NULL);
	g_autofree char *fingerprint = pgp_make_home(fresh, user_ids,
	    algorithm != NULL ? algorithm : "cv25519", error);

	if (!agent_stop_home(fresh, fingerprint != NULL ? error : NULL) || fingerprint == NULL)
		return NULL;
	if (!file_write(name, fingerprint, strlen(fingerprint), 0600, error))
		return NULL;
	return g_steal_pointer(&fingerprint);
}

char *
ring_team(const char *home, GError **error)
{
	g_autofree char *name = g_build_filename(home, "team", NULL);
	g_autoptr(GBytes) bytes = file_read(name, 64, error);

	return bytes == NULL ? NULL :
	    g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

bool
ring_is_empty(const char *home)
{
	g_autofree char *folder = g_build_filename(home, "private-keys-v1.d", NULL);
	g_autoptr(GError) why = NULL;
	g_autoptr(GDir) keys = g_dir_open(folder, 0, &why);

	return keys != NULL ? g_dir_read_name(keys) == NULL :
	    g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}
