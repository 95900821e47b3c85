/* conf - a tree bound to a struct by a table; see conf.h */

#include "conf.h"

#include <string.h>

#include "error.h"
#include "file.h"
#include "text.h"

#define MEMBER(into, row, type) (*(type *)(void *)((char *)(into) + (row)->offset))

/* A value on its way into the struct: from the file, or a fallback. */
typedef struct {
	const ConfRow *row;
	const Tree *node;		/* to complain about */
	const char *text;		/* NULL if it is no scalar */
	void *into;
} Value;

typedef struct {
	char letter;
	gint64 factor;
} Unit;

static const Unit time_units[] = {
	{ 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 }, { 0, 0 },
};

static const Unit size_units[] = {
	{ 'k', 1024 }, { 'K', 1024 }, { 'M', 1024 * 1024 }, { 'G', 1024 * 1024 * 1024 }, { 0, 0 },
};

static const Unit no_units[] = { { 0, 0 } };

static const struct {
	const char *word;
	bool value;
} truths[] = {
	{ "yes", true }, { "no", false }, { "true", true }, { "false", false },
};

/* --- values --- */

static bool
complain(const Value *value, GError **error, const char *wanted)
{
	if (value->text == NULL)
		return tree_complain(value->node, error, "%s: expected %s", value->row->name, wanted);
	return tree_complain(value->node, error, "%s: expected %s, not '%s'", value->row->name,
	    wanted, value->text);
}

/* Digits, then at most one unit. */
static bool
parse_amount(const char *text, const Unit *units, gint64 *amount)
{
	gsize digits = strspn(text, "0123456789");
	g_autofree char *number = g_strndup(text, digits);
	gint64 factor = text[digits] == '\0' ? 1 : 0;

	for (; units->letter != 0; units++)
		if (text[digits] == units->letter && text[digits + 1] == '\0')
			factor = units->factor;
	if (factor == 0 || !g_ascii_string_to_signed(number, 10, 0, G_MAXINT64 / factor, amount, NULL))
		return false;
	*amount *= factor;
	return true;
}

static bool
put_amount(const Value *value, const Unit *units, const char *what, GError **error)
{
	const ConfRow *row = value->row;
	g_autofree char *wanted = NULL;
	gint64 amount;

	if (value->text != NULL && parse_amount(value->text, units, &amount) &&
	    ((row->least == 0 && row->most == 0) || (amount >= row->least && amount <= row->most))) {
		MEMBER(value->into, row, gint64) = amount;
		return true;
	}
	wanted = row->least == 0 && row->most == 0 ? g_strdup(what) :
	    g_strdup_printf("%s from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, what,
	        row->least, row->most);
	return complain(value, error, wanted);
}

static bool
put_bool(const Value *value, GError **error)
{
	for (gsize i = 0; value->text != NULL && i < G_N_ELEMENTS(truths); i++)
		if (g_str_equal(value->text, truths[i].word)) {
			MEMBER(value->into, value->row, bool) = truths[i].value;
			return true;
		}
	return complain(value, error, "yes or no");
}

static bool
put_text(const Value *value, GError **error)
{
	if (value->text == NULL)
		return complain(value, error, "a text");
	MEMBER(value->into, value->row, char *) = g_strdup(value->text);
	return true;
}

static bool
put_word(const Value *value, GError **error)
{
	g_autofree char *known = g_strjoinv(" or ", (char **)value->row->words);

	if (value->text == NULL || !g_strv_contains(value->row->words, value->text))
		return complain(value, error, known);
	return put_text(value, error);
}

static bool
put_path(const Value *value, GError **error)
{
	g_autofree char *folder = NULL;
	g_autofree char *base = NULL;

	if (value->text == NULL)
		return complain(value, error, "a path");
	if (*value->text == '\0')
		return put_text(value, error);
	folder = g_path_get_dirname(tree_file(value->node));
	base = g_canonicalize_filename(folder, NULL);
	MEMBER(value->into, value->row, char *) = g_canonicalize_filename(value->text, base);
	return true;
}

static bool
put_texts(const Value *value, GError **error)
{
	g_autoptr(GStrvBuilder) builder = g_strv_builder_new();

	if (value->text != NULL && *value->text != '\0')
		g_strv_builder_add(builder, value->text);
	if (value->text == NULL && tree_kind(value->node) == TREE_MAP)
		return complain(value, error, "a list of texts");
	for (guint i = 0; value->text == NULL && i < tree_length(value->node); i++) {
		const char *text = tree_text(tree_at(value->node, i));

		if (text == NULL)
			return complain(value, error, "a list of texts");
		g_strv_builder_add(builder, text);
	}
	MEMBER(value->into, value->row, char **) = g_strv_builder_end(builder);
	return true;
}

/* An empty list may be written as nothing at all. */
static bool
put_list(const Value *value, GError **error)
{
	GPtrArray *elements = g_ptr_array_new();

	MEMBER(value->into, value->row, GPtrArray *) = elements;
	if (value->text == NULL ? tree_kind(value->node) != TREE_LIST : *value->text != '\0')
		return complain(value, error, "a list");
	for (guint i = 0; value->text == NULL && i < tree_length(value->node); i++) {
		void *element = g_malloc0(value->row->size);

		g_ptr_array_add(elements, element);
		if (!conf_bind(tree_at(value->node, i), value->row->rows, element, error))
			return false;
	}
	return true;
}

