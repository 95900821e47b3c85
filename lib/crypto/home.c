/* home - GnuPG homes; see home.h */

#include "home.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "error.h"
#include "file.h"
#include "spawn.h"

#define PRIVATE_PREFIX "gpg-"
#define SLOTS 4
#define MINIMISE_SECONDS 5
#define AGENT_PATIENCE 5
#define END_PATIENCE G_USEC_PER_SEC	/* for a gpg that is about to be gone */
#define END_PAUSE 1000
#define MOST_CERTIFICATE (1024 * 1024)

/* gpg takes forty key rings at most; the team's is one of them. */
#define MOST_CERTIFICATES 32

/* Nothing asked, nothing fetched, no trust database, and nothing in what we
 * make that says more than it must (T-20, T-45). */
static const char common_settings[] =
    "no-auto-check-trustdb\n"
    "no-auto-key-locate\n"
    "no-auto-key-retrieve\n"
    "no-random-seed-file\n"
    "no-greeting\n"
    "no-comments\n"
    "no-emit-version\n"
    "disable-signer-uid\n"
    "personal-digest-preferences SHA512 SHA384 SHA256\n";

/* Whom to trust is decided in our directory. Not in a scratch home: listing a
 * key from the future, gpg looks for the trust database all the same, and ends
 * where this forbids it to make one. */
static const char trust_settings[] = "trust-model always\n";

/* An agent started from a private home would know no key and yet answer for
 * the team's: where there is none, that is for us to mend. And a private home
 * is written by one gpg at a time, so that there is nothing to lock. */
static const char private_settings[] =
    "no-autostart\n"
    "lock-never\n";

/* Secure memory grows, or eight RSA keys at once exhaust it; a passphrase, if
 * there is one, is stretched little, for it is stretched anew at each use. */
static const char agent_settings[] =
    "auto-expand-secmem 0x30000\n"
    "s2k-count 65536\n"
    "disable-scdaemon\n";

static bool
program_run(const char *name, const char *const *words, GBytes *input, GBytes **output,
    GError **error)
{
	g_autofree char *program = g_find_program_in_path(name);
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	Spawn spawn = { .input = input, .seconds = MINIMISE_SECONDS,
	    .most_output = output == NULL ? 0 : MOST_CERTIFICATE };

	if (program == NULL)
		return error_set(error, SLUIS_ERROR_SETUP, "%s is not installed", name);
	g_ptr_array_add(argv, program);
	for (; *words != NULL; words++)
		g_ptr_array_add(argv, (char *)*words);
	g_ptr_array_add(argv, NULL);
	spawn.argv = (const char *const *)argv->pdata;
	return spawn_check(&spawn, output, error);
}

/* A socket too deep in the file system is a file that names another one. */
static char *
socket_behind(const char *path)
{
	static const char front[] = "%Assuan%\nsocket=";
	g_autofree char *text = NULL;

	if (!g_file_test(path, G_FILE_TEST_IS_REGULAR) ||
	    !g_file_get_contents(path, &text, NULL, NULL) || !g_str_has_prefix(text, front))
		return g_strdup(path);
	return g_strstrip(g_strdup(text + strlen(front)));
}

static int
agent_connect(const char *path, guint seconds)
{
	const struct timeval patience = { .tv_sec = (time_t)seconds };
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof address.sun_path)
		return -1;
	memcpy(address.sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
		return fd;
	close(fd);
	return -1;
}

/* The pid in "OK ...", "D 4711", "OK", once all of that line is there. */
static pid_t
pid_said(const char *said)
{
	const char *data = strstr(said, "\nD ");

	return data != NULL && strchr(data + 1, '\n') != NULL ? (pid_t)atoi(data + 3) : 0;
}

/* It greets, is asked its pid, and says it. 0: it does not. */
static pid_t
agent_pid(const char *socket_path, guint seconds)
{
	static const char question[] = "GETINFO pid\n";
	gint64 until = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
	char said[1024] = "";
	gsize length = 0;
	ssize_t more = 1;
	int fd = agent_connect(socket_path, seconds);

	if (fd < 0)
		return 0;
	if (send(fd, question, strlen(question), MSG_NOSIGNAL) != (ssize_t)strlen(question))
		more = 0;
	while (more > 0 && pid_said(said) == 0 && g_get_monotonic_time() < until) {
		more = recv(fd, said + length, sizeof said - 1 - length, 0);
		length += more > 0 ? (gsize)more : 0;
		said[length] = '\0';
	}
	close(fd);
	return pid_said(said);
}

bool
home_agent_answers(const char *socket_path, guint seconds)
{
	return agent_pid(socket_path, seconds) != 0;
}

