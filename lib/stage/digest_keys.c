/* digest_keys - see digest_keys.h */

#include "digest_keys.h"

#include "template.h"
#include "times.h"

#define SOON (30 * G_TIME_SPAN_DAY)
#define DUE_DAYS 3		/* working days */

/* Days until nothing can be encrypted to it any more; -1: no key is good now, -2:
 * there is nothing to say. */
static int
days_left(const DigestPage *page, const Correspondent *contact)
{
	gint64 left = contact->expires - page->night->now;

	if (contact->encryption == NULL)
		return -1;
	return contact->expires == 0 || left > SOON ? -2 : (int)(MAX(left, 0) / G_TIME_SPAN_DAY);
}

/* A missing key is told with what else there is, and is no reason for a mail. */
bool
digest_keys_look(DigestPage *page, GError **error)
{
	const Settings *settings = page->night->tools->settings;
	gint64 near = times_working_days(page->night->now, DUE_DAYS, settings->team_zone,
	    settings->holidays);

	(void)error;
	for (guint i = 0; i < page->contacts->len; i++) {
		const Correspondent *contact = g_ptr_array_index(page->contacts, i);

		page->due += days_left(page, contact) >= 0 && contact->expires <= near;
	}
	return true;
}

void
digest_keys_tell(const DigestPage *page, GHashTable *words, const char *language,
    Overview *overview)
{
	const char *zone = page->night->tools->settings->team_zone;
	bool begun = false;

	for (guint i = 0; i < page->contacts->len; i++) {
		const Correspondent *contact = g_ptr_array_index(page->contacts, i);
		int days = days_left(page, contact);
		g_autofree char *until = days >= 0 ? times_date(contact->expires, zone, language) : NULL;
		g_autofree char *line = NULL;

		if (days == -2)
			continue;
		if (!begun)
			overview_section(overview, template_word(words, "digest-keys"));
		begun = true;
		line = days < 0 ? g_strdup(template_word(words, "digest-key-missing")) :
		    g_strconcat(template_word(words, "digest-key-until"), " ", until, NULL);
		overview_row(overview, contact->address, line);
	}
}
