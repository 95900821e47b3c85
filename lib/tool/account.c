/* account - see account.h */

#include "account.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buffer.h"
#include "error.h"
#include "file.h"

#define MOST_SAID (64 * 1024)

bool
account_exists(const char *name)
{
	return getpwnam(name) != NULL;
}

bool
account_all_exist(GError **error)
{
	static const char *const names[] = { ACCOUNT_IN, ACCOUNT_WORK, ACCOUNT_OUT, ACCOUNT_ADM };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		if (!account_exists(names[i]))
			return error_set(error, SLUIS_ERROR_SETUP, "there is no user %s: install the "
			    "package, or adduser --system --group --no-create-home %s",
			    names[i], names[i]);
	return true;
}

bool
account_become(const char *name, GError **error)
{
	const struct passwd *user = getpwnam(name);

	if (user == NULL)
		return error_set(error, SLUIS_ERROR_SETUP, "there is no user %s", name);
	if (initgroups(name, user->pw_gid) != 0 ||
	    setresgid(user->pw_gid, user->pw_gid, user->pw_gid) != 0 ||
	    setresuid(user->pw_uid, user->pw_uid, user->pw_uid) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, name);
	g_setenv("HOME", user->pw_dir, TRUE);
	g_setenv("USER", name, TRUE);
	g_setenv("LOGNAME", name, TRUE);
	return true;
}

/* In the child: one letter says how it went, what is behind it is for people.
 * 0: well; else '0' and the code of the error. */
static void
do_job(const char *name, AccountJob job, void *data, int to)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *said = NULL;
	char letter = '+';
	const char *text;

	if (!account_become(name, &error) || !job(data, &said, &error))
		letter = (char)('0' + (error->domain == SLUIS_ERROR ? error->code : SLUIS_ERROR_SETUP));
	text = error != NULL ? error->message : said != NULL ? said : "";
	if (file_write_fd(to, &letter, 1, NULL))
		file_write_fd(to, text, strlen(text), NULL);
}

/* In the parent: what the child wrote until its end. */
static bool
hear(int from, const char *name, char **said, GError **error)
{
	g_autoptr(Buffer) buffer = buffer_new(MOST_SAID);
	g_autoptr(GBytes) bytes = NULL;
	g_autofree char *text = NULL;

	if (!buffer_read(buffer, from, error))
		return false;
	bytes = buffer_steal(buffer);
	text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	if (text[0] == '\0')
		return error_set(error, SLUIS_ERROR_RETRY, "the part done as %s died", name);
	if (text[0] != '+')
		return error_set(error, (SluisError)(text[0] - '0'), "%s", text + 1);
	if (said != NULL)
		*said = g_strdup(text + 1);
	return true;
}

bool
account_run(const char *name, AccountJob job, void *data, char **said, GError **error)
{
	int ends[2];
	pid_t child;
	bool done;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return error_errno(error, SLUIS_ERROR_RETRY, "cannot make a pipe");
	child = fork();
	if (child == 0) {
		close(ends[0]);
		do_job(name, job, data, ends[1]);
		_exit(0);
	}
	close(ends[1]);
	done = child > 0 ? hear(ends[0], name, said, error) :
	    error_errno(error, SLUIS_ERROR_RETRY, "cannot fork");
	close(ends[0]);
	if (child > 0)
		waitpid(child, NULL, 0);
	return done;
}

bool
account_own(const char *path, const char *owner, const char *group, unsigned mode,
    GError **error)
{
	const struct passwd *user = getpwnam(owner != NULL ? owner : ACCOUNT_ROOT);
	const struct group *their = getgrnam(group != NULL ? group : ACCOUNT_ROOT);

	if (user == NULL || their == NULL)
		return error_set(error, SLUIS_ERROR_SETUP, "%s: there is no user %s or no group %s",
		    path, owner, group);
	if (chmod(path, mode & 0700) != 0 || lchown(path, user->pw_uid, their->gr_gid) != 0 ||
	    chmod(path, mode) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, path);
	return true;
}
