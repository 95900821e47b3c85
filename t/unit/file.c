/* file - whole or not at all, and secrets only ours */

#include "file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"

static char *folder;

static void
test_write(void)
{
	g_autofree char *path = g_build_filename(folder, "a/b/x", NULL);
	g_autofree char *above = g_path_get_dirname(path);
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(GDir) dir = NULL;
	g_autoptr(GError) error = NULL;
	struct stat about;

	g_assert_false(file_write(path, "x", 1, 0640, &error));
	g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
	g_assert_true(file_make_folder(above, 0700, NULL));
	g_assert_true(file_make_folder(above, 0700, NULL));
	g_assert_true(file_write(path, "old", 3, 0640, NULL));
	g_assert_true(file_write(path, "n\0w", 3, 0640, NULL));
	bytes = file_read(path, 3, NULL);
	g_assert_cmpmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), "n\0w", 3);
	g_assert_cmpint(stat(path, &about), ==, 0);
	g_assert_cmpint(about.st_mode & 0777, ==, 0640);
	dir = g_dir_open(above, 0, NULL);
	g_assert_cmpstr(g_dir_read_name(dir), ==, "x");
	g_assert_null(g_dir_read_name(dir));
	g_clear_error(&error);
	g_assert_null(file_read(path, 2, &error));
	g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
	g_clear_error(&error);
	g_assert_null(file_read(above, 100, &error));
	g_assert_nonnull(strstr(error->message, "not a regular file"));
}

static void
test_secret(void)
{
	g_autofree char *path = g_build_filename(folder, "secret", NULL);
	static const mode_t wrong[] = { 0404, 0440, 0420, 0401 };

	for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_true(file_write(path, "s", 1, wrong[i], NULL));
		g_assert_null(file_read_secret(path, 10, &error));
		g_assert_nonnull(strstr(error->message, "others may use it"));
	}
	g_assert_true(file_write(path, "s", 1, 0400, NULL));
	g_bytes_unref(file_read_secret(path, 10, NULL));
}

/* Two users share a secret of root's by a group; nobody else's is shared so.
 * Only root can make such files: t/7000-package.t runs this as root. */
static void
test_shared(void)
{
	g_autofree char *path = g_build_filename(folder, "shared", NULL);
	static const struct {
		mode_t mode;
		uid_t owner;
		gid_t group;
		bool good;
	} cases[] = {
		{ 0440, 0, 4711, true }, { 0640, 0, 4711, true }, { 0440, 0, 0, false },
		{ 0440, 4711, 4711, false }, { 0460, 0, 4711, false }, { 0444, 0, 4711, false },
		{ 0450, 0, 4711, false },
	};

	if (geteuid() != 0)
		return;
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GBytes) bytes = NULL;

		g_assert_true(file_write(path, "s", 1, cases[i].mode, NULL));
		g_assert_cmpint(chown(path, cases[i].owner, cases[i].group), ==, 0);
		bytes = file_read_secret(path, 10, NULL);
		g_assert_cmpint(bytes != NULL, ==, cases[i].good);
	}
}

static void
test_trusted(void)
{
	g_autofree char *path = g_build_filename(folder, "trusted", NULL);
	static const mode_t wrong[] = { 0464, 0446, 0666 };

	for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_assert_true(file_write(path, "p", 1, wrong[i], NULL));
		g_assert_null(file_read_trusted(path, 10, NULL));
	}
	g_assert_true(file_write(path, "p", 1, 0444, NULL));
	g_bytes_unref(file_read_trusted(path, 10, NULL));
}

static void
test_remove(void)
{
	g_autofree char *tree = g_build_filename(folder, "tree", NULL);
	g_autofree char *deep = g_build_filename(tree, "a", "b", NULL);
	g_autofree char *link_path = g_build_filename(tree, "link", NULL);
	g_autofree char *kept = g_build_filename(folder, "kept", NULL);

	g_assert_true(file_make_folder(deep, 0700, NULL));
	g_assert_true(file_make_folder(kept, 0700, NULL));
	g_assert_cmpint(symlink(kept, link_path), ==, 0);
	file_remove_tree(tree);
	g_assert_false(g_file_test(tree, G_FILE_TEST_EXISTS));
	g_assert_true(g_file_test(kept, G_FILE_TEST_IS_DIR));
}

int
main(int argc, char *argv[])
{
	int status;

	g_test_init(&argc, &argv, NULL);
	folder = g_dir_make_tmp("unit-file-XXXXXX", NULL);
	g_test_add_func("/file/write", test_write);
	g_test_add_func("/file/T-61/secret", test_secret);
	g_test_add_func("/file/T-61/shared", test_shared);
	g_test_add_func("/file/T-61/trusted", test_trusted);
	g_test_add_func("/file/remove", test_remove);
	status = g_test_run();
	file_remove_tree(folder);
	g_free(folder);
	return status;
}
