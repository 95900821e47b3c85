/* notice - see notice.h */

#include "notice.h"

#include <string.h>

#include "beside.h"
#include "chosen.h"
#include "comeback.h"
#include "concern.h"
#include "consent.h"
#include "handover.h"
#include "hitback.h"
#include "history.h"
#include "lanes.h"
#include "parts.h"
#include "proof.h"
#include "quarantine.h"
#include "template.h"
#include "text.h"
#include "times.h"
#include "trust.h"

#define NONCE_WORKING_DAYS 10
#define KEY_LETTERS 16		/* the end of a fingerprint by which people know a key */
#define LABEL_COLUMNS 7		/* of "Call", "Done", "From" */

/* One notice in the making. */
typedef struct {
	const Run *run;
	GHashTable *words;
	const GPtrArray *contacts;
	GString *out;
} Notice;

static bool
is_urgent(const Run *run)
{
	return run->verdict != NULL && (g_strcmp0(run->verdict->severity, "high") == 0 ||
	    g_strcmp0(run->verdict->severity, "critical") == 0);
}

static const char *
severity(const Run *run)
{
	const char *severity = run->verdict->severity;

	return severity != NULL && severity[0] != '\0' ? severity : NULL;
}

/* The party this mail is from, as it is in its case; NULL in a case of its own,
 * whose only party is the reporter. */
static const Side *
party(const Run *run)
{
	return run->beside == NULL || run->beside->sides == NULL ? NULL :
	    side_of_id(run->beside->sides, run->placement.party);
}

/* " (8.6 claimed)" */
static void
claimed(const Notice *notice)
{
	double score = notice->run->verdict->claimed;
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	if (score >= 0)
		g_string_append_printf(notice->out, " (%s %s)",
		    g_ascii_formatd(text, sizeof(text), "%.1f", score), template_word(notice->words, "claimed"));
}

/* "NEW vulnerability, high. Ziekenhuis De Linde (sure: domain)"; of who writes in a
 * case, who that is: "ANSWER delinde, Ziekenhuis De Linde". */
static void
headline(const Notice *notice)
{
	const Run *run = notice->run;
	const Side *side = party(run);

	g_string_append_printf(notice->out, "%s %s", template_word(notice->words,
	    run->placement.place == PLACE_NEW ? "new" : "answer"),
	    side != NULL ? side->name : template_word_of(notice->words, "class", run->verdict->class));
	if (side != NULL && side->title != NULL)
		g_string_append_printf(notice->out, ", %s", side->title);
	if (severity(run) != NULL)
		g_string_append_printf(notice->out, ", %s", template_word(notice->words, severity(run)));
	claimed(notice);
	if (run->verdict->low_value)
		g_string_append_printf(notice->out, ", %s", template_word(notice->words, "low-value"));
	g_string_append_c(notice->out, '.');
	if (side == NULL)
		concern_tell(run, notice->words, notice->out);
	g_string_append_c(notice->out, '\n');
}

/* A word at the left, and the rest of its lines below each other: "Call   ". NULL: a
 * further line. */
static void
label(const Notice *notice, const char *key)
{
	const char *text = key != NULL ? template_word(notice->words, key) : "";
	glong width = g_utf8_strlen(text, -1);

	g_string_append_printf(notice->out, "%s%*s", text,
	    (int)(width < LABEL_COLUMNS ? LABEL_COLUMNS - width : 1), "");
}

static void
standing(const Notice *notice)
{
	if (notice->run->standing == NULL)
		return;
	label(notice, "case");
	g_string_append_printf(notice->out, "%s\n", notice->run->standing);
}

static void
warn(const Notice *notice, const char *key, const char *more)
{
	g_string_append_printf(notice->out, "! %s%s%s\n", template_word(notice->words, key),
	    more != NULL ? ": " : "", more != NULL ? more : "");
}

/* What came back, and who else is on this mail. */
static void
around(const Notice *notice)
{
	comeback_tell(notice->run, notice->words, notice->out);
	beside_tell(notice->run, notice->words, notice->out);
}