static bool
put(const Value *value, GError **error)
{
	switch (value->row->type) {
	case CONF_TEXT:
		return put_text(value, error);
	case CONF_TEXTS:
		return put_texts(value, error);
	case CONF_NUMBER:
		return put_amount(value, no_units, "a number", error);
	case CONF_TIME:
		return put_amount(value, time_units, "a time such as 90s, 2m, 1h or 3d, in seconds", error);
	case CONF_SIZE:
		return put_amount(value, size_units, "a size such as 64k or 25M, in bytes", error);
	case CONF_BOOL:
		return put_bool(value, error);
	case CONF_WORD:
	case CONF_BRIEF:
		return put_word(value, error);
	case CONF_PATH:
		return put_path(value, error);
	case CONF_LIST:
		return put_list(value, error);
	}
	g_assert_not_reached();
}

/* Where the text of a row may stand as well: in place of the map above it. */
static const Tree *
brief_node(const Tree *tree, const ConfRow *row)
{
	g_autofree char *above = g_strdup(row->name);
	const Tree *node;

	if (row->type != CONF_BRIEF)
		return NULL;
	*strrchr(above, '.') = '\0';
	node = tree_find(tree, above);
	return node != NULL && tree_kind(node) == TREE_SCALAR ? node : NULL;
}

static bool
bind_row(const Tree *tree, const ConfRow *row, void *into, GError **error)
{
	const Tree *node = tree_find(tree, row->name);
	Value value = { .row = row, .into = into };

	if (node == NULL)
		node = brief_node(tree, row);
	value.node = node;
	if (node == NULL) {
		value.node = tree;
		value.text = row->type == CONF_LIST ? "" : row->fallback;
		if (value.text == NULL)
			return tree_complain(tree, error, "'%s' must be given", row->name);
	} else {
		value.text = tree_text(node);
	}
	return put(&value, error);
}

/* --- keys nobody knows --- */

static const char *
nearest(const ConfRow *rows, const char *key)
{
	guint best = (guint)MAX(strlen(key) / 3, 2) + 1;
	const char *name = NULL;

	for (; rows->name != NULL; rows++) {
		guint d = text_distance(key, rows->name);

		if (d < best) {
			best = d;
			name = rows->name;
		}
	}
	return name;
}

typedef enum { KEY_UNKNOWN, KEY_ROW, KEY_ABOVE } KeyKind;

static KeyKind
key_kind(const ConfRow *rows, const char *key, const Tree *node)
{
	gsize length = strlen(key);
	KeyKind kind = KEY_UNKNOWN;

	for (; rows->name != NULL && kind != KEY_ROW; rows++) {
		if (strncmp(rows->name, key, length) != 0)
			continue;
		if (rows->name[length] == '\0' ||
		    (rows->type == CONF_BRIEF && tree_kind(node) == TREE_SCALAR))
			kind = KEY_ROW;
		else if (rows->name[length] == '.')
			kind = KEY_ABOVE;
	}
	return kind;
}

static bool
complain_unknown(const Tree *node, const ConfRow *rows, const char *key, GError **error)
{
	const char *near = nearest(rows, key);

	if (near == NULL)
		return tree_complain(node, error, "unknown key '%s'", key);
	return tree_complain(node, error, "unknown key '%s'; did you mean '%s'?", key, near);
}

static bool
check_keys(const Tree *map, const char *above, const ConfRow *rows, GError **error)
{
	if (tree_kind(map) != TREE_MAP)
		return tree_complain(map, error, "expected keys and values%s%s",
		    *above != '\0' ? " under " : "", above);
	for (guint i = 0; i < tree_length(map); i++) {
		const Tree *node = tree_at(map, i);
		g_autofree char *key = g_strconcat(above, *above != '\0' ? "." : "",
		    tree_key_at(map, i), NULL);
		KeyKind kind = key_kind(rows, key, node);

		if (kind == KEY_UNKNOWN)
			return complain_unknown(node, rows, key, error);
		if (kind == KEY_ABOVE && !check_keys(node, key, rows, error))
			return false;
	}
	return true;
}

/* --- the whole --- */

bool
conf_bind(const Tree *tree, const ConfRow *rows, void *into, GError **error)
{
	bool bound = check_keys(tree, "", rows, error);

	for (const ConfRow *row = rows; bound && row->name != NULL; row++)
		bound = bind_row(tree, row, into, error);
	if (!bound)
		conf_clear(rows, into);
	return bound;
}

static void
clear_list(const ConfRow *row, void *into)
{
	g_autoptr(GPtrArray) elements = g_steal_pointer(&MEMBER(into, row, GPtrArray *));

	for (guint i = 0; elements != NULL && i < elements->len; i++) {
		conf_clear(row->rows, elements->pdata[i]);
		g_free(elements->pdata[i]);
	}
}

void
conf_clear(const ConfRow *rows, void *into)
{
	for (; rows->name != NULL; rows++)
		switch (rows->type) {
		case CONF_TEXT:
		case CONF_WORD:
		case CONF_BRIEF:
		case CONF_PATH:
			g_clear_pointer(&MEMBER(into, rows, char *), g_free);
			break;
		case CONF_TEXTS:
			g_clear_pointer(&MEMBER(into, rows, char **), g_strfreev);
			break;
		case CONF_LIST:
			clear_list(rows, into);
			break;
		case CONF_NUMBER:
		case CONF_TIME:
		case CONF_SIZE:
			MEMBER(into, rows, gint64) = 0;
			break;
		case CONF_BOOL:
			MEMBER(into, rows, bool) = false;
			break;
		}
}
