/* tree - a YAML file as a tree that remembers its lines; see tree.h */

#include "tree.h"

#include <string.h>
#include <yaml.h>

#include "error.h"
#include "file.h"

#define SIZE_MOST (256 * 1024)
#define DEPTH_MOST 8

struct Tree {
	TreeKind kind;
	guint line;
	GRefString *file;
	char *text;			/* of a scalar */
	GPtrArray *children;		/* of Tree; of a list or map */
	GPtrArray *keys;		/* of char *; of a map */
	GHashTable *by_key;		/* the same, for looking up */
};

typedef struct {
	yaml_parser_t yaml;
	const char *name;
	GRefString *file;
	guint depth;
	GError **error;
} Parser;

static Tree *parse_node(Parser *parser, const yaml_event_t *event);

void
tree_free(Tree *root)
{
	if (root == NULL)
		return;
	g_clear_pointer(&root->by_key, g_hash_table_unref);
	g_clear_pointer(&root->keys, g_ptr_array_unref);
	g_clear_pointer(&root->children, g_ptr_array_unref);
	g_ref_string_release(root->file);
	g_free(root->text);
	g_free(root);
}

static void
free_child(void *node)
{
	tree_free(node);
}

static Tree *
node_new(const Parser *parser, TreeKind kind, const yaml_event_t *event)
{
	Tree *node = g_new0(Tree, 1);

	node->kind = kind;
	node->line = (guint)event->start_mark.line + 1;
	node->file = g_ref_string_acquire(parser->file);
	if (kind != TREE_SCALAR)
		node->children = g_ptr_array_new_with_free_func(free_child);
	if (kind == TREE_MAP) {
		node->keys = g_ptr_array_new_with_free_func(g_free);
		node->by_key = g_hash_table_new(g_str_hash, g_str_equal);
	}
	return node;
}

static void *
refuse(const Parser *parser, size_t line, const char *what)
{
	error_set(parser->error, SLUIS_ERROR_SETUP, "%s: line %zu: %s", parser->name,
	    line + 1, what);
	return NULL;
}

/* The next event that is no alias, tag or anchor; false with an error. */
static bool
next_event(Parser *parser, yaml_event_t *event)
{
	const char *odd = NULL;

	if (!yaml_parser_parse(&parser->yaml, event)) {
		refuse(parser, parser->yaml.problem_mark.line,
		    parser->yaml.problem != NULL ? parser->yaml.problem : "not YAML");
		return false;
	}
	if (event->type == YAML_ALIAS_EVENT)
		odd = "aliases are not used here";
	else if ((event->type == YAML_SCALAR_EVENT && event->data.scalar.anchor != NULL) ||
	    (event->type == YAML_SEQUENCE_START_EVENT && event->data.sequence_start.anchor != NULL) ||
	    (event->type == YAML_MAPPING_START_EVENT && event->data.mapping_start.anchor != NULL))
		odd = "anchors are not used here";
	else if ((event->type == YAML_SCALAR_EVENT && event->data.scalar.tag != NULL) ||
	    (event->type == YAML_SEQUENCE_START_EVENT && event->data.sequence_start.tag != NULL) ||
	    (event->type == YAML_MAPPING_START_EVENT && event->data.mapping_start.tag != NULL))
		odd = "tags are not used here";
	if (odd == NULL)
		return true;
	refuse(parser, event->start_mark.line, odd);
	yaml_event_delete(event);
	return false;
}

/* Passes over an event that must be of that type. */
static bool
expect(Parser *parser, yaml_event_type_t type, const char *otherwise)
{
	yaml_event_t event;
	bool right;

	if (!next_event(parser, &event))
		return false;
	right = event.type == type;
	if (!right)
		refuse(parser, event.start_mark.line, otherwise);
	yaml_event_delete(&event);
	return right;
}

static Tree *
parse_scalar(Parser *parser, const yaml_event_t *event)
{
	const char *text = (const char *)event->data.scalar.value;
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	Tree *node;

	if (strlen(text) != event->data.scalar.length)
		return refuse(parser, event->start_mark.line, "a NUL in a text");
	node = node_new(parser, TREE_SCALAR, event);
	node->text = g_strdup(plain && g_str_equal(text, "~") ? "" : text);
	return node;
}

static Tree *
parse_child(Parser *parser)
{
	yaml_event_t event;
	Tree *node;

	if (!next_event(parser, &event))
		return NULL;
	node = parse_node(parser, &event);
	yaml_event_delete(&event);
	return node;
}

static bool
add_item(Parser *parser, Tree *list, const yaml_event_t *event)
{
	Tree *item = parse_node(parser, event);

	if (item != NULL)
		g_ptr_array_add(list->children, item);
	return item != NULL;
}

