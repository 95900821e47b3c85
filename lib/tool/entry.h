/*
 * entry - a participant of the directory, on its way in or out
 *
 * Wherever it comes from (YAML, CSV, options, the database) and wherever it
 * goes (the database, YAML, CSV, a table, a list of differences) it is one Json
 * with the fields of the tables here. What comes in is made canonical at once,
 * where line and column are still known. A contact's "keys" are objects:
 * {fingerprint, algorithm, expires, unusable, user_ids, armour}, and whose word
 * each has.
 */

#ifndef SLUIS_TOOL_ENTRY_H
#define SLUIS_TOOL_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <glib.h>

#include "json.h"

typedef enum { FIELD_TEXT, FIELD_TEXTS, FIELD_FLAG } FieldKind;

typedef struct {
	const char *name;
	FieldKind kind;
	size_t offset;				/* in the store's record */
	char *(*canonical)(const char *text);
	const char *expected;			/* "a domain that is no public suffix" */
	bool ordered;				/* a list whose order says something */
} Field;

/* Ended by a row without name. "contacts" and "keys" are in none of them. */
extern const Field participant_fields[], contact_fields[], key_fields[];

const Field *field_find(const Field *fields, const char *name);	/* NULL: unknown */

/* Puts a field's value, made canonical and without doubles; nothing if it is
 * empty. REFUSED with "domains: expected ..., not ...". */
bool entry_set(Json *entry, const Field *field, const GPtrArray *texts, GError **error);
bool entry_set_text(Json *entry, const Field *field, const char *text, GError **error);

/* The value as people read it, lists with ", "; NULL if it is not there. */
char *entry_show(const Json *entry, const Field *field);

/* Fills the store's record from an entry. What it points to belongs to the
 * entry and to lists. */
void entry_fill(const Json *entry, const Field *fields, void *record, GPtrArray *lists);

/* The contact of that address; NULL. */
const Json *entry_contact(const Json *entry, const char *address);
/* The key of that fingerprint of a contact; NULL. */
const Json *contact_key(const Json *contact, const char *fingerprint);

#endif
