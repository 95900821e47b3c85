/*
 * gnupg - keys and messages for tests, made by plain gpg at test time
 *
 * Nothing here is ours that is under test: what a stranger's program would
 * write is written by one.
 */

#ifndef SLUIS_T_GNUPG_H
#define SLUIS_T_GNUPG_H

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

#include "buffer.h"
#include "error.h"
#include "file.h"
#include "spawn.h"

#define MOST_OUTPUT (16 * 1024 * 1024)

/* gpg in that home, the words split at blanks; its output. NULL if it failed. */
static inline GBytes *
gpg_try(const char *home, GBytes *input, const char *words)
{
	g_auto(GStrv) split = g_strsplit(words, " ", 0);
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	g_autofree char *program = g_find_program_in_path("gpg");
	static const char *const front[] = { "--homedir", NULL, "--batch", "--no-tty", "--yes",
	    "--quiet", "--trust-model", "always", "--no-auto-key-locate", "--pinentry-mode",
	    "loopback" };
	g_autoptr(GBytes) output = NULL;
	g_autofree char *errors = NULL;
	g_autoptr(GError) error = NULL;
	Spawn spawn = { .input = input, .most_output = MOST_OUTPUT, .seconds = 60 };
	int status;

	g_ptr_array_add(argv, program);
	for (guint i = 0; i < G_N_ELEMENTS(front); i++)
		g_ptr_array_add(argv, (char *)(front[i] == NULL ? home : front[i]));
	for (guint i = 0; split[i] != NULL; i++)
		g_ptr_array_add(argv, split[i]);
	g_ptr_array_add(argv, NULL);
	spawn.argv = (const char *const *)argv->pdata;
	if (!spawn_run(&spawn, &status, &output, &errors, &error))
		g_error("gpg: %s", error->message);
	if (status != 0)
		g_test_message("gpg %s: %s", words, errors);
	return status == 0 ? g_steal_pointer(&output) : NULL;
}

/* The same, and it must not fail. Two blanks are an empty word. */
static inline G_GNUC_PRINTF(3, 4) GBytes *
gpg(const char *home, GBytes *input, const char *format, ...)
{
	g_autofree char *words = NULL;
	GBytes *output;
	va_list values;

	va_start(values, format);
	words = g_strdup_vprintf(format, values);
	va_end(values);
	output = gpg_try(home, input, words);
	if (output == NULL)
		g_error("gpg failed: %s", words);
	return output;
}

static inline void
gpg_do(GBytes *output)
{
	g_bytes_unref(output);
}

static inline char *
home_new(void)
{
	char *home = g_dir_make_tmp("sluis-XXXXXX", NULL);

	g_assert_nonnull(home);
	return home;
}

/* Ends the agent of a home, and removes it. */
static inline void
home_end(char *home)
{
	g_autofree char *program = g_find_program_in_path("gpgconf");
	const char *const argv[] = { program, "--homedir", home, "--kill", "gpg-agent", NULL };
	const Spawn spawn = { .argv = argv, .seconds = 10 };

	spawn_check(&spawn, NULL, NULL);
	file_remove_tree(home);
	g_free(home);
}

/* The fingerprint of the primary (n 0) or a subkey, as gpg lists them. */
static inline char *
fingerprint(const char *home, const char *who, guint n)
{
	g_autoptr(GBytes) listing = gpg(home, NULL, "--with-colons --list-keys %s", who);
	g_autofree char *text = g_strndup(g_bytes_get_data(listing, NULL),
	    g_bytes_get_size(listing));
	g_auto(GStrv) lines = g_strsplit(text, "\n", 0);

	for (guint i = 0; lines[i] != NULL; i++)
		if (g_str_has_prefix(lines[i], "fpr:") && n-- == 0) {
			g_auto(GStrv) fields = g_strsplit(lines[i], ":", 0);

			return g_strdup(fields[9]);
		}
	return NULL;
}

/* A key with an encryption subkey; its fingerprint. */
static inline char *
key_new(const char *home, const char *who, const char *primary, const char *subkey,
    const char *options)
{
	char *made;

	gpg_do(gpg(home, NULL, "%s--passphrase  --quick-gen-key %s %s sign,cert never", options,
	    who, primary));
	made = fingerprint(home, who, 0);
	if (subkey != NULL)
		gpg_do(gpg(home, NULL, "%s--passphrase  --quick-add-key %s %s encr never", options, made,
		    subkey));
	return made;
}

/* A public key goes from one home to another. */
static inline void
key_give(const char *from, const char *who, const char *to)
{
	g_autoptr(GBytes) key = gpg(from, NULL, "--export %s", who);

	gpg_do(gpg(to, key, "--import"));
}

static inline GPtrArray *
certificates_of(GBytes *one)
{
	GPtrArray *certificates = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);

	if (one != NULL)
		g_ptr_array_add(certificates, g_bytes_ref(one));
	return certificates;
}

#endif
