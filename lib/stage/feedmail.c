/* feedmail - see feedmail.h */

#include "feedmail.h"

#include <string.h>

#include "feed.h"
#include "hits.h"
#include "log.h"
#include "observe.h"
#include "results.h"

void
feed_mail_free(FeedMail *feed)
{
	if (feed == NULL)
		return;
	feedbook_free(feed->book);
	g_free(feed->source);
	g_free(feed);
}

/* Does it show to be from there (T-27)? */
static bool
is_proved(const Run *run, const FeedSource *source)
{
	const char *at = strchr(run->mail->from->address, '@');

	if (run->mail->malformed || run->before != NULL)
		return false;
	if (strcmp(source->proof, "signature") == 0)
		return run->opened->is_signed == SIGNED_GOOD && run->from_fits;
	return strcmp(source->proof, "none") == 0 || (at != NULL && results_dmarc_passed(
	    mime_entity(run->outer).header, run->tools->settings->checker, at + 1));
}

static bool
comes_from_robot(const Run *run)
{
	return run->mail->kind == MAIL_AUTOMATIC || run->mail->kind == MAIL_LIST ||
	    strcmp(run->verdict->class, "feed") == 0;
}

bool
feed_mail_look(Run *run, GError **error)
{
	g_autoptr(Feedbook) book = NULL;
	const FeedSource *source;
	bool proved;

	if (run->reception == NULL || run->mail->from == NULL ||
	    run->placement.place != PLACE_UNDECIDED || run->mail->kind == MAIL_BOUNCE ||
	    !feed_is_mail(run->mail->content))
		return true;
	book = feedbook_load(run->tools->settings->feeds_file, error);
	if (book == NULL)
		return false;
	source = feedbook_source(book, run->mail->from->address);
	proved = source != NULL && is_proved(run, source);
	if (!proved && !comes_from_robot(run))
		return true;
	run->feed = g_new0(FeedMail, 1);
	run->feed->source = g_strdup(proved ? source->name : run->mail->from->address);
	run->feed->vouched = proved && run_is_recent(run);
	run->feed->book = g_steal_pointer(&book);
	if (proved)
		run->verdict->class = "feed";
	return true;
}

bool
feed_mail_file(const Run *run, GError **error)
{
	const Observable what = {
		.name = "mail", .source = run->feed->source, .sha256 = run->sha256,
		.vouched = run->feed->vouched, .reception = run->reception->id, .mime = run->mail->content,
	};
	g_autoptr(Observed) observed = observe(run->tools, run->db, run->feed->book, &what, error);

	if (observed == NULL)
		return false;
	log_info("reception %" G_GINT64_FORMAT ": feed %" G_GINT64_FORMAT ", rows=%" G_GUINT64_FORMAT
	    ", matched=%" G_GINT64_FORMAT ", malformed=%" G_GUINT64_FORMAT, run->reception->id,
	    observed->feed, observed->tally.rows, observed->matched, observed->tally.wrong);
	return true;
}

void
feed_mail_tell(const Run *run)
{
	g_autoptr(GError) why = NULL;
	guint told;

	if (run->feed != NULL && run->feed->vouched &&
	    !hits_tell(run->tools, run->db, run->feed->book, g_get_real_time(), &told, &why))
		log_error(why);
}
