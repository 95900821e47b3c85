/* byhand - see byhand.h */

#include "byhand.h"

#include "error.h"

Accepted *
byhand_file(const Tools *tools, Db *db, const Envelope *envelope, GBytes *mail,
    const Byhand *byhand, GError **error)
{
	g_autoptr(GBytes) fingerprint = accept_fingerprint(tools->receipt, mail);
	bool again;

	if (!accept_mail(db, tools->storage_public, tools->receipt, envelope, mail, &again, error))
		return NULL;
	for (;;) {
		GError *because = NULL;
		g_autoptr(Accepted) accepted = reception_find(db, fingerprint, envelope->inbox,
		    &because);

		if (accepted != NULL && accepted->over)
			return g_steal_pointer(&accepted);
		if (accepted == NULL && because == NULL)
			error_set(&because, SLUIS_ERROR_RETRY, "an accepted mail is not there");
		if (accepted == NULL || !byhand->try(byhand->context, accepted->id, &because)) {
			g_propagate_error(error, because);
			return NULL;
		}
	}
}
