/*
 * batch_yaml - participants from participants.yaml(5)
 */

#include "batch_private.h"

#include <string.h>

#include "error.h"
#include "tree.h"

/* A list, or one scalar as a list of one. */
static GPtrArray *
node_texts(const Tree *node, GError **error)
{
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);

	if (tree_kind(node) == TREE_SCALAR)
		g_ptr_array_add(texts, g_strdup(tree_text(node)));
	for (guint i = 0; tree_kind(node) == TREE_LIST && i < tree_length(node); i++) {
		const Tree *child = tree_at(node, i);

		if (tree_kind(child) != TREE_SCALAR) {
			tree_complain(child, error, "expected a text");
			return NULL;
		}
		g_ptr_array_add(texts, g_strdup(tree_text(child)));
	}
	if (tree_kind(node) == TREE_MAP) {
		tree_complain(node, error, "expected a text or a list of texts");
		return NULL;
	}
	return g_steal_pointer(&texts);
}

static bool
complain_unknown(const Tree *node, const char *key, const Field *fields,
    const char *more, GError **error)
{
	g_autoptr(GString) known = g_string_new(NULL);

	for (; fields->name != NULL; fields++)
		g_string_append_printf(known, "%s, ", fields->name);
	return tree_complain(node, error, "unknown \"%s\"; known are %s%s", key, known->str, more);
}

static bool
set_field(const Tree *node, Json *json, const Field *field, GError **error)
{
	g_autoptr(GPtrArray) texts = node_texts(node, error);
	g_autoptr(GError) why = NULL;

	if (texts == NULL)
		return false;
	return entry_set(json, field, texts, &why) ||
	    tree_complain(node, error, "%s", why->message);
}

/* A key as a map: "key", and whose word it has. */
static bool
set_key_map(Batch *batch, const Tree *map, const char *folder, Json *keys, GError **error)
{
	g_autoptr(Json) vouched = json_new_object();
	g_autoptr(GPtrArray) texts = NULL;
	g_autoptr(GError) why = NULL;

	for (guint i = 0; i < tree_length(map); i++) {
		const char *name = tree_key_at(map, i);
		const Field *field = field_find(key_fields, name);

		if (field == NULL && strcmp(name, "key") != 0)
			return complain_unknown(tree_at(map, i), name, key_fields, "key", error);
		if (field != NULL && !set_field(tree_at(map, i), vouched, field, error))
			return false;
	}
	if (tree_get(map, "key") == NULL)
		return tree_complain(map, error, "keys: expected \"key:\" among these");
	texts = node_texts(tree_get(map, "key"), error);
	if (texts == NULL)
		return false;
	return batch_keys(batch, keys, folder, texts, vouched, &why) ||
	    tree_complain(map, error, "%s", why->message);
}

static bool
set_key(Batch *batch, const Tree *node, const char *folder, Json *keys, GError **error)
{
	g_autoptr(GPtrArray) texts = NULL;
	g_autoptr(GError) why = NULL;

	if (tree_kind(node) == TREE_MAP)
		return set_key_map(batch, node, folder, keys, error);
	texts = node_texts(node, error);
	if (texts == NULL)
		return false;
	return batch_keys(batch, keys, folder, texts, NULL, &why) ||
	    tree_complain(node, error, "%s", why->message);
}

static bool
set_keys(Batch *batch, const Tree *node, Json *contact, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(tree_file(node));
	g_autoptr(Json) keys = json_new_array();

	if (tree_kind(node) != TREE_LIST && !set_key(batch, node, folder, keys, error))
		return false;
	for (guint i = 0; tree_kind(node) == TREE_LIST && i < tree_length(node); i++)
		if (!set_key(batch, tree_at(node, i), folder, keys, error))
			return false;
	json_put(contact, "keys", g_steal_pointer(&keys));
	return true;
}

static Json *
contact_of(Batch *batch, const Tree *map, GError **error)
{
	g_autoptr(Json) contact = json_new_object();

	for (guint i = 0; i < tree_length(map); i++) {
		const char *key = tree_key_at(map, i);
		const Tree *node = tree_at(map, i);
		const Field *field = field_find(contact_fields, key);
		bool ok;

		if (strcmp(key, "keys") == 0)
			ok = set_keys(batch, node, contact, error);
		else if (field == NULL)
			ok = complain_unknown(node, key, contact_fields, "keys", error);
		else
			ok = set_field(node, contact, field, error);
		if (!ok)
			return NULL;
	}
	if (json_text(contact, "address") == NULL) {
		tree_complain(map, error, "a contact without an address");
		return NULL;
	}
	return g_steal_pointer(&contact);
}

static bool
set_contacts(Batch *batch, const Tree *list, Json *entry, GError **error)
{
	g_autoptr(Json) contacts = json_new_array();

	if (tree_kind(list) != TREE_LIST)
		return tree_complain(list, error, "contacts: expected a list");
	for (guint i = 0; i < tree_length(list); i++) {
		const Tree *map = tree_at(list, i);
		Json *contact = NULL;

		if (tree_kind(map) != TREE_MAP)
			return tree_complain(map, error, "contacts: expected address and so on");
		contact = contact_of(batch, map, error);
		if (contact == NULL)
			return false;
		json_add(contacts, contact);
	}
	json_put(entry, "contacts", g_steal_pointer(&contacts));
	return true;
}

static Json *
entry_of(Batch *batch, const Tree *map, GError **error)
{
	g_autoptr(Json) entry = json_new_object();

	for (guint i = 0; i < tree_length(map); i++) {
		const char *key = tree_key_at(map, i);
		const Tree *node = tree_at(map, i);
		const Field *field = field_find(participant_fields, key);
		bool ok;

		if (strcmp(key, "contacts") == 0)
			ok = set_contacts(batch, node, entry, error);
		else if (field == NULL)
			ok = complain_unknown(node, key, participant_fields, "contacts", error);
		else
			ok = set_field(node, entry, field, error);
		if (!ok)
			return NULL;
	}
	return g_steal_pointer(&entry);
}

bool
batch_read_yaml(Batch *batch, const char *file, GBytes *bytes, GError **error)
{
	g_autoptr(Tree) root = tree_parse_large(file, bytes, g_bytes_get_size(bytes), error);
	const Tree *list = NULL;

	if (root == NULL)
		return false;
	if (tree_kind(root) == TREE_MAP && tree_length(root) == 1)
		list = tree_get(root, "participants");
	if (list == NULL || tree_kind(list) != TREE_LIST)
		return tree_complain(root, error, "expected \"participants:\" and a list");
	for (guint i = 0; i < tree_length(list); i++) {
		const Tree *map = tree_at(list, i);
		g_autoptr(GError) why = NULL;
		Json *entry = NULL;

		if (tree_kind(map) != TREE_MAP)
			return tree_complain(map, error, "expected name, title and so on");
		entry = entry_of(batch, map, error);
		if (entry == NULL)
			return false;
		if (!batch_add(batch, entry, &why))
			return tree_complain(map, error, "%s", why->message);
	}
	return true;
}
