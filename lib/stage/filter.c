/* filter - see filter.h */

#include "filter.h"

#include <unistd.h>

#include "buffer.h"
#include "error.h"
#include "file.h"
#include "log.h"

#define SLOT_PAUSE 50000	/* microseconds until a slot of the key ring may be free */

static GBytes *
read_mail(GError **error)
{
	g_autoptr(Buffer) buffer = buffer_new(0);

	if (!buffer_read(buffer, STDIN_FILENO, error))
		return NULL;
	if (buffer_length(buffer) == 0) {
		error_set(error, SLUIS_ERROR_RETRY, "no mail on standard input");
		return NULL;
	}
	return buffer_steal(buffer);
}

/* A filter has nothing else to do than to wait; its deadline ends it. */
static bool
take_slot(Filter *filter, GError **error)
{
	GError *because = NULL;

	if (filter->tools->pgp == NULL)
		return true;
	while ((filter->slot = pgp_slot(filter->tools->pgp, &because)) < 0 && because == NULL)
		g_usleep(SLOT_PAUSE);
	if (because != NULL)
		g_propagate_error(error, because);
	return filter->slot >= 0;
}

Filter *
filter_open(const Settings *settings, guint parts, GError **error)
{
	g_autoptr(Filter) filter = g_new0(Filter, 1);

	filter->slot = -1;
	filter->marks = marks_new();
	filter->mail = read_mail(error);
	if (filter->mail == NULL)
		return NULL;
	filter->tools = tools_open(settings, parts, error);
	if (filter->tools == NULL || !take_slot(filter, error))
		return NULL;
	filter->db = db_open(settings->db_conninfo, "sluis_work", error);
	return filter->db != NULL ? g_steal_pointer(&filter) : NULL;
}

void
filter_free(Filter *filter)
{
	if (filter == NULL)
		return;
	db_close(filter->db);
	tools_free(filter->tools);
	if (filter->slot >= 0)
		close(filter->slot);
	marks_free(filter->marks);
	g_clear_pointer(&filter->mail, g_bytes_unref);
	g_free(filter);
}

static bool
look(Run *run, const Stage *stages, GError **error)
{
	GError *because = NULL;

	if (stage_all(run, stages, &because))
		return true;
	if (error_is(because, SLUIS_ERROR_HARM)) {
		log_error(because);
		g_error_free(because);
		run->parked = "tries";
		return true;
	}
	g_propagate_error(error, because);
	return false;
}

Run *
filter_look(Filter *filter, GBytes *mail, const char *recipient, const Stage *stages,
    GError **error)
{
	g_autoptr(Run) run = run_of_mail(filter->tools, filter->db, mail, recipient);

	if (!look(run, stages, error))
		return NULL;
	if (run->parked != NULL)
		marks_add(filter->marks, MARK_LIMIT, "%s", run->parked);
	return g_steal_pointer(&run);
}

bool
filter_write(const Filter *filter, GBytes *mail, bool all, GError **error)
{
	g_autoptr(GBytes) marked = marks_apply(filter->marks, mail, all);

	return file_write_fd(STDOUT_FILENO, g_bytes_get_data(marked, NULL),
	    g_bytes_get_size(marked), error);
}
