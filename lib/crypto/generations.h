/*
 * generations - the team's keys from year to year, and which of them is what
 *
 * The file "team" of the ring names the key that signs and is advertised now;
 * it is replaced as a whole, and that is the change. Beside it lies the file
 * "generations" with what else is to be known of each key: for which year it
 * was made, until when it was the one, why it is that no more, and when its
 * secret half was given up. Whatever that file says, the key that "team" names
 * is the current one, so that a change that was cut short was not begun.
 */

#ifndef SLUIS_CRYPTO_GENERATIONS_H
#define SLUIS_CRYPTO_GENERATIONS_H

#include <stdbool.h>
#include <glib.h>

/* Why a key was followed by another: its year was over, or it was lost or
 * somebody else may have it. */
typedef enum { CHANGED_YEAR, CHANGED_LOST, CHANGED_STOLEN } ChangedWhy;

typedef struct {
	char *fingerprint;	/* primary, 40 upper hex */
	int year;		/* it was made for; 0: not known */
	gint64 until;		/* it was the current one; 0: it may still become it */
	ChangedWhy why;		/* of a former one */
	gint64 retired;		/* we cannot decrypt with it any more since; 0 */
} Generation;

typedef struct {
	char *current;		/* what "team" names; "": there is no such file */
	GPtrArray *keys;	/* of Generation, in the order they were made */
} Generations;

Generations *generations_load(const char *home, GError **error);
bool generations_save(const Generations *generations, const char *home, GError **error);
void generations_free(Generations *generations);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Generations, generations_free)

/* Names another key as the current one, in the file "team" and here. */
bool generations_switch(Generations *generations, const char *home, const char *fingerprint,
    GError **error);

/* The key of that fingerprint; NULL: nothing is known of it. */
Generation *generations_find(const Generations *generations, const char *fingerprint);
/* The same, added if it is not there. */
Generation *generations_add(Generations *generations, const char *fingerprint);
/* The one that is made and not the current one yet; NULL: none. */
Generation *generations_next(const Generations *generations);
/* Was it the current one, and is not any more? */
bool generation_is_former(const Generations *generations, const Generation *key);

const char *changed_word(ChangedWhy why);	/* "year", "lost", "stolen" */
bool changed_of(const char *word, ChangedWhy *why);

/* Three years after it was the current one a key may be given up (T-32). */
gint64 generation_retires(const Generation *key);

#endif