/* A child has the line of its key, where a person looks for it. */
static bool
add_pair(Parser *parser, Tree *map, const yaml_event_t *event)
{
	const char *key = (const char *)event->data.scalar.value;
	Tree *value;

	if (event->type != YAML_SCALAR_EVENT ||
	    strlen(key) != event->data.scalar.length)
		return refuse(parser, event->start_mark.line, "a key must be a plain word");
	if (g_hash_table_contains(map->by_key, key))
		return refuse(parser, event->start_mark.line, "this key is here twice");
	value = parse_child(parser);
	if (value == NULL)
		return false;
	value->line = (guint)event->start_mark.line + 1;
	g_ptr_array_add(map->keys, g_strdup(key));
	g_ptr_array_add(map->children, value);
	g_hash_table_insert(map->by_key, map->keys->pdata[map->keys->len - 1], value);
	return true;
}

static Tree *
parse_collection(Parser *parser, const yaml_event_t *start)
{
	bool is_map = start->type == YAML_MAPPING_START_EVENT;
	g_autoptr(Tree) node = node_new(parser, is_map ? TREE_MAP : TREE_LIST, start);
	bool ok = true, ended = false;
	yaml_event_t event;

	if (parser->depth == DEPTH_MOST)
		return refuse(parser, start->start_mark.line, "nested too deep");
	parser->depth++;
	while (ok && !ended) {
		if (!next_event(parser, &event))
			return NULL;
		ended = event.type == (is_map ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT);
		if (!ended)
			ok = is_map ? add_pair(parser, node, &event) :
			    add_item(parser, node, &event);
		yaml_event_delete(&event);
	}
	parser->depth--;
	return ok ? g_steal_pointer(&node) : NULL;
}

static Tree *
parse_node(Parser *parser, const yaml_event_t *event)
{
	if (event->type == YAML_SCALAR_EVENT)
		return parse_scalar(parser, event);
	if (event->type == YAML_SEQUENCE_START_EVENT || event->type == YAML_MAPPING_START_EVENT)
		return parse_collection(parser, event);
	return refuse(parser, event->start_mark.line, "the file is empty");
}

static Tree *
parse_document(Parser *parser)
{
	g_autoptr(Tree) root = NULL;

	if (!expect(parser, YAML_STREAM_START_EVENT, "not YAML") ||
	    !expect(parser, YAML_DOCUMENT_START_EVENT, "the file is empty"))
		return NULL;
	root = parse_child(parser);
	if (root == NULL ||
	    !expect(parser, YAML_DOCUMENT_END_EVENT, "not YAML") ||
	    !expect(parser, YAML_STREAM_END_EVENT, "more than one document"))
		return NULL;
	return g_steal_pointer(&root);
}

Tree *
tree_parse_large(const char *name, GBytes *bytes, gsize most, GError **error)
{
	Parser parser = { .name = name, .error = error };
	gsize length;
	const void *data = g_bytes_get_data(bytes, &length);
	Tree *root;

	if (length > most) {
		error_set(error, SLUIS_ERROR_SETUP, "%s: larger than %zu KiB", name, most / 1024);
		return NULL;
	}
	if (!yaml_parser_initialize(&parser.yaml))
		g_error("out of memory");
	yaml_parser_set_input_string(&parser.yaml, data != NULL ? data : (const void *)"", length);
	yaml_parser_set_encoding(&parser.yaml, YAML_UTF8_ENCODING);
	parser.file = g_ref_string_new(name);
	root = parse_document(&parser);
	g_ref_string_release(parser.file);
	yaml_parser_delete(&parser.yaml);
	return root;
}

Tree *
tree_parse(const char *name, GBytes *bytes, GError **error)
{
	return tree_parse_large(name, bytes, SIZE_MOST, error);
}

Tree *
tree_load(const char *file, GError **error)
{
	g_autoptr(GBytes) bytes = file_read(file, SIZE_MOST, error);

	return bytes != NULL ? tree_parse(file, bytes, error) : NULL;
}

TreeKind
tree_kind(const Tree *node)
{
	return node->kind;
}

guint
tree_line(const Tree *node)
{
	return node->line;
}

const char *
tree_file(const Tree *node)
{
	return node->file;
}

const char *
tree_text(const Tree *node)
{
	return node->text;
}

guint
tree_length(const Tree *node)
{
	return node->children != NULL ? node->children->len : 0;
}

const Tree *
tree_at(const Tree *node, guint index)
{
	return index < tree_length(node) ? node->children->pdata[index] : NULL;
}

const char *
tree_key_at(const Tree *node, guint index)
{
	return node->keys != NULL && index < node->keys->len ? node->keys->pdata[index] : NULL;
}

const Tree *
tree_get(const Tree *map, const char *key)
{
	return map->by_key != NULL ? g_hash_table_lookup(map->by_key, key) : NULL;
}

const Tree *
tree_find(const Tree *root, const char *dotted)
{
	g_auto(GStrv) keys = g_strsplit(dotted, ".", -1);

	for (char **key = keys; *key != NULL && root != NULL; key++)
		root = tree_get(root, *key);
	return root;
}

bool
tree_complain(const Tree *node, GError **error, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	return error_set(error, SLUIS_ERROR_SETUP, "%s: line %u: %s", node->file, node->line, text);
}
