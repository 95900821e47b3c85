/*
 * redraw - a picture or a document made anew of what one sees of it (T-44)
 *
 *	redraw clean TYPE <BYTES	the same to the eye, and nothing else
 *	redraw words TYPE <BYTES	the words to be read in it; of a picture none
 *
 * Run for the others through lib/mail/redraw.h, and by nobody else. The libraries
 * that read pictures and PDFs are large, and what they read is a stranger's: here
 * they find no key, no connection and no other mail, may write no file, and have so
 * much memory and time and no more. What is bounded is asked for before the first
 * byte is read. Ends with 0, or with 1 and no word: it could not be done, and which
 * of the many reasons it was is all the same.
 */

#include <string.h>
#include <sys/resource.h>

#include "buffer.h"
#include "document.h"
#include "file.h"
#include "image.h"

#define MEMORY (768UL * 1024 * 1024)	/* 64 million pixels twice, and the libraries */
#define SECONDS 20
#define STDOUT 1

static const struct {
	const char *act;
	GBytes *(*done)(GBytes *bytes, const char *type);
} acts[] = {
	{ "clean", image_clean },
	{ "clean", document_clean },
	{ "words", image_words },
	{ "words", document_words },
};

static const struct {
	int what;
	rlim_t most;
} limits[] = {
#ifndef __SANITIZE_ADDRESS__	/* which keeps terabytes in reserve */
	{ RLIMIT_AS,    MEMORY },
#endif
	{ RLIMIT_CPU,   SECONDS },
	{ RLIMIT_FSIZE, 0 },
	{ RLIMIT_CORE,  0 },
};

static bool
bind_oneself(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(limits); i++) {
		struct rlimit bound = { .rlim_cur = limits[i].most, .rlim_max = limits[i].most };

		if (setrlimit(limits[i].what, &bound) != 0)
			return false;
	}
	return true;
}

static GBytes *
done(const char *act, const char *type, GBytes *bytes)
{
	GBytes *result = NULL;

	for (guint i = 0; result == NULL && i < G_N_ELEMENTS(acts); i++)
		if (strcmp(acts[i].act, act) == 0)
			result = acts[i].done(bytes, type);
	return result;
}

int
main(int argc, char *argv[])
{
	g_autoptr(Buffer) buffer = buffer_new(0);
	g_autoptr(GBytes) bytes = NULL, result = NULL;

	if (argc != 3 || !bind_oneself() || !buffer_read(buffer, 0, NULL))
		return 1;
	bytes = buffer_steal(buffer);
	result = done(argv[1], argv[2], bytes);
	return result != NULL && file_write_fd(STDOUT, g_bytes_get_data(result, NULL),
	    g_bytes_get_size(result), NULL) ? 0 : 1;
}
