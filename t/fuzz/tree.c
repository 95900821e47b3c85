/* tree - any file is a tree or a complaint that names a line */

#include "tree.h"

#include "buffer.h"
#include "error.h"

int LLVMFuzzerTestOneInput(const char *bytes, gsize length);

static void
walk(const Tree *node, guint depth)
{
	g_assert(depth <= 9);
	for (guint i = 0; i < tree_length(node); i++) {
		if (tree_kind(node) == TREE_MAP)
			g_assert(tree_get(node, tree_key_at(node, i)) == tree_at(node, i));
		walk(tree_at(node, i), depth + 1);
	}
}

int
LLVMFuzzerTestOneInput(const char *bytes, gsize length)
{
	g_autoptr(GBytes) copy = bytes_secret(bytes, length);
	g_autoptr(GError) error = NULL;
	g_autoptr(Tree) tree = tree_parse("fuzz", copy, &error);

	g_assert((tree == NULL) == error_is(error, SLUIS_ERROR_SETUP));
	if (tree != NULL)
		walk(tree, 1);
	return 0;
}
