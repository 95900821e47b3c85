/*
 * thread - the case and the party a mail belongs to
 *
 * The ways to find out are tried in the order of what they prove: the same
 * mail through another inbox, an analyst's own mail, a token only we can have
 * made, an answer to a mail of ours or within the same party, a tag from
 * somebody it concerns. Whatever is not sure is placed as a note or opens a
 * case of its own with "maybe": a mail in the wrong case tells a party what
 * another one said, a mail too many costs an analyst a minute.
 */

#include "feedmail.h"
#include "signer.h"
#include "stage.h"

#include <string.h>

#include "beside.h"
#include "comeback.h"
#include "error.h"
#include "handover.h"
#include "history.h"
#include "hitback.h"
#include "refs.h"
#include "replay.h"
#include "revocation.h"
#include "times.h"

/* How each warning reads to an analyst is in the words of the team's language. */
#define WARN_SENDER     "warn-sender"		/* right token or reference, other sender */
#define WARN_EPOCH      "warn-epoch"		/* a token that was called back */
#define WARN_DISAGREE   "warn-disagree"		/* token, reference and tag name different cases */
#define WARN_TAG        "warn-tag"		/* kept by its tag alone */
#define WARN_MASS       "warn-mass"		/* one of many of the same text */
#define WARN_BOUNCE     "warn-bounce"		/* a mail of ours came back */

/* Is the sender who that party is? */
static bool
sender_fits(Run *run, const CaseRef *ref, bool *fits, GError **error)
{
	int participant;

	*fits = ref->reporter != 0 && run->reporter != NULL &&
	    run->reporter->id == ref->reporter;
	if (*fits || ref->participant == 0)
		return true;
	if (!signer_participant(run, &participant, error))
		return false;
	*fits = participant == ref->participant;
	return true;
}

static void
place(Run *run, Place where, const CaseRef *ref, const char *how, const char *warning)
{
	Placement *placement = &run->placement;

	placement->place = where;
	placement->case_no = ref->case_no;
	placement->tag = g_strdup(ref->tag);
	placement->party = ref->party;
	placement->party_number = ref->party_number;
	placement->epoch = ref->epoch;
	placement->role = g_strdup(ref->role);
	placement->participant = ref->participant;
	placement->reporter = ref->reporter;
	placement->language = g_strdup(ref->language);
	placement->how = how;
	placement->warning = warning;
}