static char *
home_agent_socket(const char *home, GError **error)
{
	const char *const words[] = { "--homedir", home, "--list-dirs", "agent-socket", NULL };
	g_autoptr(GBytes) output = NULL;
	g_autofree char *path = NULL;

	if (!program_run("gpgconf", words, NULL, &output, error))
		return NULL;
	path = g_strstrip(g_strndup(g_bytes_get_data(output, NULL), g_bytes_get_size(output)));
	return socket_behind(path);
}

bool
home_launch_agent(const char *home, GError **error)
{
	const char *const words[] = { "--homedir", home, "--launch", "gpg-agent", NULL };

	return program_run("gpgconf", words, NULL, NULL, error);
}

/* Where GnuPG has no folder for sockets they are in the home. An agent that answers
 * there is the one, and to ask gpgconf for it would take four programs, each of
 * which costs as much as opening a small mail. */
char *
home_agent(const char *home, GError **error)
{
	g_autofree char *path = g_build_filename(home, "S.gpg-agent", NULL);
	g_autofree char *behind = socket_behind(path);

	if (home_agent_answers(behind, AGENT_PATIENCE))
		return g_steal_pointer(&behind);
	return home_launch_agent(home, error) ? home_agent_socket(home, error) : NULL;
}

bool
home_agent_stays(const char *socket_path, guint seconds)
{
	pid_t before = agent_pid(socket_path, AGENT_PATIENCE);

	g_usleep(seconds * G_USEC_PER_SEC);
	return before != 0 && agent_pid(socket_path, AGENT_PATIENCE) == before;
}

bool
home_gpg_works(GError **error)
{
	const char *const words[] = { "--version", NULL };

	return program_run("gpg", words, NULL, NULL, error);
}

bool
home_gpg_lists(GError **error)
{
	const char *const words[] = { "--batch", "--no-tty", "--quiet", "--with-colons", "--list-keys",
	    NULL };
	g_autoptr(GBytes) keys = NULL;

	return program_run("gpg", words, NULL, &keys, error) && (g_bytes_get_size(keys) > 0 ||
	    error_set(error, SLUIS_ERROR_RETRY, "gpg lists no key"));
}

bool
home_mend_agent(const char *home, const char *socket_path, GError **error)
{
	return home_agent_answers(socket_path, AGENT_PATIENCE) || home_launch_agent(home, error);
}

int
home_slot(const char *home, GError **error)
{
	for (int i = 1; i <= SLOTS; i++) {
		g_autofree char *path = g_strdup_printf("%s/slot.%d", home, i);
		int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

		if (fd < 0) {
			error_errno(error, SLUIS_ERROR_RETRY, path);
			return -1;
		}
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return fd;
		close(fd);
	}
	return -1;
}

char *
home_private(const char *run, GError **error)
{
	g_autofree char *path = g_strdup_printf("%s/" PRIVATE_PREFIX "%d-XXXXXX", run, getpid());

	if (!file_make_folder(run, 0700, error))
		return NULL;
	if (g_mkdtemp(path) == NULL) {
		error_errno(error, SLUIS_ERROR_RETRY, path);
		return NULL;
	}
	return g_steal_pointer(&path);
}

void
home_sweep(const char *run)
{
	g_autoptr(GDir) dir = g_dir_open(run, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(run, name, NULL);
		int pid;

		if (!g_str_has_prefix(name, PRIVATE_PREFIX))
			continue;
		pid = atoi(name + strlen(PRIVATE_PREFIX));
		if (pid > 0 && kill(pid, 0) != 0 && errno == ESRCH)
			file_remove_tree(path);
	}
}

bool
home_lay(const char *path, const char *name, GBytes *bytes, GError **error)
{
	g_autofree char *file = g_build_filename(path, name, NULL);
	gsize length;
	const char *start = g_bytes_get_data(bytes, &length);
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool done;

	if (fd < 0)
		return error_errno(error, SLUIS_ERROR_RETRY, file);
	done = file_write_fd(fd, start, length, error);
	close(fd);
	return done;
}

static bool
lay_text(const char *path, const char *name, const char *text, GError **error)
{
	g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));

	return home_lay(path, name, bytes, error);
}

/* The certificates as files, each a key ring of its own in the settings: one
 * that gpg cannot read does not hide the others. */
static bool
lay_certificates(const char *path, const GPtrArray *certificates, GString *text,
    GError **error)
{
	for (guint i = 0; certificates != NULL && i < MIN(certificates->len, MOST_CERTIFICATES);
	    i++) {
		g_autofree char *name = g_strdup_printf("sender-%u", i);

		if (!home_lay(path, name, certificates->pdata[i], error))
			return false;
		g_string_append_printf(text, "keyring %s/%s\n", path, name);
	}
	return true;
}

