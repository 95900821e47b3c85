/* mails - mails for the tests: out of words, and out of a folder of them */

#ifndef SLUIS_T_MAILS_H
#define SLUIS_T_MAILS_H

#include <string.h>

#include "mime.h"

/* NULL of NULL. */
static inline Mime *
parse(const char *text)
{
	g_autoptr(GBytes) raw = text != NULL ? g_bytes_new(text, strlen(text)) : NULL;

	return raw != NULL ? mime_parse(raw) : NULL;
}

/* The folder of published mails; NULL, and the test is skipped, without one. */
static inline const char *
corpus_root(void)
{
	const char *root = g_getenv("SLUIS_CORPUS");

	if (root == NULL)
		g_test_skip("no SLUIS_CORPUS");
	return root;
}

/* Each file of a folder of it, parsed; how many there are. */
static inline guint
corpus_each(const char *root, const char *name, void (*look)(const char *file, const Mime *mime))
{
	g_autofree char *folder = g_build_filename(root, name, NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *file;
	guint count = 0;

	while (dir != NULL && (file = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, file, NULL);
		g_autoptr(GMappedFile) mapped = g_mapped_file_new(path, FALSE, NULL);
		g_autoptr(GBytes) raw = mapped != NULL ? g_mapped_file_get_bytes(mapped) : NULL;
		g_autoptr(Mime) mime = raw != NULL ? mime_parse(raw) : NULL;

		if (mime != NULL)
			look(file, mime);
		count += mime != NULL;
	}
	return count;
}

#endif
