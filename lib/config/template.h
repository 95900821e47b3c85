/*
 * template - a mail as one would write it, with ${names} in it
 *
 * conf/mail/nl/ack.txt: "Subject: ...", an empty line, the body. No loops and
 * no conditions: another text is another file. The first line is the subject.
 * A name that is unknown, or a value no line asks for, is a fault of the
 * setup. A language that lacks the file falls back to "en".
 */

#ifndef SLUIS_CONFIG_TEMPLATE_H
#define SLUIS_CONFIG_TEMPLATE_H

#include <stdbool.h>
#include <glib.h>

typedef struct {
	char *subject;
	char *body;		/* LF lines, ends in LF */
} Text;

/* values: name -> value, both char *. Filled by one pass: what a value
 * contains is never filled again. */
Text *template_fill(const char *folder, const char *language, const char *name,
    GHashTable *values, GError **error);
void text_free(Text *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Text, text_free)

/* Just the words of a label, such as a table's heading: words/NAME has lines
 * "key: text". NULL with SETUP if folder/LANG/words.txt lacks the key. */
GHashTable *template_words(const char *folder, const char *language, GError **error);

/* A word of them by its key, or by its family and key ("class-leak"); one that is
 * missing shows as its key, since no mail is held up by a text. Borrowed. */
const char *template_word(GHashTable *words, const char *key);
const char *template_word_of(GHashTable *words, const char *family, const char *key);

#endif
