/*
 * nouns - what the operator's tool can be told: one table a noun
 *
 * Each is in the file of its name; a new verb is a row there.
 */

#ifndef SLUIS_TOOL_NOUNS_H
#define SLUIS_TOOL_NOUNS_H

#include "order.h"

extern const Verb init_verbs[], embedded_verbs[], migrate_verbs[],
    participant_verbs[], analyst_verbs[], key_verbs[], case_verbs[],
    reception_verbs[], outbox_verbs[], inbox_verbs[], audit_verbs[], clock_verbs[],
    report_verbs[], reporter_verbs[], rules_verbs[];
extern const Verb doctor_verbs[], status_verbs[], pause_verbs[], resume_verbs[],
    alarm_verbs[], selftest_verbs[], import_verbs[], unseal_verbs[], observe_verbs[],
    feed_verbs[], observation_verbs[], advisory_verbs[];

#endif
