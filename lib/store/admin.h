/*
 * admin - what the operator's tool asks of the store, as role sluis_adm
 *
 * Records go in as structs; what is listed comes out as Rows, whose columns
 * are named at each function, so that the tool can print them as it likes. A
 * sealed column stands beside its wrapped data key: "wrapped" opens "record"
 * and so on. Functions that are told a name fail with REFUSED and a sentence
 * for people when there is none of that name.
 */

#ifndef SLUIS_STORE_ADMIN_H
#define SLUIS_STORE_ADMIN_H

#include "db.h"

/* A participant as it is put: NULL and -1 leave a known one's value alone and
 * give a new one the default. A list replaces the whole list. */
typedef struct {
	const char *name, *title, *kind, *size, *umbrella, *policy, *agreement;
	const char *tlp_default, *fallback;
	int digest;			/* 0, 1, -1 */
	const GPtrArray *aliases, *languages, *products;
	const GPtrArray *domains;	/* canonical: lower case, A-labels */
	const GPtrArray *networks;	/* CIDR; a lone address is a network of one */
	const GPtrArray *out_of_scope;	/* what the policy leaves out */
} ParticipantRecord;

/* Row id; 0: error. *fresh: it is a new one. A title is needed for a new one;
 * NULL makes it the name. */
int admin_put_participant(Db *db, const ParticipantRecord *record, bool *fresh, GError **error);
bool admin_remove_participant(Db *db, const char *name, GError **error);

/* name, id, title, kind, size, umbrella, policy, agreement, tlp_default,
 * fallback (text), digest (bool), aliases, languages, products, domains,
 * networks, out_of_scope (text[]), added (time). Sorted by name; one: exactly one row. */
Rows *admin_participants(Db *db, GError **error);
Rows *admin_participant(Db *db, const char *name, GError **error);

typedef struct {
	const char *address, *name, *role, *phone, *hours, *deputy_of, *language;
	const GPtrArray *receives;	/* NULL: cases, digest, advisories */
} ContactRecord;

/* Row id; 0: error. Found again by address within the participant. */
int admin_put_contact(Db *db, int participant, const ContactRecord *record, bool *fresh,
    GError **error);
bool admin_remove_contact(Db *db, int participant, const char *address, GError **error);

/* participant (int), participant_name, id (int), address, name, role, phone,
 * hours, deputy_of, language (text), receives (text[]), unreachable (time or
 * null), unreachable_status (text or null), in the order they were put. participant 0: of all. */
Rows *admin_contacts(Db *db, int participant, GError **error);

/* Row id; 0: error. Found again by name; a removed one becomes active again. reads:
 * the compartments open to them; NULL leaves them, of a new one none. */
int admin_put_analyst(Db *db, const char *name, const char *address, const GPtrArray *reads,
    bool *fresh, GError **error);
bool admin_remove_analyst(Db *db, const char *name, GError **error);
/* id (int), name, address (text), active (bool), added (time), unreachable,
 * unreachable_status as of contacts, reads (text[]). Active first,
 * by name. */
Rows *admin_analysts(Db *db, GError **error);
/* analyst (int), sent, answered (time), signed, encrypted, nonce, subject (bool):
 * how the trial of each was answered, null: not yet. */
Rows *admin_trials(Db *db, GError **error);

/* id (int), at (time), who, what, tag (text or null), reception (int or null),
 * detail (text or null). Newest first; most 0: all. */
Rows *admin_audit(Db *db, guint most, GError **error);

/* A minimised certificate of a contact or an analyst, one of which is not 0. */
typedef struct {
	int contact, analyst;
	const char *fingerprint;	/* 40 upper hex, primary */
	const char *encryption;		/* the subkey's; NULL: none usable */
	GBytes *bytes;
	const char *algorithm;
	const GPtrArray *user_ids;
	const GPtrArray *subkeys;	/* fingerprints, primary included */
	gint64 made, expires;		/* microseconds; expires 0: never */
	const char *unusable;		/* why nothing is encrypted to it; NULL: fine */
	/* Whose word it has, how it was checked (a word of the schema's) and when
	 * (RFC 3339); NULL: as it was, of a new one the operator's, unchecked, now. */
	const char *vouched_by, *vouched_how, *vouched;
} CertificateRecord;

/* Pins it, or puts this version of it in the place of the one that is pinned, for
 * everybody who has it. *fresh: this owner had none. */
bool admin_put_certificate(Db *db, const CertificateRecord *record, bool *fresh, GError **error);
/* The bytes of a certificate that is pinned for anybody; NULL without an error:
 * it is not. */
GBytes *admin_known_certificate(Db *db, const char *fingerprint, GError **error);
bool admin_remove_certificate(Db *db, const char *owner, const char *fingerprint, GError **error);
/* owner ("analyst", "contact"), name (of the analyst or participant), address,
 * contact, analyst (int or null), fingerprint, encryption, algorithm, unusable
 * (text or null), user_ids (text[]), made, expires, pinned, vouched (time),
 * vouched_by, vouched_how (text), bytes. */
Rows *admin_certificates(Db *db, GError **error);

/* case_no (int), tag, inbox (address; inboxes, text[], are all it came to),
 * status, class, motive, severity, tlp
 * (text), participants (text[]: handles), wrapped, title (bytes or null),
 * opened, changed (time), owner (text or null). Newest first; most 0: all. */
Rows *admin_cases(Db *db, guint most, GError **error);
Rows *admin_case(Db *db, const char *tag, GError **error);	/* exactly one row */

/* id, number (int), role (text), participant (text: handle, or null), title
 * (of the participant), language, reporter (int or null), wrapped, record
 * (bytes: the reporter's; or null), number_wrapped, own_number (bytes or null),
 * direct (bool). */
Rows *admin_parties(Db *db, guint case_no, GError **error);
/* id (int), direction, party (int), time, encryption, signature (text or
 * null), verified, replayed (bool), kind (text or null), wrapped, extract (bytes), reception, outbox (int or
 * null). Oldest first. */
Rows *admin_messages(Db *db, guint case_no, GError **error);
/* id (int), at (time), kind, who, detail (text). Oldest first. */
Rows *admin_events(Db *db, guint case_no, GError **error);

/* id (int), state, inbox (address), size (int), received (time), tries (int),
 * reason, tag (text or null), class, motive, encryption, signature (text or
 * null), wrapped, envelope (bytes), extract_wrapped, extract (bytes or null),
 * blob (text; wrapped opens it too, purpose "raw"). Newest first; most 0: all. */
Rows *admin_receptions(Db *db, guint most, GError **error);
Rows *admin_reception(Db *db, gint64 id, GError **error);	/* exactly one row */
/* A parked reception is received again, with its tries at 0. */
bool admin_retry_reception(Db *db, gint64 id, GError **error);

/* id (int), tag (text or null), party (int or null), kind, state, reason, cause,
 * target (text), attempts (int), filed, not_before, sent (time), wrapped,
 * record (bytes), built (bool: the final bytes are there). Newest first; most
 * 0: all. */
Rows *admin_outbox(Db *db, guint most, GError **error);
Rows *admin_outgoing(Db *db, gint64 id, GError **error);	/* exactly one row */

/* A held mail may leave: it becomes ready, or, while there is only a draft of
 * it, held as "waiting" until work has built it. REFUSED if it is not held. */
bool admin_release(Db *db, gint64 id, GError **error);
/* A held or ready mail never leaves. REFUSED if it is under way or gone. */
bool admin_drop(Db *db, gint64 id, GError **error);

#endif
