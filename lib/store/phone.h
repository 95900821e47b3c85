/*
 * phone - whom somebody of ours has to call, and about what
 *
 * A contact nothing can be encrypted to is called: one task a case and contact,
 * which is over when there is a key, when they were told another way, or when
 * what waited for a key is dropped. So is one who does not answer, until somebody
 * there does. There is a task also for a mail that belongs to no case.
 */

#ifndef SLUIS_STORE_PHONE_H
#define SLUIS_STORE_PHONE_H

#include "db.h"

/* What is said to a contact and to those who stand in for it. */
typedef struct {
	char *tag, *severity, *inbox;	/* of the case; NULL: there is none, or unknown */
	guint number, epoch;		/* of the party */
	char *participant, *title;	/* the contact's */
	bool content;			/* its record says "fallback: content" */
} PhoneFacts;

/* case_no and party 0: none. NULL with an error. */
PhoneFacts *phone_facts(Db *db, guint case_no, gint64 party, int contact, GError **error);
void phone_facts_free(PhoneFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PhoneFacts, phone_facts_free)

/* An open one stays, and is due no later. why: "key", or "silent", when nobody there
 * answers. */
bool phone_open(Db *db, guint case_no, gint64 party, int contact, gint64 due, const char *why,
    GError **error);

/* id (int), tag, severity, participant (text or null), contact (int), address,
 * name, phone, hours (text or null), mails (int: that wait for a key), since, due
 * (time), reminded (text: a date, or null), closed (time), how, why (text), number,
 * party, case (int or null). case_no 0: of all cases those that are open. */
Rows *phone_tasks(Db *db, guint case_no, GError **error);

/* Is the team to be told on that local date ("2026-11-24") that it is late? If
 * so it is noted that it was. */
bool phone_remind(Db *db, gint64 id, const char *day, bool *fresh, GError **error);

/* The operator: a participant that is a party of that case was told, how
 * ("phone", "portal", "person") and when. How many mails were dropped; -1 with
 * an error, REFUSED if there is no such party. */
gint64 phone_told(Db *db, const char *tag, const char *party, const char *how, gint64 at,
    GError **error);

#endif