/* Which of the three answers it is, or whose report. */
static void
says(const Notice *notice)
{
	g_autofree char *line = chosen_line(notice->run->chosen, notice->words);

	if (line != NULL)
		g_string_append_printf(notice->out, "%s\n", line);
	handover_tell(notice->run, notice->words, notice->out);
	hitback_tell(notice->run, notice->words, notice->out);
	proof_tell(notice->run, notice->words, notice->out);
	consent_tell(notice->run, notice->words, notice->out);
}

/* Of header fields inside and outside. */
static void
header_warnings(const Notice *notice)
{
	const Mail *mail = notice->run->mail;

	if (mail->changed != NULL)
		warn(notice, "warning-changed", mail->changed);
	if (mail->from_inside != NULL)
		warn(notice, "warning-from-inside", consent_hides(notice->run) ? NULL :
		    mail->from_inside->address);
	if (mail->protected->laid_bare)
		warn(notice, "warning-laid-bare", NULL);
}

static void
warnings(const Notice *notice)
{
	const Run *run = notice->run;

	if (run->placement.place == PLACE_NEW)
		warn(notice, "unowned", NULL);
	if (run->placement.warning != NULL)
		warn(notice, run->placement.warning, NULL);
	if (run->placement.maybe != NULL)
		warn(notice, "maybe-case", run->placement.maybe);
	if (run->mail->malformed)
		warn(notice, "warning-malformed", run->mail->malformed_because);
	if (run->opened->because != NULL)
		warn(notice, "warning-crypto", run->opened->because);
	header_warnings(notice);
	if (!run->from_fits)
		warn(notice, "fits-not", NULL);
	for (guint i = 0; i < run->verdict->skipped->len; i++)
		warn(notice, "rule-skipped", g_ptr_array_index(run->verdict->skipped, i));
}

/* "Call   P. Jansen 24 h +31 ... 01" and how long their key is good for. */
static void
call(const Notice *notice)
{
	for (guint i = 0; i < notice->contacts->len; i++) {
		const Correspondent *contact = g_ptr_array_index(notice->contacts, i);

		label(notice, i == 0 ? "call" : NULL);
		g_string_append_printf(notice->out, "%s%s%s%s%s %s. ",
		    contact->deputy ? template_word(notice->words, "deputy") : "", contact->deputy ? " " : "",
		    contact->name != NULL ? contact->name : contact->address,
		    contact->hours != NULL ? " " : "", contact->hours != NULL ? contact->hours : "",
		    contact->phone != NULL ? contact->phone : template_word(notice->words, "no-phone"));
		if (contact->encryption == NULL) {
			g_string_append(notice->out, template_word(notice->words, "key-missing"));
		} else if (contact->expires == 0) {
			g_string_append(notice->out, template_word(notice->words, "key-forever"));
		} else {
			g_autofree char *until = times_rfc3339(contact->expires);

			g_string_append_printf(notice->out, "%s %.10s",
			    template_word(notice->words, "key-until"), until);
		}
		g_string_append_c(notice->out, '\n');
	}
}

/* Whom somebody has to call about this case, whatever this mail is about. */
static void
calls_owed(const Notice *notice)
{
	if (notice->run->calls != NULL)
		g_string_append(notice->out, notice->run->calls);
}

static void
done(const Notice *notice)
{
	const Run *run = notice->run;
	const Settings *settings = run->tools->settings;
	const char *zone = settings->team_zone;
	gint64 owed = times_working_days(run->reception->received, (guint)settings->assess_days, zone,
	    settings->holidays);
	g_autofree char *day = times_day(owed, zone, run->tools->settings->team_language);

	if (run->placement.place != PLACE_NEW)
		return;
	label(notice, "done");
	if (run->acknowledged)
		g_string_append_printf(notice->out, "%s, %s. ", template_word(notice->words, "acknowledged"),
		    template_word(notice->words, run->acknowledged_encrypted ? "encrypted" : "in-clear"));
	else
		g_string_append_printf(notice->out, "%s (%s). ", template_word(notice->words, "not-acknowledged"),
		    template_word_of(notice->words, "silent", run->silent));
	if (!lanes_owe_nothing(run))
		g_string_append_printf(notice->out, "%s: %s %s", template_word(notice->words, "owed"),
		    template_word(notice->words, "assessment-by"), day);
	g_string_append_c(notice->out, '\n');
}

