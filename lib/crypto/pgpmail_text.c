/*
 * pgpmail_text - armoured blocks in the text of a mail
 *
 * An encrypted block is opened where it is all the text there is (T-25); a
 * signed one is verified wherever it stands, and vouches for itself only.
 */

#include "pgpmail_opening.h"

#include <string.h>

#include "armour.h"
#include "buffer.h"
#include "html.h"
#include "packet.h"
#include "seal.h"

#define BOUNDARY_LENGTH 32
#define MOST_BLOCKS 32

/* A text/plain entity of what was read in a block. */
static Mime *
text_entity(GBytes *text, const char *charset)
{
	g_autoptr(Buffer) buffer = buffer_new(0);
	g_autoptr(GBytes) raw = NULL;
	Slice slice = slice_bytes(text);
	bool utf8 = g_utf8_validate_len(slice.start, slice.length, NULL);

	if (*charset == '\0' || utf8)
		charset = utf8 ? "utf-8" : "iso-8859-1";
	buffer_add_text(buffer, "Content-Type: text/plain; charset=\"");
	buffer_add_text(buffer, charset);
	buffer_add_text(buffer, "\"\nContent-Transfer-Encoding: 8bit\n\n");
	buffer_add(buffer, slice.start, slice.length);
	raw = buffer_steal(buffer);
	return mime_parse(raw);
}

static void
add_slice(Buffer *buffer, Slice slice)
{
	buffer_add(buffer, slice.start, slice.length);
}

/* A boundary that cannot stand in what was encrypted, since nobody can write a
 * mail that holds its own digest; the same mail gets the same one again. */
static char *
boundary_for(const Mime *outer)
{
	Slice body = mime_entity(outer).body;
	char *boundary = seal_sha256(body.start, body.length);

	boundary[BOUNDARY_LENGTH] = '\0';
	return boundary;
}

/* The outer mixed mail with the one part a reader sees changed for that text;
 * NULL if it is not made that simply. */
static Mime *
with_attachments(const Mime *outer, const Mime *text)
{
	const char *why;
	g_autoptr(Multipart) parts = strcmp(mime_type(outer), "multipart/mixed") != 0 ? NULL :
	    pgpmail_children(outer, &why);
	g_autofree char *boundary = boundary_for(outer);
	g_autoptr(Buffer) buffer = buffer_new(0);
	g_autoptr(GBytes) raw = NULL;
	guint changed = 0;

	buffer_add_text(buffer, "Content-Type: multipart/mixed; boundary=");
	buffer_add_text(buffer, boundary);
	buffer_add_text(buffer, "\n\n");
	for (guint i = 0; parts != NULL && i < parts->children->len; i++) {
		g_autoptr(Mime) child = pgpmail_child(parts, i);
		const GPtrArray *leaves = mime_parts(child);
		bool seen = leaves->len == 1 && !((const Part *)leaves->pdata[0])->attachment;

		buffer_add_text(buffer, "--");
		buffer_add_text(buffer, boundary);
		buffer_add_text(buffer, "\n");
		add_slice(buffer, mime_entity(seen ? text : child).whole);
		buffer_add_text(buffer, "\n");
		changed += seen;
	}
	buffer_add_text(buffer, "--");
	buffer_add_text(buffer, boundary);
	buffer_add_text(buffer, "--\n");
	raw = buffer_steal(buffer);
	return changed == 1 ? mime_parse(raw) : NULL;
}

static void
take_attachments(const Opening *opening)
{
	Opened *opened = opening->opened;
	Mime *mail = with_attachments(opening->outer, opened->inner);

	opening_because(opening, "the attachments stood beside the block, not in it");
	if (mail == NULL)
		return;
	mime_free(opened->inner);
	opened->inner = mail;
	opened->inner_whole = true;
}

static void
take_text(const Opening *opening, GBytes *text, const Part *part, bool whole)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
	Opened *opened = opening->opened;
	bool plain = strspn(part->charset, letters) == strlen(part->charset);

	opened->inner = text_entity(text, plain ? part->charset : "");
	opened->inner_whole = whole;
	opened->inner_made = true;
	if (opened->encryption == ENCRYPTION_OK)
		opening_take_keys(opening);
	if (!whole)
		take_attachments(opening);
	if (opened->encryption == ENCRYPTION_OK && opened->inner_whole)
		opened->entity = g_bytes_ref(mime_raw(opened->inner));
}

