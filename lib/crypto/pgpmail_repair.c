/*
 * pgpmail_repair - encrypted and signed mails that somebody rewrote
 *
 * Mail servers turn a multipart/encrypted into a multipart/mixed, give its
 * parts other types, or put an empty text before them; mailing lists add a
 * footer. Each part is called by a letter, and a mail is put together again
 * only where its letters spell one of a few words: where there is nothing else
 * in it that a reader could see. Words of somebody else beside an encrypted
 * part keep it closed (T-25), since they could make an answer carry out what
 * was in it.
 */

#include "pgpmail_opening.h"

#include <string.h>

#include "armour.h"
#include "html.h"
#include "packet.h"

#define MOST_PARTS 16
#define MOST_FOOTER 2048
#define FEWEST_RULE 10

/* What a part can be. */
#define ENCRYPTED 'E'		/* multipart/encrypted */
#define VERSION 'V'		/* "Version: 1" of one */
#define CIPHER 'C'		/* its second part, by its name */
#define OTHER_CIPHER 'c'	/* ciphertext by another name */
#define SIGNATURE 'S'
#define TEXT 'T'
#define FOOTER 'F'		/* of a mailing list */
#define OTHER 'O'

static bool
is_blank(const char *text)
{
	/* What mail servers say where there is nothing to say. */
	static const char *const words[] = { "", "--", "Empty Message", "\302\240", NULL };
	g_autofree char *stripped = g_strstrip(g_strdup(text));

	return g_strv_contains(words, stripped);
}

static gsize
count_of(const char *text, char letter)
{
	gsize count = 0;

	for (; *text != '\0'; text++)
		count += *text == letter;
	return count;
}

/* HTML nothing is seen of may still fetch something, or leave a mark open for
 * what comes behind it to be sent away in. */
static bool
is_harmless(const char *html)
{
	static const char *const fetching[] = { "src", "href", "url", "action", "://", NULL };

	for (guint i = 0; fetching[i] != NULL; i++)
		if (strcasestr(html, fetching[i]) != NULL)
			return false;
	return count_of(html, '<') == count_of(html, '>') && count_of(html, '"') % 2 == 0 &&
	    count_of(html, '\'') % 2 == 0;
}

static bool
is_blank_part(const Mime *mime)
{
	bool html = strcmp(mime_type(mime), "text/html") == 0;
	g_autofree char *text = NULL, *shown = NULL;

	if ((!html && strcmp(mime_type(mime), "text/plain") != 0) || mime_parts(mime)->len != 1)
		return false;
	text = mime_part_text(mime, 1);
	shown = html ? html_text(text) : NULL;
	return html ? is_harmless(text) && is_blank(shown) : is_blank(text);
}

/* Below a line of dashes, behind the mail: what lists write under everything. */
static bool
is_footer(const Opening *opening, const Mime *mime)
{
	g_autoptr(GBytes) bytes = NULL;
	Slice text, line = { NULL, 0 };

	if (strcmp(mime_type(mime), "text/plain") != 0 || (mime_header_count(opening->outer,
	    "List-Id") == 0 && mime_header_count(opening->outer, "List-Post") == 0))
		return false;
	bytes = pgpmail_only_bytes(mime);
	text = slice_bytes(bytes);
	if (text.length > MOST_FOOTER)
		return false;
	while (slice_is_blank(line) && slice_line(&text, &line))
		;
	line = slice_without_end(line);
	if (line.length < FEWEST_RULE)
		return line.length >= 2 && memcmp(line.start, "--", 2) == 0;
	for (gsize i = 0; i < line.length; i++)
		if (line.start[i] != line.start[0])
			return false;
	return strchr("-_=*", line.start[0]) != NULL;
}

static bool
is_ciphertext(GBytes *bytes)
{
	Slice text = slice_bytes(bytes);
	Armour armour;
	g_autoptr(PacketSummary) summary = NULL;

	if (armour_find(text.start, text.length, 0, &armour))
		return armour.kind == ARMOUR_MESSAGE &&
		    armour_is_whole(text.start, text.length, &armour);
	summary = text.length == 0 || (*text.start & 0x80) == 0 ? NULL :
	    packet_summary(text.start, text.length);
	return summary != NULL && summary->recipients->len > 0;
}

