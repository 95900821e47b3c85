/*
 * directory - participants, contacts, analysts and their pinned certificates
 */

#ifndef SLUIS_STORE_DIRECTORY_H
#define SLUIS_STORE_DIRECTORY_H

#include "db.h"

typedef struct {
	int participant;	/* row id */
	char *name;		/* handle */
	char *title;
	char *how;		/* "domain", "network", "name" */
	char *what;		/* what matched: "portaal.delinde.example"; of a name, as the
				 * directory spells it */
	bool sole;		/* nobody else was found by the same */
	char *policy;		/* in force there; NULL */
	GPtrArray *out_of_scope; /* char *: what that leaves out */
	const char *sure;	/* "sure", "likely", "maybe": whoever reads the text says so */
} Match;

void match_free(Match *match);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Match, match_free)

/* Participants concerned, by hosts (canonical domains), addresses, and what could be
 * names (see naming.h), in one question. A host matches a listed domain that is it
 * or above it, the longest one only; an address the smallest network; a name a title
 * or alias. Of Match, one per participant and thing; those of one participant stand
 * together. sure is left to the caller. */
GPtrArray *directory_match(Db *db, const GPtrArray *hosts, const GPtrArray *addresses,
    const GPtrArray *names, GError **error);

/* Of whom a case is about, and of its parties: name, policy, agreement, tlp_default
 * (text), out_of_scope (text[]). */
Rows *directory_policies(Db *db, guint case_no, GError **error);

/* A product participants use. */
typedef struct {
	char *name;
	guint users;		/* no more than asked for */
	GPtrArray *some;	/* char *: handles of the first few */
} Product;

void product_free(Product *product);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Product, product_free)
GPtrArray *directory_products(Db *db, const GPtrArray *names, guint most, GError **error);

/* The participant one of whose contacts has this address, or within whose
 * domains it is; 0 if none. */
int directory_participant_of(Db *db, const char *address, GError **error);

/* Whose pinned certificate has a key of that fingerprint: the participant of
 * a contact, or an analyst; both 0 if nobody's. */
bool directory_owner_of_key(Db *db, const char *fingerprint, int *participant,
    int *analyst, GError **error);

/* The contact of a participant whose pinned key that is, else whose address; either
 * may be NULL. 0: none of them, -1 with an error. *name: what it is called, else its
 * address; NULL for none. */
int directory_contact_of(Db *db, int participant, const char *address, const char *fingerprint,
    char **name, GError **error);

/* An active analyst by address; 0 if none. */
int directory_analyst_of(Db *db, const char *address, GError **error);

/* Pinned certificates, of GBytes: by address of their owner; by fingerprint or
 * 16-digit key id of any of their keys. */
GPtrArray *directory_certificates(Db *db, const char *address, GError **error);
GPtrArray *directory_certificates_by_key(Db *db, const char *fingerprint, GError **error);

/* work, adm: its owner took it back, as those bytes show, for all who have it
 * pinned. */
bool directory_revoke(Db *db, const char *fingerprint, GBytes *bytes, GError **error);

/* Somebody we write to. */
typedef struct {
	int id;			/* analyst or contact */
	char *name;		/* handle of an analyst, name of a contact or NULL */
	char *address;
	char *language;		/* of a contact; NULL: the participant's first */
	char *phone, *hours;	/* of a contact; NULL if not known */
	bool deputy;		/* stands in for another contact */
	char *fingerprint;	/* NULL: no certificate at all */
	char *encryption;	/* subkey's fingerprint; NULL if unusable */
	GBytes *certificate;
	gint64 expires;		/* microseconds; 0 never */
	char *unusable;		/* why; NULL if fine. Judged again at this moment for expiry */
} Correspondent;

void correspondent_free(Correspondent *correspondent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Correspondent, correspondent_free)

/* One of a row that has its columns. */
Correspondent *correspondent_read(const Rows *rows, guint row);

/* The one of that id among them; NULL. */
const Correspondent *correspondent_among(const GPtrArray *all, int id);

/* All active analysts; all contacts of a participant that receive cases. The
 * best certificate of each: a usable one, the newest. */
GPtrArray *directory_analysts(Db *db, GError **error);
GPtrArray *directory_contacts(Db *db, int participant, GError **error);

/* Those of a participant that receive digests, as its digest sees them (digests.h). */
GPtrArray *directory_digest_contacts(Db *db, int participant, GError **error);

/* Who stands in for a contact: its deputies ("deputy"), or those who receive
 * cases at the organisation its participant takes part through ("umbrella"). */
GPtrArray *directory_stand_ins(Db *db, int contact, const char *role, GError **error);

/* Whom an outbox row's target names ("contact 9"); NULL without error if they
 * are not written to any more. */
Correspondent *directory_correspondent(Db *db, const char *target, GError **error);

/* A participant by handle: row id (0 without error: there is none), title,
 * kind and first language. */
int directory_participant(Db *db, const char *name, char **title, char **language, GError **error);

/* What it is: "member", "supplier", "counsel" ...; NULL without an error: there
 * is none of that handle. */
char *directory_kind(Db *db, const char *name, GError **error);

#endif