static bool
open_signed_block(const Opening *opening, GBytes *block, const Part *part, bool alone,
    bool whole, GError **error)
{
	g_autoptr(GBytes) text = NULL;
	g_autoptr(GPtrArray) signatures = opening_verify_block(opening, block, &text, error);

	if (signatures == NULL || !opening_take_signatures(opening, signatures, whole, error))
		return false;
	if (!whole)
		opening_only_part(opening);
	if (text != NULL && alone)
		take_text(opening, text, part, whole);
	return true;
}

static bool
open_encrypted_block(const Opening *opening, GBytes *block, const Part *part, bool whole,
    GError **error)
{
	g_autoptr(GBytes) plaintext = NULL;
	g_autoptr(GBytes) binary = armour_open(slice_bytes(block).start, g_bytes_get_size(block));
	g_autoptr(PacketSummary) summary = binary == NULL ? NULL :
	    packet_summary(g_bytes_get_data(binary, NULL), g_bytes_get_size(binary));

	if (summary != NULL && !summary->closed)
		return open_signed_block(opening, block, part, true, whole, error);
	if (!opening_decrypt(opening, block, whole, &plaintext, error))
		return false;
	if (plaintext != NULL)
		take_text(opening, plaintext, part, whole);
	return true;
}

/* How many parts a reader sees as text or picture, rather than as a file. */
static guint
shown(const GPtrArray *parts)
{
	guint count = 0;

	for (guint i = 0; i < parts->len; i++)
		count += !((const Part *)parts->pdata[i])->attachment;
	return count;
}

/* Is a part the same block once more, as HTML, as web mail adds it to what is
 * pasted there? Then it says nothing that the block does not. */
static bool
is_twin(const Opening *opening, const Part *part, GBytes *binary)
{
	g_autofree char *html = NULL, *text = NULL;
	g_autoptr(GBytes) within = NULL;
	Armour armour;

	if (strcmp(part->type, "text/html") != 0 || part->attachment || binary == NULL)
		return false;
	html = mime_part_text(opening->outer, part->n);
	text = html_text(html);
	if (!armour_find(text, strlen(text), 0, &armour) || armour.kind != ARMOUR_MESSAGE ||
	    !armour_is_whole(text, strlen(text), &armour))
		return false;
	within = armour_open(text, strlen(text));
	return within != NULL && g_bytes_equal(within, binary);
}

static guint
twins(const Opening *opening, Slice block)
{
	const GPtrArray *parts = mime_parts(opening->outer);
	g_autoptr(GBytes) binary = strcmp(mime_type(opening->outer), "multipart/alternative") != 0 ?
	    NULL : armour_open(block.start, block.length);
	guint count = 0;

	for (guint i = 0; i < parts->len; i++)
		count += is_twin(opening, parts->pdata[i], binary);
	return count;
}

/* The first block there is decides. Encrypted, it is opened where it is all
 * the text there is (T-25). */
static bool
open_text(const Opening *opening, const Part *part, bool *found, GError **error)
{
	const GPtrArray *parts = mime_parts(opening->outer);
	g_autoptr(GBytes) bytes = mime_part_bytes(opening->outer, part->n);
	g_autoptr(GBytes) block = NULL;
	Slice text = slice_bytes(bytes);
	Armour armour = { .end = 0 };
	guint blocks = 0, same;
	bool alone;

	do
		*found = armour_find(text.start, text.length, armour.end, &armour);
	while (*found && armour.kind != ARMOUR_MESSAGE && armour.kind != ARMOUR_SIGNED &&
	    ++blocks < MOST_BLOCKS);
	if (!*found || blocks == MOST_BLOCKS)
		return true;
	block = slice_copy((Slice){ text.start + armour.start, armour.end - armour.start });
	same = armour.kind == ARMOUR_MESSAGE ? twins(opening, slice_bytes(block)) : 0;
	alone = shown(parts) == 1 + same && armour_is_whole(text.start, text.length, &armour);
	if (armour.kind == ARMOUR_SIGNED)
		return open_signed_block(opening, block, part, alone, alone && parts->len == 1, error);
	if (alone)
		return open_encrypted_block(opening, block, part, parts->len == 1 + same, error);
	opening_closed(opening, "an encrypted block in part of the text");
	return true;
}

bool
pgpmail_open_texts(const Opening *opening, GError **error)
{
	const GPtrArray *parts = mime_parts(opening->outer);
	bool found = false;

	for (guint i = 0; i < parts->len && !found; i++) {
		const Part *part = parts->pdata[i];

		if (strcmp(part->type, "text/plain") == 0 && !part->attachment &&
		    !open_text(opening, part, &found, error))
			return false;
	}
	return true;
}
