/*
 * act - the verbs of working by mail, one function each
 *
 * The table in acting.c names them. Each is given what was ordered and either
 * leaves steps and letters in the Acting, or refuses; false only with an error.
 */

#ifndef SLUIS_STAGE_ACT_H
#define SLUIS_STAGE_ACT_H

#include "acting.h"

/* act_set.c: what a case is */
bool act_assign(Acting *acting, const Command *command, GError **error);
bool act_class(Acting *acting, const Command *command, GError **error);
bool act_close(Acting *acting, const Command *command, GError **error);
bool act_duty(Acting *acting, const Command *command, GError **error);
bool act_motive(Acting *acting, const Command *command, GError **error);
bool act_note(Acting *acting, const Command *command, GError **error);
bool act_reopen(Acting *acting, const Command *command, GError **error);
bool act_severity(Acting *acting, const Command *command, GError **error);
bool act_status(Acting *acting, const Command *command, GError **error);
bool act_title(Acting *acting, const Command *command, GError **error);
bool act_tlp(Acting *acting, const Command *command, GError **error);
bool act_triage(Acting *acting, const Command *command, GError **error);
bool act_undo(Acting *acting, const Command *command, GError **error);
bool act_watch(Acting *acting, const Command *command, GError **error);

/* act_advisory.c: what several organisations are told at once */
bool act_advisory(Acting *acting, const Command *command, GError **error);

/* act_clock.c: days that count */
bool act_deadline(Acting *acting, const Command *command, GError **error);
bool act_embargo(Acting *acting, const Command *command, GError **error);
bool act_remind(Acting *acting, const Command *command, GError **error);

/* act_consent.c: what parties agree to */
bool act_consent(Acting *acting, const Command *command, GError **error);
/* Whom a party would meet: the one of that name, else the only one there is; refuses,
 * and NULL, if there is none. */
Side *act_consent_other(Acting *acting, const Side *side, const char *name);
/* Asks a party by a template whether it wants to meet another one. */
bool act_consent_ask(Acting *acting, const Side *side, const Side *other, GError **error);

/* act_invite.c: who meets whom, and who talks through us */
bool act_bridge(Acting *acting, const Command *command, GError **error);
bool act_invite(Acting *acting, const Command *command, GError **error);

/* act_hold.c: what waits for a second look */
bool act_confirm(Acting *acting, const Command *command, GError **error);
bool act_drop(Acting *acting, const Command *command, GError **error);
/* "8c2e01f3, devaart (the text names somebody else)": each release of these (of Waiting)
 * that waits for a word, char *. The parties must be there. */
GPtrArray *act_hold_waiting(const Acting *acting, const GPtrArray *letters);

/* act_lane.c: what goes another way than news do */
bool act_advise(Acting *acting, const Command *command, GError **error);
bool act_decline(Acting *acting, const Command *command, GError **error);
bool act_legal(Acting *acting, const Command *command, GError **error);

/* act_party.c: who is a party, and what they heard another way */
bool act_called(Acting *acting, const Command *command, GError **error);
bool act_open(Acting *acting, const Command *command, GError **error);
bool act_ref(Acting *acting, const Command *command, GError **error);
bool act_told(Acting *acting, const Command *command, GError **error);

/* act_relay.c: what leaves */
bool act_forward(Acting *acting, const Command *command, GError **error);
bool act_pass(Acting *acting, const Command *command, GError **error);
bool act_reply(Acting *acting, const Command *command, GError **error);

/* A party by name, or the one meant without; refuses, and NULL, if there is none. */
Side *act_side(Acting *acting, const char *name);
/* A template of ours with a word in it, held like any other mail if it is unusual. */
bool act_send_fixed(Acting *acting, Side *to, const char *template, const char *text, bool clear,
    GError **error);

/* act_verify.c: who a party is */
bool act_verify(Acting *acting, const Command *command, GError **error);

/* act_tie.c: cases that are begun, one, or related */
bool act_file(Acting *acting, const Command *command, GError **error);
bool act_link(Acting *acting, const Command *command, GError **error);
bool act_merge(Acting *acting, const Command *command, GError **error);
bool act_new(Acting *acting, const Command *command, GError **error);
bool act_split(Acting *acting, const Command *command, GError **error);

/* act_show.c: what is only looked at */
bool act_help(Acting *acting, const Command *command, GError **error);
bool act_show(Acting *acting, const Command *command, GError **error);

/* act_list.c: which cases there are, and where words stand */
bool act_find(Acting *acting, const Command *command, GError **error);
bool act_list(Acting *acting, const Command *command, GError **error);

/* A row of admin_cases() as one line of what is shown. */
/* A text of a row, or "-". */
const char *act_list_column(const Rows *rows, guint row, const char *name);
void act_list_line(Acting *acting, const Rows *rows, guint row);
/* Is that message for this analyst's eyes? What is not is as if it were not there.
 * *failed with an error; then nothing is any more. */
bool act_list_is_open(const Acting *acting, gint64 message, bool *failed, GError **error);

#endif