/* NULL: a bounce is by somebody else than whom an answer to it reaches, and nobody
 * has looked for a key of theirs. */
static const char *
reply_key(const Run *run)
{
	if (run->placement.participant != 0)
		return "to-verified-key";
	if (run->comeback != NULL)
		return NULL;
	return run->reporter != NULL && run->reporter->certificate != NULL ? "to-unverified-key" : "to-no-key";
}

/* Whom a bare /reply reaches, by the name commands have for it, in which language,
 * with which key. */
static void
reaches(const Notice *notice)
{
	const Run *run = notice->run;
	const Side *side = party(run);
	const char *key = reply_key(run);

	g_string_append_printf(notice->out, "%s %s, %s %s%s%s\n", template_word(notice->words, "reply-reaches"),
	    side != NULL ? side->name : run->placement.role, template_word(notice->words, "in-language"),
	    template_word_of(notice->words, "lang", run->placement.language), key != NULL ? ", " : "",
	    key != NULL ? template_word(notice->words, key) : "");
}

/* Of a reporter; an organisation is in the directory. */
static void
history(const Notice *notice)
{
	const Run *run = notice->run;
	bool is_known = run->reporter != NULL && run->reporter->id != 0;

	if (run->placement.participant == 0)
		g_string_append_printf(notice->out, "%s; ", template_word(notice->words, is_known ||
		    (run->history != NULL && run->history->past->cases > 0) ? "earlier" : "no-earlier"));
}

/* "signed by an unknown key 7F3A91C2...": what people ask first of a signature. */
static void
signature(const Notice *notice)
{
	const Opened *opened = notice->run->opened;

	g_string_append(notice->out, template_word_of(notice->words, "signed", signed_word(opened->is_signed)));
	if (opened->signer != NULL)
		g_string_append_printf(notice->out, " ...%s", opened->signer +
		    MAX(strlen(opened->signer), KEY_LETTERS) - KEY_LETTERS);
}

/* Who wants to be named to nobody is not named in a mail to many either (T-49). */
static void
senders(const Notice *notice)
{
	const Run *run = notice->run;

	if (consent_hides(run) || comeback_hides(run->comeback)) {
		g_string_append_printf(notice->out, "%s\n", consent_hides(run) ?
		    template_word(notice->words, "stays-hidden") :
		    template_word_of(notice->words, "class", "bounce"));
		return;
	}
	for (guint i = 0; i < run->mail->senders->len; i++) {
		const Mailbox *mailbox = g_ptr_array_index(run->mail->senders, i);

		g_string_append_printf(notice->out, "%s%s <%s>", i > 0 ? ", " : "",
		    mailbox->name, mailbox->address);
	}
	g_string_append_c(notice->out, '\n');
}

static void
sender(const Notice *notice)
{
	const Run *run = notice->run;

	label(notice, "from");
	senders(notice);
	label(notice, NULL);
	history(notice);
	signature(notice);
	if (run->opened->is_signed == SIGNED_GOOD)	/* else there is nothing to fit */
		g_string_append_printf(notice->out, "; %s",
		    template_word(notice->words, run->from_fits ? "fits" : "fits-not"));
	g_string_append_c(notice->out, '\n');
	history_tell(run, notice->words, notice->out);
}

static void
attachments(const Notice *notice)
{
	parts_tell(notice->run, notice->words, notice->out);
}

static void
keys(const Notice *notice)
{
	quarantine_tell(notice->run, notice->words, notice->out);
}

