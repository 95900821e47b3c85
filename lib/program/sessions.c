/* sessions - see sessions.h */

#include "sessions.h"

struct Sessions {
	char *conninfo;
	bool never;		/* this connection cannot be inherited */
	GPtrArray *idle, *lent;	/* of Db */
};

Sessions *
sessions_new(const char *conninfo)
{
	Sessions *sessions = g_new0(Sessions, 1);

	sessions->conninfo = g_strdup(conninfo);
	sessions->idle = g_ptr_array_new_with_free_func((GDestroyNotify)db_close);
	sessions->lent = g_ptr_array_new_with_free_func((GDestroyNotify)db_break);
	return sessions;
}

void
sessions_free(Sessions *sessions)
{
	if (sessions == NULL)
		return;
	g_ptr_array_unref(sessions->idle);
	g_ptr_array_unref(sessions->lent);
	g_free(sessions->conninfo);
	g_free(sessions);
}

/* One that was closed by the server, meanwhile, has had something to say. */
static Db *
idle_one(Sessions *sessions)
{
	while (sessions->idle->len > 0) {
		Db *session = g_ptr_array_steal_index_fast(sessions->idle, sessions->idle->len - 1);

		if (db_is_idle(session))
			return session;
		db_close(session);
	}
	return NULL;
}

/* Trouble is not told: the child meets it again, and can say what became of
 * its mail. */
static Db *
fresh_one(Sessions *sessions)
{
	g_autoptr(Db) session = sessions->never ? NULL :
	    db_open_raw(sessions->conninfo, "sluis_work", NULL);

	if (session == NULL)
		return NULL;
	db_keep_statements(session);
	sessions->never = !db_inheritable(session);
	return sessions->never ? NULL : g_steal_pointer(&session);
}

Db *
sessions_lend(Sessions *sessions)
{
	Db *session = idle_one(sessions);

	if (session == NULL)
		session = fresh_one(sessions);
	if (session != NULL)
		g_ptr_array_add(sessions->lent, session);
	return session;
}

/* The locks go back now, and not before the next use, for others may wait for
 * them; and only a session in which nothing is open gives the right answer. */
void
sessions_take_back(Sessions *sessions, Db *session, bool well)
{
	guint i;

	if (session == NULL || !g_ptr_array_find(sessions->lent, session, &i))
		return;
	g_ptr_array_steal_index_fast(sessions->lent, i);
	if (well && db_give_back(session, NULL) && db_is_idle(session))
		g_ptr_array_add(sessions->idle, session);
	else
		db_break(session);
}

void
sessions_drop(Sessions *sessions)
{
	g_ptr_array_set_size(sessions->idle, 0);
}

static void
forget_all(GPtrArray *all, const Db *own)
{
	for (guint i = 0; i < all->len; i++)
		if (g_ptr_array_index(all, i) != own)
			db_forget(g_ptr_array_index(all, i));
	g_ptr_array_set_free_func(all, NULL);
	g_ptr_array_set_size(all, 0);
}

void
sessions_enter(Sessions *sessions, const Db *own)
{
	forget_all(sessions->idle, own);
	forget_all(sessions->lent, own);
}