/* The names programs give to the second part of a multipart/encrypted. */
static bool
is_named_cipher(const Mime *mime)
{
	static const char *const names[] = {
		"encrypted.asc", "message.asc", "msg.asc", "openpgp-encrypted-message.asc",
		"pgpmime-encrypted.asc", NULL
	};
	const Part *part = mime_parts(mime)->pdata[0];
	g_autofree char *name = g_ascii_strdown(part->name, -1);

	return g_strv_contains(names, name);
}

/* The first part of a multipart/encrypted, whatever it is called now. */
static bool
is_version(const Mime *mime)
{
	static const char *const said[] = { "Version: 1", "Version:1", NULL };
	g_autoptr(GBytes) bytes = NULL;
	g_autofree char *text = NULL;

	if (pgpmail_is_control_part(mime))
		return true;
	bytes = pgpmail_only_bytes(mime);
	text = g_strstrip(g_strndup(slice_bytes(bytes).start, MIN(g_bytes_get_size(bytes), 80)));
	return g_strv_contains(said, text);
}

static char
letter_of_single(const Opening *opening, const Mime *mime)
{
	const char *type = mime_type(mime);
	g_autoptr(GBytes) bytes = NULL;

	if (is_version(mime))
		return VERSION;
	if (strcmp(type, "application/pgp-signature") == 0)
		return SIGNATURE;
	bytes = pgpmail_only_bytes(mime);
	if (is_ciphertext(bytes))
		return is_named_cipher(mime) ? CIPHER : OTHER_CIPHER;
	if (is_named_cipher(mime) && strcmp(type, "application/octet-stream") == 0)
		return CIPHER;
	if (is_footer(opening, mime))
		return FOOTER;
	return strcmp(type, "text/plain") == 0 ? TEXT : OTHER;
}

static char
letter_of(const Opening *opening, const Mime *mime)
{
	const char *type = mime_type(mime);

	if (strcmp(type, "multipart/encrypted") == 0)
		return ENCRYPTED;
	if (g_str_has_prefix(type, "multipart/") || g_str_has_prefix(type, "message/") ||
	    mime_parts(mime)->len != 1)
		return OTHER;
	return letter_of_single(opening, mime);
}

/*
 * The words, and what is done with the part that counts in each.
 */

static bool
open_multipart(const Opening *opening, const Mime *part, GError **error)
{
	return pgpmail_open_encrypted(opening, part, error);
}

static bool
open_cipher(const Opening *opening, const Mime *part, GError **error)
{
	return pgpmail_open_block(opening, part, true, error);
}

static const struct {
	const char *word;
	guint part;
	bool (*open)(const Opening *, const Mime *, GError **);
} shapes[] = {
	{ "E", 0, open_multipart },	/* put into a mixed */
	{ "EF", 0, open_multipart },	/* with a footer */
	{ "VC", 1, open_cipher },	/* made a mixed */
	{ "Vc", 1, open_cipher },
	{ "VCF", 1, open_cipher },
	{ "VcF", 1, open_cipher },
	{ "CV", 0, open_cipher },	/* and turned around */
	{ "cV", 0, open_cipher },
	{ "C", 0, open_cipher },	/* and half of it lost */
};

/* The children a reader sees something in, and their letters. */
static char *
spell(const Opening *opening, const Multipart *parts, GPtrArray *full)
{
	GString *word = g_string_new(NULL);

	for (guint i = 0; i < parts->children->len; i++) {
		Mime *child = pgpmail_child(parts, i);

		if (is_blank_part(child)) {
			mime_free(child);
			continue;
		}
		if (full->len < MOST_PARTS)
			g_string_append_c(word, letter_of(opening, child));
		else
			g_string_append_c(word, OTHER);
		g_ptr_array_add(full, child);
	}
	return g_string_free(word, FALSE);
}

/* A signed part among others vouches for itself and nothing else. */
static bool
open_among(const Opening *opening, const Mime *child, GError **error)
{
	const char *why;
	g_autoptr(Multipart) parts = NULL;

	if (strcmp(mime_type(child), "multipart/signed") != 0 ||
	    opening->opened->is_signed != SIGNED_NONE ||
	    !pgpmail_is_protocol(child, "application/pgp-signature"))
		return true;
	parts = pgpmail_children(child, &why);
	if (parts == NULL)
		return true;
	if (!pgpmail_open_beside(opening, parts, false, error))
		return false;
	opening_only_part(opening);
	return true;
}

/* A multipart/signed that was made a mixed keeps its two parts, and often
 * their bytes. */