bool
home_redirect(const char *path, const char *socket_path, GError **error)
{
	g_autofree char *text = g_strdup_printf("%%Assuan%%\nsocket=%s\n", socket_path);

	return lay_text(path, "S.gpg-agent", text, error);
}

bool
home_configure(const char *path, const HomeSettings *settings, GError **error)
{
	g_autoptr(GString) text = g_string_new(common_settings);

	g_string_append(text, private_settings);
	if (settings->keyring != NULL)
		g_string_append_printf(text, "%sno-default-keyring\nkeyring %s\n", trust_settings,
		    settings->keyring);
	if (settings->skip_verify)
		g_string_append(text, "skip-verify\n");
	return lay_certificates(path, settings->certificates, text, error) &&
	    lay_text(path, "gpg.conf", text->str, error);
}

bool
home_fill(const char *path, GBytes *certificates, GError **error)
{
	const char *const words[] = { "--homedir", path, "--batch", "--no-tty", "--quiet",
	    "--import", NULL };
	const HomeSettings settings = { 0 };

	return home_configure(path, &settings, error) &&
	    program_run("gpg", words, certificates, NULL, error);
}

bool
home_prepare(const char *home, GError **error)
{
	g_autofree char *options = g_build_filename(home, "gpg.conf", NULL);
	g_autofree char *agent = g_build_filename(home, "gpg-agent.conf", NULL);
	g_autofree char *text = g_strconcat(common_settings, trust_settings, NULL);

	if (!file_make_folder(home, 0700, error))
		return false;
	if (chmod(home, 0700) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, home);
	return file_write(options, text, strlen(text), 0600, error) &&
	    file_write(agent, agent_settings, strlen(agent_settings), 0600, error);
}

GBytes *
home_minimise(const char *scratch, GBytes *certificate, GError **error)
{
	const char *const import[] = { "--homedir", scratch, "--batch", "--no-tty", "--quiet",
	    "--ignore-time-conflict", "--import-options", "self-sigs-only,import-minimal", "--import", NULL };
	/* What import left, all of it: a minimal export lacks subkeys that are over,
	 * and then nobody could say that they are. */
	const char *const export[] = { "--homedir", scratch, "--batch", "--no-tty", "--quiet",
	    "--export", NULL };
	const HomeSettings settings = { 0 };
	g_autoptr(GBytes) output = NULL;

	if (!home_configure(scratch, &settings, error) ||
	    !program_run("gpg", import, certificate, NULL, error) ||
	    !program_run("gpg", export, NULL, &output, error)) {
		g_prefix_error(error, "this certificate cannot be read: ");
		if (error != NULL && *error != NULL)
			(*error)->code = SLUIS_ERROR_REFUSED;
		return NULL;
	}
	return g_steal_pointer(&output);
}

void
home_adopt(void)
{
	prctl(PR_SET_CHILD_SUBREAPER, 1);
}

/* The parent and the name of a process, from "pid (name) state parent ...". */
static bool
is_gpg_of(const char *pid, pid_t parent)
{
	g_autofree char *path = g_strdup_printf("/proc/%s/stat", pid);
	g_autofree char *text = NULL;
	const char *name, *behind;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return false;
	name = strchr(text, '(');
	behind = strrchr(text, ')');
	return name != NULL && behind != NULL && g_str_has_prefix(name, "(gpg)") &&
	    strlen(behind) > 4 && atoi(behind + 4) == parent;
}

/* Of pid_t. */
static GArray *
gpg_of_ours(void)
{
	g_autoptr(GDir) dir = g_dir_open("/proc", 0, NULL);
	GArray *found = g_array_new(FALSE, FALSE, sizeof(pid_t));
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		pid_t pid = atoi(name);

		if (g_ascii_isdigit(name[0]) && is_gpg_of(name, getpid()))
			g_array_append_val(found, pid);
	}
	return found;
}

void
home_kill_gpg(void)
{
	g_autoptr(GArray) found = gpg_of_ours();

	for (guint i = 0; i < found->len; i++)
		kill(g_array_index(found, pid_t, i), SIGKILL);
}

bool
home_gpg_died(void)
{
	gint64 until = g_get_monotonic_time() + END_PATIENCE;
	bool died = false, alive = true;

	for (; alive && g_get_monotonic_time() < until; g_usleep(END_PAUSE)) {
		g_autoptr(GArray) found = gpg_of_ours();
		int status;

		alive = false;
		for (guint i = 0; i < found->len; i++) {
			if (waitpid(g_array_index(found, pid_t, i), &status, WNOHANG) > 0)
				died = died || WIFSIGNALED(status);
			else
				alive = true;
		}
	}
	return died;
}