/* What was handed over as an attachment is read like the rest. */
static void
handed(const Notice *notice)
{
	const Handover *handover = notice->run->handover;
	const Mail *mail = handover != NULL && handover->handed->attached ? handover->handed->mail : NULL;
	g_autofree char *subject = mail != NULL ? text_prefix_lines(mail->subject, "| ") : NULL;
	g_autofree char *body = mail != NULL ? text_prefix_lines(mail->text, "| ") : NULL;

	if (mail != NULL)
		g_string_append_printf(notice->out, "%s\n%s|\n%s", template_word(notice->words, "handed-text"),
		    subject, body);
}

static void
text(const Notice *notice)
{
	const Mail *mail = notice->run->mail;
	g_autofree char *subject = text_prefix_lines(mail->subject, "| ");
	g_autofree char *body = text_prefix_lines(mail->text, "| ");

	g_string_append_c(notice->out, '\n');
	if (comeback_hides(notice->run->comeback)) {
		g_string_append_printf(notice->out, "%s\n\n", template_word(notice->words, "hidden-bounce"));
		return;
	}
	g_string_append(notice->out, subject);
	g_string_append(notice->out, "|\n");
	if (mail->text[0] == '\0')
		g_string_append_printf(notice->out, "%s\n", template_word(notice->words, "no-text"));
	else
		g_string_append(notice->out, body);
	handed(notice);
	g_string_append_c(notice->out, '\n');
}

/* Below what was written, as it would go on. */
static void
crossing(const Notice *notice)
{
	if (notice->run->crossing != NULL)
		g_string_append_printf(notice->out, "%s\n", notice->run->crossing);
}

static void
trust(const Notice *notice)
{
	trust_tell(notice->run, notice->words, notice->out);
}

static void
lanes(const Notice *notice)
{
	lanes_tell(notice->run, notice->words, notice->out);
}

static void
closed(const Notice *notice)
{
	g_string_append_printf(notice->out, "%s\n", template_word(notice->words, "closed"));
}

char *
notice_closed(const Run *run, GHashTable *words, const GPtrArray *contacts)
{
	Notice notice = { run, words, contacts, g_string_new(NULL) };

	headline(&notice);
	closed(&notice);
	lanes(&notice);
	call(&notice);
	done(&notice);
	return g_string_free(notice.out, FALSE);
}

char *
notice_body(const Run *run, GHashTable *words, const GPtrArray *contacts)
{
	static void (*const sections[])(const Notice *) = {
		headline, standing, says, warnings, around, lanes, call, calls_owed, done, reaches,
		sender, attachments,
		keys, text, crossing, trust,
	};
	Notice notice = { run, words, contacts, g_string_new(NULL) };

	for (guint i = 0; i < G_N_ELEMENTS(sections); i++)
		sections[i](&notice);
	return g_string_free(notice.out, FALSE);
}

gint64
notice_nonce_expires(const Settings *settings)
{
	return times_working_days(g_get_real_time(), NONCE_WORKING_DAYS, settings->team_zone,
	    settings->holidays);
}

char *
notice_mark(const char *tag, const char *nonce, const char *body)
{
	return g_strdup_printf("==== write above or below this line = %s = %s ====\n%s",
	    tag, nonce, body);
}

char *
notice_subject(const Run *run, GHashTable *words)
{
	bool is_new = run->placement.place == PLACE_NEW;
	const char *kind = template_word(words, is_new ? "subject-new" : "subject-answer");

	if (severity(run) == NULL)
		return g_strdup_printf("%s: %s", run->placement.tag, kind);
	return g_strdup_printf("%s: %s, %s", run->placement.tag, kind,
	    template_word(words, severity(run)));
}

char *
notice_outer_subject(const Run *run)
{
	const char *kind = run->placement.place == PLACE_NEW ? "new" : "answer";

	return g_strdup_printf("[%s] %s", run->placement.tag, is_urgent(run) ? "urgent" : kind);
}
