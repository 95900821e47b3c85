/*
 * labelled - mails of which somebody said what they are
 *
 * A folder says it in one of three ways: by an INDEX.csv with a column "file" and
 * one named "expect", "class" or "label"; by a texts.json, a list of {id, label,
 * subject, text}; else by its folders, each named by the label of what is in it.
 * A file is a mail, or the text of one without a header.
 *
 * A column "motive", or a member of that name, says what the sender wants; empty or
 * another word: nobody said.
 *
 * A label is a class, or a word that stands for one or several ("low-value",
 * "abuse"), or several of them joined by "-or-"; of an "expect", the words in
 * capitals, and "CLASS:label". What has no label we know is counted, not judged.
 */

#ifndef SLUIS_TOOL_LABELLED_H
#define SLUIS_TOOL_LABELLED_H

#include <stdbool.h>
#include <glib.h>

#define LABELLED_NO_MOTIVE G_MAXUINT

typedef struct {
	char *name;		/* for people */
	char *label;		/* as it was given */
	guint classes;		/* a bit for each of verdict_classes() it may be */
	guint motive;		/* of verdict_motives(), or LABELLED_NO_MOTIVE */
	bool low_value, of_value;	/* a finding that is of no use, or one that is */
	GBytes *mail;
} Labelled;

/* Adds those of a folder to all, of Labelled, and to *unknown how many have no
 * label we know. */
bool labelled_read(const char *folder, GPtrArray *all, guint *unknown, GError **error);
GPtrArray *labelled_new(void);

/* The same of the lessons that come with sluis; there may be none. */
bool labelled_read_shipped(GPtrArray *all, guint *unknown, GError **error);

/* The first class it may be. */
guint labelled_class(const Labelled *labelled);

#endif
