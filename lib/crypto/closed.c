/* closed - the session keys of a mail; see closed.h */

#include "closed.h"

#include <string.h>

#include "armour.h"
#include "buffer.h"
#include "packet.h"
#include "scan.h"

#define MOST_CLOSED 16
#define MOST_BLOCKS 32		/* in one part */
#define MOST_DEPTH 4		/* mails within mails */
#define AGENT_PATIENCE 5	/* seconds */

/* A mail within a mail is foreign bytes once more. */
static const Limits limits = {
	.size = G_MAXINT64, .boundaries = 2000, .headers = 1000, .header_size = 64 * 1024,
	.addresses = 500, .depth = 16, .attachments = 100,
};

/* Session-key packets of what was found, each once, in order. */
typedef struct {
	GPtrArray *found;	/* of GBytes */
	guint depth;
} Search;

static bool
is_known(const Search *search, GBytes *packets)
{
	return g_ptr_array_find_with_equal_func(search->found, packets, g_bytes_equal, NULL);
}

static void
take_message(Search *search, const void *bytes, gsize length)
{
	g_autoptr(GBytes) packets = packet_session_keys(bytes, length);

	if (packets != NULL && search->found->len < MOST_CLOSED && !is_known(search, packets))
		g_ptr_array_add(search->found, g_steal_pointer(&packets));
}

static void
take_blocks(Search *search, Slice text)
{
	Armour armour = { .end = 0 };

	for (guint blocks = 0; blocks < MOST_BLOCKS &&
	    armour_find(text.start, text.length, armour.end, &armour); blocks++) {
		g_autoptr(GBytes) binary = armour.kind != ARMOUR_MESSAGE ? NULL :
		    armour_open(text.start + armour.start, armour.end - armour.start);

		if (binary != NULL)
			take_message(search, g_bytes_get_data(binary, NULL), g_bytes_get_size(binary));
	}
}

static void search_mail(Search *search, const Mime *mail);

static void
search_within(Search *search, GBytes *bytes)
{
	g_autoptr(Mime) mail = NULL;

	if (search->depth == MOST_DEPTH || scan_limits(slice_bytes(bytes), &limits) != NULL)
		return;
	mail = mime_parse(bytes);
	search_mail(search, mail);
}

static void
search_mail(Search *search, const Mime *mail)
{
	const GPtrArray *parts = mime_parts(mail);

	search->depth++;
	for (guint i = 0; i < parts->len && search->found->len < MOST_CLOSED; i++) {
		const Part *part = parts->pdata[i];
		g_autoptr(GBytes) bytes = mime_part_bytes(mail, part->n);
		Slice slice = slice_bytes(bytes);

		if (slice.length > 0 && (slice.start[0] & 0x80) != 0)
			take_message(search, slice.start, slice.length);
		else
			take_blocks(search, slice);
		if (strcmp(part->type, "message/rfc822") == 0)
			search_within(search, bytes);
	}
	search->depth--;
}

/* What the root is made of is opened already, and there is nothing beside it. */
static bool
is_opened_whole(const Mime *outer, const Opened *opened)
{
	return opened->session_key != NULL &&
	    (strcmp(mime_type(outer), "multipart/encrypted") == 0 || mime_parts(outer)->len == 1);
}

/* What gpg makes of packets somebody put there is no trouble of gpg's, as long
 * as its agent is well. */
static bool
add_key(Pgp *pgp, GBytes *packets, GPtrArray *keys, GError **error)
{
	g_autoptr(GError) because = NULL;
	g_autoptr(Decrypted) decrypted = pgp_decrypt(pgp, packets, NULL, 0, &because);
	const char *key = decrypted != NULL ? decrypted->session_key : NULL;

	if (decrypted == NULL && !pgp_agent_answers(pgp, AGENT_PATIENCE)) {
		g_propagate_error(error, g_steal_pointer(&because));
		return false;
	}
	if (key != NULL && !g_ptr_array_find_with_equal_func(keys, key, g_str_equal, NULL))
		g_ptr_array_add(keys, g_strdup(key));
	return true;
}

GPtrArray *
closed_session_keys(Pgp *pgp, const Mime *outer, const Opened *opened, GError **error)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func((GDestroyNotify)text_wipe);
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	Search search = { .found = found };

	if (opened->session_key != NULL)
		g_ptr_array_add(keys, g_strdup(opened->session_key));
	if (!is_opened_whole(outer, opened))
		search_mail(&search, outer);
	if (opened->inner != NULL)
		search_mail(&search, opened->inner);
	for (guint i = 0; i < found->len; i++)
		if (!add_key(pgp, g_ptr_array_index(found, i), keys, error))
			return NULL;
	return g_steal_pointer(&keys);
}
