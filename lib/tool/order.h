/*
 * order - what was typed at the operator's tool
 *
 * A noun is a file here with a table of verbs, and a verb is a row: its words,
 * its options, its function. Options may stand anywhere behind the noun and
 * are kept in the order they were typed, because "--key" belongs to the
 * "--contact" before it. Every verb that lists or shows has --json.
 */

#ifndef SLUIS_TOOL_ORDER_H
#define SLUIS_TOOL_ORDER_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "settings.h"

/* argument NULL: a flag. A table ends with a row without name. */
typedef struct {
	const char *name;		/* "domain" */
	const char *argument;		/* "DOMAIN" */
} OrderOption;

typedef struct {
	const char *name;
	const char *value;		/* NULL of a flag */
} Typed;

typedef struct Verb Verb;

typedef struct {
	const Verb *verb;
	char *file;			/* the settings, read or not */
	Settings *settings;		/* NULL where the verb wants none */
	bool json;
	GPtrArray *words;		/* const char *: what is no option */
	GArray *typed;			/* of Typed */
	GPtrArray *brought;		/* char *: what descend() put in their place */
	Db *session;			/* of a verb that wants_session, or NULL */
	bool inside;			/* we stand in the folder it makes */
} Order;

struct Verb {
	const char *noun;
	const char *name;		/* NULL: the noun says it all */
	const char *words;		/* "TAG PARTICIPANT", for people */
	guint least, most;		/* how many words */
	const OrderOption *options;	/* NULL: none */
	const char *summary;
	const char *user;		/* whom root becomes to do it; NULL: ACCOUNT_ADM */
	bool wants_session;		/* as sluis_adm, whoever it is run as */
	bool brings_file;		/* its first word is a file root reads for it */
	bool makes_folder;		/* its first word is a folder root makes for it */
	bool without_settings;		/* root stays root */
	bool has_json;
	bool (*run)(const Order *order, GError **error);
};

/* arguments is what stands behind noun and verb; file the settings file. A wrong
 * command line is PROGRAM_USAGE. */
Order *order_new(const Verb *verb, char *const *arguments, const char *file,
    GError **error);
void order_free(Order *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Order, order_free)

const char *order_word(const Order *order, guint n);	/* NULL: not so many */
bool order_flag(const Order *order, const char *name);
const char *order_text(const Order *order, const char *name);	/* the last; NULL */
GPtrArray *order_texts(const Order *order, const char *name);	/* all; NULL: none */

/* A word that must be a number of ours; 0: it is none. */
gint64 order_number(const Order *order, guint n, GError **error);

#endif
