/* labelled - folders of mails, and what somebody said they are */

#include "labelled.h"

#include <string.h>
#include <glib/gstdio.h>

#include "error.h"
#include "file.h"
#include "verdict.h"

enum { VULNERABILITY = 0, LEAK = 1, INCIDENT = 2, SPAM = 12 };

static char *
folder_with(const char *name, const char *text)
{
	char *folder = g_dir_make_tmp("labelled-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *above = g_path_get_dirname(path);

	g_assert_cmpint(g_mkdir_with_parents(above, 0700), ==, 0);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	return folder;
}

static void
add_file(const char *folder, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
done(char *folder)
{
	file_remove_tree(folder);
	g_free(folder);
}

static const Labelled *
at(const GPtrArray *all, guint index)
{
	return g_ptr_array_index(all, index);
}

static const char *
bytes_of(const Labelled *labelled)
{
	return g_bytes_get_data(labelled->mail, NULL);
}

static void
test_index(void)
{
	char *folder = folder_with("INDEX.csv", "file,expect,motive\n"
	    "a.eml,CLASS:vulnerability-or-incident FROMLINE,reward\n"
	    "a.eml,low-value,\na.eml,vulnerability,unheard-of\na.eml,NONSENSE,reward\na.eml,phishing\n");
	g_autoptr(GPtrArray) all = labelled_new();
	g_autoptr(GError) error = NULL;
	guint unknown = 0;

	add_file(folder, "a.eml", "From: a@b.example\nSubject: x\n\ny\n");
	g_assert_true(labelled_read(folder, all, &unknown, &error));
	g_assert_cmpuint(all->len, ==, 4);
	g_assert_cmpuint(unknown, ==, 1);
	g_assert_cmpuint(at(all, 0)->classes, ==, 1U << VULNERABILITY | 1U << INCIDENT);
	g_assert_cmpstr(verdict_motives()[at(all, 0)->motive], ==, "reward");
	g_assert_cmpuint(labelled_class(at(all, 0)), ==, VULNERABILITY);
	g_assert_true(at(all, 1)->low_value && !at(all, 1)->of_value);
	g_assert_cmpuint(at(all, 1)->motive, ==, LABELLED_NO_MOTIVE);
	g_assert_true(at(all, 2)->of_value && !at(all, 2)->low_value);
	g_assert_cmpuint(at(all, 2)->motive, ==, LABELLED_NO_MOTIVE);
	g_assert_cmpuint(at(all, 3)->classes, ==, 1U << SPAM | 1U << INCIDENT);
	g_assert_cmpuint(at(all, 3)->motive, ==, LABELLED_NO_MOTIVE);
	done(folder);
}

static void
test_wrong_index(void)
{
	static const char *const wrong[] = { "", "a,b\n1,2\n", "file,class\na.eml\n", "class,file\nspam,none.eml\n" };

	for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
		char *folder = folder_with("INDEX.csv", wrong[i]);
		g_autoptr(GPtrArray) all = labelled_new();
		g_autoptr(GError) error = NULL;
		guint unknown = 0;

		g_assert_false(labelled_read(folder, all, &unknown, &error));
		g_assert_nonnull(error);
		done(folder);
	}
}

/* A text without a header becomes a mail; what begins like one is one. */
static void
test_folders(void)
{
	char *folder = folder_with("leak/text.txt", "A box of papers.\n");
	g_autoptr(GPtrArray) all = labelled_new();
	g_autoptr(GError) error = NULL;
	guint unknown = 0;

	add_file(folder, "leak/mail.txt", "Subject: A box\n\nof papers.\n");
	add_file(folder, "beside.txt", "in no folder");
	g_assert_true(labelled_read(folder, all, &unknown, &error));
	g_assert_cmpuint(all->len, ==, 2);
	g_assert_cmpuint(at(all, 0)->classes, ==, 1U << LEAK);
	g_assert_true(g_str_has_prefix(bytes_of(at(all, 0)), "Subject: A box\n"));
	g_assert_true(g_str_has_prefix(bytes_of(at(all, 1)), "Subject: \nContent-Type: "));
	done(folder);
}

static void
test_texts(void)
{
	char *folder = folder_with("texts.json", "[{\"id\":\"7\",\"label\":\"spam\",\"subject\":\"Two\\nlines\","
	    "\"text\":\"t\",\"motive\":\"unknown\"},{\"text\":\"no label\"}]");
	g_autoptr(GPtrArray) all = labelled_new();
	g_autoptr(GError) error = NULL;
	guint unknown = 0;

	g_assert_true(labelled_read(folder, all, &unknown, &error));
	g_assert_cmpuint(all->len, ==, 1);
	g_assert_cmpuint(unknown, ==, 1);
	g_assert_true(g_str_has_prefix(bytes_of(at(all, 0)), "Subject: Two lines\n"));
	g_assert_cmpstr(verdict_motives()[at(all, 0)->motive], ==, "unknown");
	done(folder);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/labelled/index", test_index);
	g_test_add_func("/labelled/wrong-index", test_wrong_index);
	g_test_add_func("/labelled/folders", test_folders);
	g_test_add_func("/labelled/texts", test_texts);
	return g_test_run();
}
