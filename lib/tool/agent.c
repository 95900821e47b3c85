/* agent - see agent.h */

#include "agent.h"

#include <poll.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "error.h"
#include "file.h"
#include "spawn.h"

/* sizeof(sun_path), without the zero byte. */
#define SOCKET_PATH_MOST 107

#define ENDS_WITHIN 10000	/* milliseconds */

/* All the agent listens on; the longest name decides for all. */
static const char *const sockets[] = {
	"S.gpg-agent", "S.gpg-agent.extra", "S.gpg-agent.browser", "S.gpg-agent.ssh",
};

static bool
too_long(const char *home)
{
	return strlen(home) + strlen("/S.gpg-agent.browser") > SOCKET_PATH_MOST;
}

static bool
redirect(const Place *place, const char *home, GError **error)
{
	g_autofree char *folder = place_socket(place, "gnupg");

	for (guint i = 0; i < G_N_ELEMENTS(sockets); i++) {
		g_autofree char *file = g_build_filename(home, sockets[i], NULL);
		g_autofree char *text = g_strdup_printf("%%Assuan%%\nsocket=%s/%s\n",
		    folder, sockets[i]);

		if (!file_write(file, text, strlen(text), 0600, error))
			return false;
	}
	return true;
}

/* One of GnuPG's own helpers, which take --homedir. */
static bool
helper(const char *name, const char *home, const char *const *words, GBytes **output,
    GError **error)
{
	g_autofree char *program = g_find_program_in_path(name);
	const char *argv[] = { program, "--homedir", home, words[0], words[1], words[2], NULL };
	const Spawn spawn = { .argv = argv, .seconds = 30, .most_output = 4096 };

	if (program == NULL)
		return error_set(error, SLUIS_ERROR_SETUP,
		    "%s is not installed: apt-get install gnupg", name);
	return spawn_check(&spawn, output, error);
}

bool
agent_start(const Place *place, GError **error)
{
	static const char *const words[] = { "--launch", "gpg-agent", NULL };
	g_autofree char *home = place_path(place, "gnupg");

	if (agent_runs(place))
		return true;
	if (!place_sockets(place, error))
		return false;
	if (too_long(home) && !redirect(place, home, error))
		return false;
	return helper("gpgconf", home, words, NULL, error);
}

/* "D 1234" and "OK" from an agent that answers; 0: none does. */
static pid_t
agent_pid(const char *home)
{
	static const char *const words[] = { "--no-autostart", "GETINFO pid", "/bye" };
	g_autoptr(GBytes) output = NULL;
	g_autofree char *text = NULL;

	if (!helper("gpg-connect-agent", home, words, &output, NULL))
		return 0;
	text = g_strndup(g_bytes_get_data(output, NULL), g_bytes_get_size(output));
	return g_str_has_prefix(text, "D ") ? (pid_t)g_ascii_strtoll(text + 2, NULL, 10) : 0;
}

/* gpgconf only asks it to end; it is gone when its process is. */
bool
agent_stop_home(const char *home, GError **error)
{
	static const char *const words[] = { "--kill", "gpg-agent", NULL };
	pid_t pid = agent_pid(home);
	struct pollfd ended = { .fd = pid != 0 ? pidfd_open(pid, 0) : -1, .events = POLLIN };
	bool ok = pid == 0 || helper("gpgconf", home, words, NULL, error);

	if (ended.fd < 0)
		return ok;
	if (ok && poll(&ended, 1, ENDS_WITHIN) == 0)
		ok = error_set(error, SLUIS_ERROR_RETRY, "gpg-agent (%d) does not end", (int)pid);
	close(ended.fd);
	return ok;
}

bool
agent_stop(const Place *place, GError **error)
{
	g_autofree char *home = place_path(place, "gnupg");

	return agent_stop_home(home, error);
}

bool
agent_runs(const Place *place)
{
	g_autofree char *home = place_path(place, "gnupg");

	return agent_pid(home) != 0;
}