static bool
is_signed_pair(const GPtrArray *full, const Multipart *parts, const char *word)
{
	const Part *first;

	if (full->len != 2 || parts->children->len != 2 || word[1] != SIGNATURE ||
	    mime_parts(full->pdata[0])->len == 0)
		return false;
	first = mime_parts(full->pdata[0])->pdata[0];
	return !first->attachment;
}

static bool
is_encrypted_mail(const Mime *mime)
{
	g_autoptr(Mime) within = NULL;
	g_autoptr(GBytes) bytes = NULL;

	if (strcmp(mime_type(mime), "message/rfc822") != 0)
		return false;
	bytes = pgpmail_only_bytes(mime);
	within = mime_parse(bytes);
	return strcmp(mime_type(within), "multipart/encrypted") == 0;
}

static void
say_closed(const Opening *opening, const GPtrArray *full, const char *word)
{
	for (guint i = 0; i < full->len; i++) {
		if (word[i] == ENCRYPTED || word[i] == CIPHER || word[i] == OTHER_CIPHER)
			opening_closed(opening, "an encrypted part among others");
		else if (is_encrypted_mail(full->pdata[i]))
			opening_closed(opening, "an encrypted mail among others");
	}
}

static bool
open_others(const Opening *opening, const GPtrArray *full, GError **error)
{
	for (guint i = 0; i < full->len; i++)
		if (!open_among(opening, full->pdata[i], error))
			return false;
	return true;
}

bool
pgpmail_open_mixed(const Opening *opening, const Mime *mime, bool root, GError **error)
{
	const char *why;
	g_autoptr(Multipart) parts = pgpmail_children(mime, &why);
	g_autoptr(GPtrArray) full = g_ptr_array_new_with_free_func((GDestroyNotify)mime_free);
	g_autofree char *word = parts == NULL ? NULL : spell(opening, parts, full);

	if (parts == NULL)
		return true;
	for (guint i = 0; i < G_N_ELEMENTS(shapes); i++)
		if (strcmp(shapes[i].word, word) == 0)
			return shapes[i].open(opening, full->pdata[shapes[i].part], error) &&
			    opening_repaired(opening);
	say_closed(opening, full, word);
	if (!root)
		return true;
	if (is_signed_pair(full, parts, word))
		return pgpmail_open_beside(opening, parts, true, error) && opening_repaired(opening);
	return open_others(opening, full, error);
}

/*
 * A root that is one part: ciphertext that came without its multipart, or
 * S/MIME, which is said to be that.
 */

static bool
is_smime(const char *type)
{
	return strcmp(type, "application/pkcs7-mime") == 0 ||
	    strcmp(type, "application/x-pkcs7-mime") == 0;
}

bool
pgpmail_say_smime(const Opening *opening, const Mime *mime)
{
	/* Behind the first length in CMS stands what it is, RFC 5652: 1.2.840.113549.1.7.3
	 * and 1.9.16.1.23 are encrypted, the others signed or compressed. */
	static const char enveloped[] = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03";
	static const char authentic[] = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17";
	g_autoptr(GBytes) bytes = NULL;
	const char *start;
	gsize length;

	if (!is_smime(mime_type(mime)))
		return false;
	bytes = pgpmail_only_bytes(mime);
	start = slice_bytes(bytes).start;
	length = MIN(g_bytes_get_size(bytes), 40);
	if (memmem(start, length, enveloped, sizeof enveloped - 1) == NULL &&
	    memmem(start, length, authentic, sizeof authentic - 1) == NULL) {
		opening_because(opening, "signed with S/MIME, which is not verified here");
		opening_layer(opening, "signature of S/MIME, not verified");
		return true;
	}
	opening->opened->encryption = ENCRYPTION_NOKEY;
	opening_because(opening, "encrypted with S/MIME, for which there is no key here");
	opening_layer(opening, "encryption of S/MIME, not opened");
	return true;
}

bool
pgpmail_open_single(const Opening *opening, GError **error)
{
	const char *type = mime_type(opening->outer);
	g_autoptr(GBytes) bytes = NULL;

	if (pgpmail_say_smime(opening, opening->outer))
		return true;
	if (!g_str_has_prefix(type, "application/") || mime_parts(opening->outer)->len != 1)
		return true;
	bytes = pgpmail_only_bytes(opening->outer);
	return !is_ciphertext(bytes) || (pgpmail_open_block(opening, opening->outer, true, error) &&
	    opening_repaired(opening));
}