/* A lookup that found nothing is fine; one that failed is not. */
static bool
looked_up(const CaseRef *ref, GError *because, GError **error)
{
	if (ref == NULL && because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	return true;
}

/* Waits until nobody else has a copy of this mail in hand. */
static bool
by_origin(Run *run, GError **error)
{
	GError *because = NULL;
	g_autoptr(CaseRef) ref = NULL;

	if (run->origin == NULL)
		return true;
	ref = case_by_origin(run->db, run->origin, &because);
	if (ref != NULL)
		place(run, PLACE_AGAIN, ref, "none", NULL);
	return looked_up(ref, because, error);
}

/* The newest case among those a mail refers to, with what is known of it. */
static CaseRef *
referred(Run *run, char **kind, int *analyst, GError **error)
{
	g_autoptr(GPtrArray) hashes = run_references(run);

	return hashes->len > 0 ? case_by_refs(run->db, hashes, kind, analyst, error) : NULL;
}

/* The analyst whose key signed, else whose address it is; 0: none. */
static bool
sender_analyst(Run *run, int *analyst, GError **error)
{
	int participant;

	*analyst = 0;
	if (run->opened->is_signed == SIGNED_GOOD && !directory_owner_of_key(run->db, run->opened->signer,
	    &participant, analyst, error))
		return false;
	if (*analyst == 0 && run->mail->from != NULL)
		*analyst = directory_analyst_of(run->db, run->mail->from->address, error);
	return *analyst >= 0;
}

/* An analyst's mail, or an answer to a notice, is never a report (T-42). */
static bool
by_analyst(Run *run, GError **error)
{
	g_autofree char *kind = NULL;
	GError *because = NULL;
	int analyst, told = 0;
	g_autoptr(CaseRef) ref = referred(run, &kind, &told, &because);

	if (!looked_up(ref, because, error) || !sender_analyst(run, &analyst, error))
		return false;
	if (analyst == 0 && g_strcmp0(kind, "notice") != 0)
		return true;
	if (ref != NULL)
		place(run, PLACE_ANALYST, ref, "reference", NULL);
	run->placement.place = PLACE_ANALYST;
	run->placement.analyst = analyst != 0 ? analyst : told;
	return true;
}

/* Who holds a token of a party, and is not that party, is a note (T-34). */
static bool
place_by_token(Run *run, Token token, GError **error)
{
	GError *because = NULL;
	g_autoptr(CaseRef) ref = case_by_party(run->db, token.case_no, token.party, &because);
	bool fits;

	if (ref == NULL)
		return looked_up(ref, because, error);
	if (!sender_fits(run, ref, &fits, error))
		return false;
	if (token.epoch != ref->epoch)
		place(run, PLACE_NOTE, ref, "token", WARN_EPOCH);
	else if (!fits)
		place(run, PLACE_NOTE, ref, "token", WARN_SENDER);
	else
		place(run, PLACE_PARTY, ref, "token", NULL);
	return true;
}

static bool
by_token(Run *run, GError **error)
{
	g_autofree char *word = token_of_address(run->recipient);
	const TokenKeys *keys = run->tools->tokens;
	Token token;

	if (word != NULL && token_read(keys, TOKEN_REPLY, word, &token))
		return place_by_token(run, token, error);
	if (run->opened->encryption == ENCRYPTION_OK && token_find(keys, TOKEN_REPLY, run->mail->text, &token))
		return place_by_token(run, token, error);
	return true;
}

/* What came to the envelope a mail of ours left with. */
static bool
came_to_envelope(const Run *run, Token *token)
{
	g_autofree char *word = token_of_address(run->recipient);

	return word != NULL && token_read(run->tools->tokens, TOKEN_BOUNCE, word, token);
}

/* A mail of ours that came back names its party by its id, or by the envelope it
 * left with. An analyst's own mail system may tell us of a notice. */
static bool
by_bounce(Run *run, GError **error)
{
	GError *because = NULL;
	g_autoptr(CaseRef) ref = NULL;
	Token token;
	bool named = came_to_envelope(run, &token);

	if (run->mail->kind != MAIL_BOUNCE)
		return true;
	if (!comeback_look(run, named ? &token : NULL, error))
		return false;
	if (run->comeback->mail != NULL && run->comeback->mail->case_no != 0) {
		token.case_no = run->comeback->mail->case_no;
		token.party = run->comeback->mail->party_number;
	} else if (!named) {
		return true;
	}
	ref = case_by_party(run->db, token.case_no, token.party, &because);
	if (ref != NULL)
		place(run, PLACE_NOTE, ref, named ? "token" : "reference", WARN_BOUNCE);
	return looked_up(ref, because, error);
}

/* Robots answer the envelope as well (RFC 3834 section 4). */
static bool
by_envelope(Run *run, GError **error)
{
	Token token;

	return !came_to_envelope(run, &token) || place_by_token(run, token, error);
}

/* An id of ours in References is as unguessable as a token; an id of another
 * mail of the party counts only from the party itself (T-35). */
static bool
by_reference(Run *run, GError **error)
{
	g_autofree char *kind = NULL;
	GError *because = NULL;
	int told = 0;
	g_autoptr(CaseRef) ref = referred(run, &kind, &told, &because);
	bool fits;

	if (ref == NULL)
		return looked_up(ref, because, error);
	if (!sender_fits(run, ref, &fits, error))
		return false;
	if (fits)
		place(run, PLACE_PARTY, ref, "reference", NULL);
	else if (strcmp(kind, "minted") == 0)
		place(run, PLACE_NOTE, ref, "reference", WARN_SENDER);
	else if (run->placement.maybe == NULL)
		run->placement.maybe = g_strdup(ref->tag);
	return true;
}

/* The case a tag in the subject names, if there is one of that name. */
static CaseRef *
tagged(Run *run, GError **error)
{
	g_autoptr(GPtrArray) tags = refs_tags(run->mail->subject);
	g_autoptr(GError) because = NULL;

	for (guint i = 0; i < tags->len && because == NULL; i++) {
		CaseRef *ref = case_by_tag(run->db, g_ptr_array_index(tags, i), &because);

		if (ref != NULL)
			return ref;
	}
	if (because != NULL)
		g_propagate_error(error, g_steal_pointer(&because));
	return NULL;
}

/* A tag alone places a mail only from a participant the case is about, and
 * even then surely only when signed (T-33). */
static bool
place_by_tag(Run *run, CaseRef *ref, GError **error)
{
	GError *because = NULL;
	int participant;
	bool concerns;

	if (!signer_participant(run, &participant, error))
		return false;
	concerns = participant != 0 &&
	    case_concerns(run->db, ref->case_no, participant, &because);
	if (because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	if (concerns) {
		if (ref->participant != participant)
			ref->party = 0;		/* a party of its own, opened when filed */
		ref->participant = participant;
		ref->reporter = 0;
		g_free(ref->role);
		ref->role = g_strdup("participant");
		place(run, signer_sure(run) ? PLACE_PARTY : PLACE_NOTE, ref, "tag",
		    signer_sure(run) ? NULL : WARN_TAG);
	} else if (run->placement.maybe == NULL) {
		run->placement.maybe = g_strdup(ref->tag);
	}
	return true;
}

static bool
by_tag(Run *run, GError **error)
{
	GError *because = NULL;
	g_autoptr(CaseRef) ref = tagged(run, &because);

	if (ref == NULL)
		return looked_up(ref, because, error);
	return place_by_tag(run, ref, error);
}

/* Robots and bounces that belong to no case are no reports either, unless
 * what they say is one: a scanner that reports is automatic, too. */
static bool
aside(Run *run, GError **error)
{
	const char *class = run->verdict->class;

	if (!feed_mail_look(run, error))
		return false;
	if (run->feed != NULL && run->feed->vouched)
		run->placement.place = PLACE_ASIDE;
	if (run->mail->kind == MAIL_BOUNCE ||
	    (run->mail->kind == MAIL_AUTOMATIC && strcmp(class, "automatic") == 0))
		run->placement.place = PLACE_ASIDE;
	return true;
}

/* Somebody we know, who did not answer: it may be about the last matter. */
static bool
note_earlier(Run *run, GError **error)
{
	GError *because = NULL;
	g_autoptr(CaseRef) ref = NULL;

	if (run->placement.maybe != NULL || run->reporter == NULL || run->reporter->id == 0)
		return true;
	ref = case_by_reporter(run->db, run->reporter->id, false, &because);
	if (ref != NULL)
		run->placement.maybe = g_strdup(ref->tag);
	run->placement.maybe_known = ref != NULL;
	return looked_up(ref, because, error);
}

/* A case of its own. */
static bool
begin(Run *run, GError **error)
{
	Placement *placement = &run->placement;
	int year;

	placement->place = PLACE_NEW;
	placement->how = "none";
	placement->language = g_strdup(strcmp(run->language, "nl") == 0 ? "nl" : "en");
	if (!handover_look(run, error))
		return false;
	placement->role = g_strdup(placement->participant != 0 ? "participant" : "reporter");
	if (run->reception == NULL)	/* it would open one, and opens none */
		return true;
	year = times_year(run->reception->received, run->tools->settings->team_zone);
	return case_reserve(run->db, run->reception->id, run->inbox->prefix, year,
	    &placement->case_no, &placement->tag, error);
}

/* An answer to what we told of findings of machines opens a case of the participant. */
static bool
by_hit(Run *run, GError **error)
{
	g_autoptr(CaseRef) ref = NULL;
	int participant;
	bool fits;

	if (!hitback_look(run, &ref, error))
		return false;
	if (run->hitback == NULL)
		return true;
	if (!signer_participant(run, &participant, error))
		return false;
	fits = participant == run->hitback->participant;
	if (ref != NULL)
		place(run, fits ? PLACE_PARTY : PLACE_NOTE, ref, "reference", fits ? NULL : WARN_SENDER);
	if (ref != NULL || !fits || run->mail->kind != MAIL_PERSONAL)
		return true;
	run->placement.participant = participant;
	return begin(run, error);
}

static bool
fresh(Run *run, GError **error)
{
	Placement *placement = &run->placement;

	if (!note_earlier(run, error) || !signer_participant(run, &placement->participant, error))
		return false;
	if (!signer_sure(run))
		placement->participant = 0;
	return begin(run, error);
}

/* Token, reference and tag may not name different cases (T-36). */
static bool
check_agreement(Run *run, GError **error)
{
	GError *because = NULL;
	g_autoptr(CaseRef) ref = NULL;

	if (run->placement.place != PLACE_PARTY)
		return true;
	ref = tagged(run, &because);
	if (ref != NULL && ref->case_no != run->placement.case_no) {
		run->placement.place = PLACE_NOTE;
		run->placement.warning = WARN_DISAGREE;
	}
	return looked_up(ref, because, error);
}

static bool
know_reporter(Run *run, GError **error)
{
	GError *because = NULL;

	run->reporter = reporter_load(run->tools, run->db, run->outer, run->mail, run->opened,
	    &because);
	if (run->reporter == NULL && because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	return true;
}

/* One more of a mass mailing is no case of its own. The number that was reserved for
 * one stays without. */
static bool
join_mass(Run *run, GError **error)
{
	const char *tag = run->placement.place == PLACE_NEW && run->handover == NULL && run->before == NULL ?
	    history_case(run) : NULL;
	GError *because = NULL;
	g_autoptr(CaseRef) tagged_case = tag != NULL ? case_by_tag(run->db, tag, &because) : NULL;
	g_autoptr(CaseRef) ref = tagged_case != NULL ?
	    case_by_party(run->db, tagged_case->case_no, 0, &because) : NULL;

	if (ref != NULL && run->reporter != NULL && ref->reporter == run->reporter->id) {
		g_free(run->placement.tag);
		g_free(run->placement.role);
		g_free(run->placement.language);
		place(run, PLACE_NOTE, ref, "text", WARN_MASS);
	}
	return looked_up(ref, because, error);
}

/* Of mail that is a case's, or would be. */
static bool
know_history(Run *run, GError **error)
{
	Place place = run->placement.place;

	if (place != PLACE_NEW && place != PLACE_PARTY && place != PLACE_NOTE)
		return true;
	return history_look(run, error) && join_mass(run, error);
}

bool
stage_thread(Run *run, GError **error)
{
	static bool (*const ways[])(Run *, GError **) = {
		by_origin, by_bounce, by_analyst, by_envelope, by_token, by_reference, by_hit,
		by_tag, aside, fresh,
	};

	if (run->parked != NULL)
		return true;
	if (!know_reporter(run, error) || !signer_compare_from(run, error) || !revocation_look(run, error))
		return false;
	for (guint i = 0; i < G_N_ELEMENTS(ways); i++) {
		if (!ways[i](run, error))
			return false;
		if (run->placement.place != PLACE_UNDECIDED)
			return check_agreement(run, error) && replay_look(run, error) &&
			    know_history(run, error) && beside_look(run, error);
	}
	g_assert_not_reached();
}
