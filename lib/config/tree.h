/*
 * tree - a YAML file as a tree that remembers its lines
 *
 * The one fence around libyaml. Files written by people and read by us are
 * small and plain: at most 256 KiB, depth 8, one document, no anchors,
 * aliases, tags or doubled keys (T-19). Anything else is SETUP, "FILE: line
 * N: ...", because two readers must never see two things in one file.
 */

#ifndef SLUIS_CONFIG_TREE_H
#define SLUIS_CONFIG_TREE_H

#include <stdbool.h>
#include <glib.h>

typedef struct Tree Tree;

typedef enum { TREE_SCALAR, TREE_LIST, TREE_MAP } TreeKind;

/* The root is the caller's; all nodes below are borrowed from it. */
Tree *tree_load(const char *file, GError **error);
Tree *tree_parse(const char *name, GBytes *bytes, GError **error);
/* The same for what an operator hands in by name and may be as large as that. */
Tree *tree_parse_large(const char *name, GBytes *bytes, gsize most, GError **error);
void tree_free(Tree *root);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tree, tree_free)

TreeKind tree_kind(const Tree *node);
guint tree_line(const Tree *node);
const char *tree_file(const Tree *node);

/* A scalar's text; NULL if the node is no scalar. An empty plain scalar or
 * "~" is "". */
const char *tree_text(const Tree *node);

/* Children of a list or map, in the order of the file; keys of a map. */
guint tree_length(const Tree *node);
const Tree *tree_at(const Tree *node, guint index);
const char *tree_key_at(const Tree *node, guint index);
const Tree *tree_get(const Tree *map, const char *key);	/* NULL if absent */
const Tree *tree_find(const Tree *root, const char *dotted);	/* "a.b.c"; NULL if absent */

/* Sets a SETUP error "FILE: line N: ..." and returns false. */
bool tree_complain(const Tree *node, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

#endif
