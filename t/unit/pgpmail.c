/*
 * Mails as a stranger's program writes them, and as somebody in between
 * rewrites them: is the verdict the word of DESIGN's marks, and is what two
 * readers could see differently kept closed?
 */

#include "pgpmail.h"

#include <stdlib.h>

#include "packet.h"
#include "world.h"

#define CANARY "canary-51d0"
#define INNER "Content-Type: text/plain; charset=utf-8; protected-headers=\"v1\"\r\n" \
    "Subject: the real one\r\n\r\n" CANARY "\r\n"

static Opened *
opened(const World *world, const char *mail)
{
	g_autoptr(GBytes) raw = bytes_text(mail);
	g_autoptr(Mime) outer = mime_parse(raw);

	return world_opens(world, outer);
}

/* Both words, and whether the canary can be read. */
static void
assert_words(World *world, const char *mail, const char *encryption, const char *is,
    bool readable)
{
	g_autoptr(Opened) found = opened(world, mail);
	bool read = found->inner != NULL && memmem(slice_bytes(mime_raw(found->inner)).start,
	    slice_bytes(mime_raw(found->inner)).length, CANARY, strlen(CANARY)) != NULL;

	g_assert_cmpstr(encryption_word(found->encryption), ==, encryption);
	g_assert_cmpstr(signed_word(found->is_signed), ==, is);
	g_assert_cmpint(read, ==, readable);
	g_assert_true((found->is_signed == SIGNED_GOOD) <= (found->signer != NULL));
}

static char *
ann_writes(const World *world, const char *text, const char *words)
{
	g_autoptr(GBytes) bytes = bytes_text(text);
	g_autoptr(GBytes) out = gpg(world->ann, bytes, "-u %s -r rd@sluis.example -a %s",
	    world->ann_key, words);

	return g_strndup(g_bytes_get_data(out, NULL), g_bytes_get_size(out));
}

static char *
replaced(const char *text, const char *from, const char *to)
{
	g_auto(GStrv) pieces = g_strsplit(text, from, 2);

	g_assert_cmpuint(g_strv_length(pieces), ==, 2);
	return g_strjoinv(to, pieces);
}

#define HEAD "From: Ann <ann@x.example>\nSubject: ...\nMIME-Version: 1.0\n"
#define CONTROL "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n"
#define CIPHER "--b\nContent-Type: application/octet-stream\n\n"
#define ENCRYPTED "multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n"

static char *
encrypted_mail(const World *world, const char *words)
{
	g_autofree char *block = ann_writes(world, INNER, words);

	return g_strconcat(HEAD "Content-Type: " ENCRYPTED CONTROL CIPHER, block, "--b--\n", NULL);
}

/* A multipart/signed entity over that part, its lines ended by LF. */
static char *
signed_entity(const World *world, const char *part)
{
	g_auto(GStrv) lines = g_strsplit(part, "\n", 0);
	g_autofree char *canonical = g_strjoinv("\r\n", lines);
	g_autofree char *signature = ann_writes(world, canonical, "-b");

	return g_strconcat("Content-Type: multipart/signed; micalg=pgp-sha512; boundary=s;\n"
	    " protocol=\"application/pgp-signature\"\n\n--s\n", part, "\n--s\n"
	    "Content-Type: application/pgp-signature\n\n", signature, "--s--\n", NULL);
}

#define PART "Content-Type: text/plain\n\n" CANARY "\nand more\n"

static char *
signed_mail(const World *world)
{
	g_autofree char *entity = signed_entity(world, PART);

	return g_strconcat(HEAD, entity, NULL);
}

static void
test_encrypted(const void *data)
{
	World *world = (World *)data;
	g_autofree char *mail = encrypted_mail(world, "-se");
	g_auto(GStrv) lines = g_strsplit(mail, "\n", 0);
	g_autofree char *crlf = g_strjoinv("\r\n", lines);
	g_autofree char *unsigned_mail = encrypted_mail(world, "-e");
	g_autofree char *both = encrypted_mail(world, "-r ann@x.example -e");
	g_autoptr(Opened) found = opened(world, mail);
	g_autofree char *subject = mime_header(found->inner, "Subject");

	assert_words(world, mail, "ok", "good", true);
	assert_words(world, crlf, "ok", "good", true);
	assert_words(world, unsigned_mail, "ok", "none", true);
	assert_words(world, both, "ok", "none", true);
	g_assert_cmpstr(found->signer, ==, world->ann_key);
	g_assert_cmpstr(found->decryption_key, ==, world->team);
	g_assert_cmpstr(subject, ==, "the real one");
	g_assert_nonnull(found->session_key);
	g_assert_true(found->inner_whole);
	g_assert_cmpint(ABS(found->signed_at - g_get_real_time()), <, 600 * G_USEC_PER_SEC);
}

static void
test_finders(const void *data)
{
	World *world = (World *)data;
	g_autofree char *mail = encrypted_mail(world, "-se");
	g_autofree char *clear = signed_mail(world);

	world->by_address = false;
	assert_words(world, mail, "ok", "unknown-key", true);
	assert_words(world, clear, "none", "unknown-key", false);
	world->by_fingerprint = true;
	assert_words(world, mail, "ok", "good", true);
	assert_words(world, clear, "none", "good", false);
	world->by_fingerprint = false;
	world->by_address = true;
}

static void
test_not_for_us(const void *data)
{
	World *world = (World *)data;
	g_autoptr(GBytes) text = bytes_text(INNER);
	g_autoptr(GBytes) out = gpg(world->ann, text, "-a -r ann@x.example -e");
	g_autofree char *block = g_strndup(g_bytes_get_data(out, NULL), g_bytes_get_size(out));
	g_autofree char *mail = g_strconcat(HEAD "Content-Type: " ENCRYPTED CONTROL CIPHER, block,
	    "--b--\n", NULL);
	g_autofree char *literal = encrypted_mail(world, "--store");
	g_autofree char *only_signed = encrypted_mail(world, "-s");

	assert_words(world, mail, "nokey", "none", false);
	assert_words(world, literal, "none", "none", false);
	assert_words(world, only_signed, "none", "none", false);
}

/* Shapes two readers would see differently, and shapes that are none (T-17). */
static void
test_malformed(const void *data)
{
	World *world = (World *)data;
	g_autofree char *mail = encrypted_mail(world, "-se");
	static const struct { const char *from, *to, *encryption; } rows[] = {
		{ CONTROL, "--b\n\nhello\n" CONTROL, "broken" },
		{ CONTROL, "", "broken" },
		{ "\n\nVersion: 1\n", "\n\nVersion: 2\n", "broken" },
		{ "application/pgp-encrypted\n", "text/plain\n", "broken" },
		{ "--b--\n", "--b--\n--b\n\nmore\n--b--\n", "broken" },
		{ CIPHER, "--bx\n" CIPHER, "broken" },
		{ "Content-Type: multipart", "Content-Type: text/plain\nContent-Type: multipart", "none" },
		{ "MIME-Version: 1.0", "Content-Transfer-Encoding: base64", "broken" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *wrong = replaced(mail, rows[i].from, rows[i].to);

		assert_words(world, wrong, rows[i].encryption, "malformed", false);
	}
}

static void
test_tampered(const void *data)
{
	World *world = (World *)data;
	g_autofree char *mail = encrypted_mail(world, "-se");
	char *at = strstr(mail, "MESSAGE-----") + 200;

	*at = *at == 'A' ? 'B' : 'A';
	assert_words(world, mail, "broken", "none", false);
}

/* Text before or behind the block in the part, or behind the parts. */
static void
test_beside(const void *data)
{
	World *world = (World *)data;
	g_autofree char *mail = encrypted_mail(world, "-se");
	g_autofree char *behind = g_strconcat(mail, "footer\n", NULL);
	g_autofree char *inside = replaced(mail, CIPHER, CIPHER "hello\n");
	g_autofree char *custom = replaced(mail, CONTROL,
	    "This is an OpenPGP/MIME encrypted message (RFC 4880 and 3156)\n" CONTROL);
	g_autofree char *other = replaced(mail, CONTROL, "Pay now.\n" CONTROL);

	assert_words(world, behind, "ok", "partly", true);
	assert_words(world, inside, "ok", "partly", true);
	assert_words(world, custom, "ok", "good", true);
	assert_words(world, other, "ok", "partly", true);
}

/* What we sign ourselves, as a test of the whole chain does, and under whose
 * name. */
static void
test_ours(const void *data)
{
	World *world = (World *)data;
	g_autoptr(GBytes) part = bytes_text("Content-Type: text/plain\r\n\r\n" CANARY "\r\nand more\r\n");
	g_autoptr(GBytes) signature = gpg(world->home, part, "-u %s -a -b", world->team);
	g_autofree char *armour = g_strndup(g_bytes_get_data(signature, NULL), g_bytes_get_size(signature));
	g_autofree char *mail = g_strconcat("From: Us <rd@sluis.example>\nMIME-Version: 1.0\n"
	    "Content-Type: multipart/signed; micalg=pgp-sha512; boundary=s;\n"
	    " protocol=\"application/pgp-signature\"\n\n--s\n" PART "\n--s\n"
	    "Content-Type: application/pgp-signature\n\n", armour, "--s--\n", NULL);
	g_autofree char *other = replaced(mail, "Us <rd@sluis.example>", "Ann <ann@x.example>");

	assert_words(world, mail, "none", "good", false);
	assert_words(world, other, "none", "partly", false);
}

static void
test_signed(const void *data)
{
	World *world = (World *)data;
	g_autofree char *mail = signed_mail(world);
	g_auto(GStrv) lines = g_strsplit(mail, "\n", 0);
	g_autofree char *crlf = g_strjoinv("\r\n", lines);
	g_autofree char *changed = replaced(mail, "and more", "and less");
	g_autofree char *footer = g_strconcat(mail, "list footer\n", NULL);
	g_autofree char *third = replaced(mail, "--s--\n", "--s\n\nmore\n--s--\n");
	g_autofree char *other = replaced(mail, "application/pgp-signature\"", "x/y\"");
	g_autofree char *no_end = replaced(mail, "--s--\n", "");

	assert_words(world, mail, "none", "good", false);
	assert_words(world, crlf, "none", "good", false);
	assert_words(world, no_end, "none", "good", false);
	assert_words(world, changed, "none", "bad", false);
	assert_words(world, footer, "none", "partly", false);
	assert_words(world, third, "none", "malformed", false);
	assert_words(world, other, "none", "none", false);
}

/* Mails that a library which writes them anew calls bad: an odd part is
 * verified as it was sent. */
static void
test_odd_signed(const void *data)
{
	World *world = (World *)data;
	static const char *const parts[] = {
		"Content-Type: multipart/mixed; boundary=i\n\n--i\n\none\n--i--\nepilogue\n",
		"Content-Type: multipart/mixed; boundary=i\n\n\n--i  \n\none\n\n--i--\n\n",
		"Content-Type: multipart/mixed; boundary=i\n\n--i\n\nno end",
		"content-type:TEXT/plain\nX-Folded: a\n\tb\n\none  \n- two\nFrom here\n",
		"\nno header\n",
	};

	for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_autofree char *entity = signed_entity(world, parts[i]);
		g_autofree char *mail = g_strconcat(HEAD, entity, NULL);

		assert_words(world, mail, "none", "good", false);
	}
}

static void
test_senders(const void *data)
{
	World *world = (World *)data;
	g_autofree char *mail = signed_mail(world);
	g_autofree char *twice = g_strconcat("From: eve@x.example\n", mail, NULL);
	g_autofree char *listed = replaced(mail, "From: Ann <ann@x.example>",
	    "From: eve@x.example, ann@x.example");
	g_autofree char *none = replaced(mail, "From: Ann <ann@x.example>", "From: Ann");

	world->by_fingerprint = true;
	assert_words(world, twice, "none", "malformed", false);
	assert_words(world, listed, "none", "malformed", false);
	assert_words(world, none, "none", "malformed", false);
	world->by_fingerprint = false;
}

/* T-23: who signs is who From shows, or it is said that not. */
static void
test_masks(const void *data)
{
	World *world = (World *)data;
	static const struct { const char *from, *is; } rows[] = {
		{ "From: <ann@x.example>", "good" },
		{ "From: ANN@X.EXAMPLE", "good" },
		{ "From: Somebody Else <ann@x.example>", "good" },
		{ "From: \"Ann (ann@x.example)\" <ann@x.example>", "good" },
		{ "From: Ann <ann@x.example>\nReply-To: ann@x.example", "good" },
		{ "From: ann@x.example\nReply-To: eve@x.example", "good" },
		{ "From: eve@x.example", "partly" },
		{ "From: Ann <eve@x.example>", "partly" },
		{ "From: ann@x.example <eve@x.example>", "partly" },
		{ "From: ann@x.example.org", "partly" },
		{ "From: eve@x.example\nSender: ann@x.example", "partly" },
		{ "From: eve@x.example\nReply-To: ann@x.example", "partly" },
		{ "From: eve@x.example <ann@x.example>", "partly" },
		{ "From: \"eve@x.example ann@x.example\" <ann@x.example>", "partly" },
		{ "From: Eve <ann@x.example>\nReply-To: eve@x.example", "partly" },
	};
	g_autofree char *mail = signed_mail(world);

	world->by_fingerprint = true;
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *shown = replaced(mail, "From: Ann <ann@x.example>", rows[i].from);

		g_test_message("%s", rows[i].from);
		assert_words(world, shown, "none", rows[i].is, false);
	}
	/* A user id of a pinned key names its owner, too. */
	world->by_address = false;
	assert_words(world, mail, "none", "good", false);
	world->by_address = true;
	world->by_fingerprint = false;
}

/* A mail that was signed long before or after it was dated is told so. */
static void
test_dates(const void *data)
{
	World *world = (World *)data;
	g_autofree char *mail = signed_mail(world);
	g_autofree char *old = g_strconcat("Date: Thu, 01 Jan 2015 10:00:00 +0000\n", mail, NULL);
	g_autoptr(Opened) found = opened(world, mail);
	g_autoptr(Opened) replayed = opened(world, old);

	g_assert_null(found->because);
	g_assert_cmpint(replayed->is_signed, ==, SIGNED_GOOD);
	g_assert_nonnull(strstr(replayed->because, "Date"));
}

static void
test_signed_inside(const void *data)
{
	World *world = (World *)data;
	g_autofree char *entity = signed_entity(world, PART);
	g_autofree char *changed = replaced(entity, "and more", "and less");
	g_autofree char *block = ann_writes(world, entity, "-e");
	g_autofree char *bad_block = ann_writes(world, changed, "-e");
	g_autofree char *both_block = ann_writes(world, entity, "-se");
	g_autofree char *mail = encrypted_mail(world, "-e");
	const char *start = strstr(mail, "-----BEGIN PGP MESSAGE");
	g_autofree char *front = g_strndup(mail, (gsize)(start - mail));
	g_autofree char *good = g_strconcat(front, block, "--b--\n", NULL);
	g_autofree char *bad = g_strconcat(front, bad_block, "--b--\n", NULL);
	g_autofree char *both = g_strconcat(front, both_block, "--b--\n", NULL);
	g_autoptr(Opened) found = opened(world, good);

	assert_words(world, good, "ok", "good", true);
	assert_words(world, bad, "ok", "bad", true);
	assert_words(world, both, "ok", "several", true);
	g_assert_cmpstr(mime_type(found->inner), ==, "text/plain");
}

static void
test_inline_encrypted(const void *data)
{
	World *world = (World *)data;
	g_autofree char *block = ann_writes(world, CANARY "\n", "-se");
	g_autofree char *whole = g_strconcat(HEAD "\n\n", block, "\n", NULL);
	g_autofree char *part = g_strconcat(HEAD "\nHello,\n", block, NULL);
	g_autofree char *two = g_strconcat(HEAD "\n", block, block, NULL);
	g_autofree char *html = g_strconcat(HEAD "Content-Type: multipart/alternative; boundary=b\n\n"
	    "--b\n\n", block, "--b\nContent-Type: text/html\n\n<p>other\n--b--\n", NULL);

	g_auto(GStrv) lines = g_strsplit(block, "\n", 0);
	g_autofree char *marked = g_strjoinv("<br>\n", lines);
	g_autofree char *twin = g_strconcat(HEAD "Content-Type: multipart/alternative; boundary=b\n\n"
	    "--b\n\n", block, "--b\nContent-Type: text/html\n\n<div>", marked, "</div>\n--b--\n", NULL);
	g_autofree char *more = replaced(twin, "</div>", "</div><p>Pay now.");
	g_autofree char *mixed = replaced(twin, "multipart/alternative", "multipart/mixed");

	assert_words(world, twin, "ok", "good", true);
	assert_words(world, more, "none", "none", false);
	assert_words(world, mixed, "none", "none", false);
	assert_words(world, whole, "ok", "good", true);
	assert_words(world, part, "none", "none", false);
	assert_words(world, two, "none", "none", false);
	assert_words(world, html, "none", "none", false);
}

/* The attachments beside a block stay with the mail, and are not signed. */
static void
test_inline_attachments(const void *data)
{
	World *world = (World *)data;
	g_autofree char *block = ann_writes(world, CANARY "\n--b--\n", "-se");
	g_autofree char *mail = g_strconcat(HEAD "Content-Type: multipart/mixed; boundary=b\n\n"
	    "--b\nContent-Type: text/plain\n\n", block, "\n--b\nContent-Type: image/png\n"
	    "Content-Disposition: attachment; filename=a.png\n\npicture\n--b--\n", NULL);
	g_autoptr(Opened) found = opened(world, mail);
	const GPtrArray *parts = mime_parts(found->inner);
	g_autofree char *text = mime_part_text(found->inner, 1);
	const Part *picture;

	assert_words(world, mail, "ok", "partly", true);
	g_assert_true(found->inner_whole);
	g_assert_cmpuint(parts->len, ==, 2);
	g_assert_cmpstr(text, ==, CANARY "\n--b--\n");
	picture = parts->pdata[1];
	g_assert_cmpstr(picture->name, ==, "a.png");
}

static void
test_inline_signed(const void *data)
{
	World *world = (World *)data;
	g_autofree char *block = ann_writes(world, CANARY "\n", "--clear-sign");
	g_autofree char *packets = ann_writes(world, CANARY "\n", "-s");
	g_autofree char *whole = g_strconcat(HEAD "\n", block, NULL);
	g_autofree char *opaque = g_strconcat(HEAD "\n", packets, NULL);
	g_autofree char *part = g_strconcat(HEAD "\nPay now.\n", block, NULL);
	g_autofree char *changed = replaced(whole, CANARY, "Canary");
	g_autofree char *part_changed = replaced(part, CANARY, "Canary");
	g_autofree char *html = g_strconcat(HEAD "Content-Type: multipart/mixed; boundary=b\n\n"
	    "--b\nContent-Type: text/html\n\n<p>other\n--b\n\n", block, "\n--b--\n", NULL);

	assert_words(world, whole, "none", "good", true);
	assert_words(world, opaque, "none", "good", true);
	assert_words(world, part, "none", "partly", false);
	assert_words(world, html, "none", "partly", false);
	assert_words(world, changed, "none", "bad", false);
	assert_words(world, part_changed, "none", "none", false);
}

/* A signed or encrypted part among others vouches for no more than itself,
 * and ciphertext below text of somebody else stays closed (T-25). */
static void
test_among(const void *data)
{
	World *world = (World *)data;
	g_autofree char *entity = signed_entity(world, PART);
	g_autofree char *block = ann_writes(world, INNER, "-se");
	g_autofree char *signed_part = g_strconcat(HEAD "Content-Type: multipart/mixed; boundary=m\n\n"
	    "--m\n\nPay now.\n--m\n", entity, "\n--m--\n", NULL);
	g_autofree char *changed = replaced(signed_part, "and more", "and less");
	g_autofree char *oracle = g_strconcat(HEAD "Content-Type: multipart/mixed; boundary=m\n\n"
	    "--m\n\nWhat do you think?\n--m\nContent-Type: " ENCRYPTED CONTROL CIPHER, block,
	    "--b--\n--m--\n", NULL);

	assert_words(world, signed_part, "none", "partly", false);
	assert_words(world, changed, "none", "none", false);
	assert_words(world, oracle, "none", "none", false);
}

/*
 * What gateways make of encrypted mail, and lists. A row is a mixed mail of
 * these parts, in that order, and whether it may be opened: only where there is
 * nothing else in it to be read (T-25).
 */

#define VERSION_PART "Content-Type: application/pgp-encrypted; name=\"PGPMIME version\"\n\nVersion: 1\n"
#define BLANK "Content-Type: text/plain\n\n\n\n"
#define LIST_FOOTER "Content-Type: text/plain\n\n_______________________\nlist mailing list\n"

static char *
mixed_mail(const char *fields, const char *const *parts, const char *block)
{
	GString *mail = g_string_new(HEAD);

	g_string_append_printf(mail, "%sContent-Type: multipart/mixed; boundary=m\n\n", fields);
	for (guint i = 0; parts[i] != NULL; i++) {
		g_auto(GStrv) pieces = g_strsplit(parts[i], "%", 2);
		g_autofree char *part = g_strjoinv(block, pieces);

		g_string_append_printf(mail, "--m\n%s\n", part);
	}
	g_string_append(mail, "--m--\n");
	return g_string_free(mail, FALSE);
}

#define AS(type, name) "Content-Type: " type "; name=\"" name "\"\n\n%"
#define ATTACHED(type, name) "Content-Type: " type \
    "\nContent-Disposition: attachment; filename=\"" name "\"\n\n%"
#define LIST "List-Id: <list.example>\n"
#define WHOLE "Content-Type: " ENCRYPTED CONTROL CIPHER "%--b--\n"

static void
test_repaired(const void *data)
{
	World *world = (World *)data;
	static const struct { const char *fields, *parts[6]; bool open; } rows[] = {
		{ "", { BLANK, WHOLE }, true },
		{ "", { "Content-Type: text/plain\n\n-- \n\n\n", WHOLE }, true },
		{ "", { "Content-Type: text/html\n\n<html><body><p>&nbsp;</p></body></html>", WHOLE }, true },
		{ "", { WHOLE, BLANK }, true },
		{ "", { BLANK, VERSION_PART, AS("application/octet-stream", "encrypted.asc") }, true },
		{ "", { VERSION_PART, ATTACHED("application/octet-stream", "encrypted.asc") }, true },
		{ "", { VERSION_PART, AS("application/octet-stream", "noname") }, true },
		{ "", { VERSION_PART, AS("text/plain", "x") }, true },
		{ "", { VERSION_PART, AS("application/pgp-encrypted", "encrypted.asc") }, true },
		{ "", { "Content-Type: application/octet-stream\n\nVersion: 1\n",
		    AS("application/octet-stream", "encrypted.asc") }, true },
		{ "", { "Content-Type: text/plain\n\nEmpty Message", VERSION_PART,
		    ATTACHED("application/octet-stream", "encrypted.asc") }, true },
		{ "", { AS("application/octet-stream", "encrypted.asc"), VERSION_PART }, true },
		{ "", { BLANK, ATTACHED("application/octet-stream", "encrypted.asc") }, true },
		{ LIST, { WHOLE, LIST_FOOTER }, true },
		{ LIST, { VERSION_PART, AS("application/octet-stream", "encrypted.asc"), LIST_FOOTER }, true },
		/* Somebody's words beside it, before, behind, as a file or as HTML. */
		{ "", { WHOLE, LIST_FOOTER }, false },
		{ LIST, { LIST_FOOTER, WHOLE }, false },
		{ LIST, { WHOLE, "Content-Type: text/plain\n\nWhat do you think?\n" }, false },
		{ LIST, { WHOLE, LIST_FOOTER, LIST_FOOTER }, false },
		{ "", { "Content-Type: text/plain\n\nHello.\n", WHOLE }, false },
		{ "", { "Content-Type: text/html\n\n<p>Hello.", WHOLE }, false },
		{ "", { "Content-Type: text/html\n\n<img src=\"http://x.example/", WHOLE }, false },
		{ "", { "Content-Type: text/html\n\n<p title=\"", WHOLE }, false },
		{ "", { "Content-Type: text/html\n\n<style>p { background: URL(x) }</style>", WHOLE }, false },
		{ "", { BLANK, WHOLE, "Content-Type: image/png\n\nx" }, false },
		{ "", { WHOLE, WHOLE }, false },
		{ "", { "Content-Type: text/plain\n\nHello.\n", VERSION_PART,
		    AS("application/octet-stream", "encrypted.asc") }, false },
		{ "", { VERSION_PART, AS("application/octet-stream", "encrypted.asc"),
		    AS("application/octet-stream", "encrypted.asc") }, false },
		/* A file is a file. */
		{ "", { BLANK, ATTACHED("application/octet-stream", "report.pdf.asc") }, false },
		{ "", { "Content-Type: text/plain\n\nSee it.\n",
		    ATTACHED("application/pgp-encrypted", "encrypted.asc") }, false },
	};
	g_autofree char *block = ann_writes(world, INNER, "-se");

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *mail = mixed_mail(rows[i].fields, rows[i].parts, block);
		g_autoptr(Opened) found = opened(world, mail);

		g_test_message("row %u", i);
		assert_words(world, mail, rows[i].open ? "ok" : "none",
		    rows[i].open ? "repaired" : "none", rows[i].open);
		g_assert_nonnull(found->because);
	}
}

/* The same with the cloth of PGP/MIME worn, but changed. */
static void
test_wrong_types(const void *data)
{
	World *world = (World *)data;
	g_autofree char *mail = encrypted_mail(world, "-se");
	g_autofree char *block = ann_writes(world, INNER, "-se");
	g_autofree char *type = replaced(mail, "application/octet-stream", "text/plain");
	g_autofree char *protocol = replaced(mail, "protocol=\"application/pgp-encrypted\"; ", "");
	g_autofree char *smime = replaced(mail, "protocol=\"application/pgp", "protocol=\"application/x");
	g_autofree char *alone = g_strconcat(HEAD "Content-Type: application/octet-stream; "
	    "name=message.pgp\n\n", block, NULL);
	g_autofree char *beside = g_strconcat(HEAD "Content-Type: application/octet-stream; "
	    "name=message.pgp\n\nRead this.\n", block, NULL);

	assert_words(world, type, "ok", "repaired", true);
	assert_words(world, protocol, "ok", "repaired", true);
	assert_words(world, smime, "none", "none", false);
	assert_words(world, alone, "ok", "repaired", true);
	assert_words(world, beside, "none", "none", false);
}

/* Servers that make a multipart/signed a mixed often leave its parts alone. */
static void
test_signed_repaired(const void *data)
{
	World *world = (World *)data;
	g_autofree char *mail = signed_mail(world);
	g_autofree char *mixed = replaced(mail, "multipart/signed", "multipart/mixed");
	g_autofree char *changed = replaced(mixed, "and more", "and less");
	g_autofree char *file = replaced(mixed, "text/plain\n",
	    "text/plain\nContent-Disposition: attachment; filename=a.txt\n");

	assert_words(world, mixed, "none", "repaired", false);
	assert_words(world, changed, "none", "bad", false);
	assert_words(world, file, "none", "none", false);
}

/* Encrypted first, then signed around it by whoever sent it on: what each layer
 * said, and no good signature of one hides what was wrong with another. */
static void
test_around(const void *data)
{
	World *world = (World *)data;
	static const struct {
		const char *words, *from, *to, *is, *first, *second;
	} rows[] = {
		{ "-e", "", "", "good", "signature good; ", "encryption ok; " },
		{ "-se", "", "", "several", "signature good; ", "encryption ok; " },
		{ "-e", "Version: 1\n", "Version: 1 \n", "bad", "signature bad; ", "encryption ok; " },
		{ "-se", "Version: 1\n", "Version: 1 \n", "bad", "signature bad; ", "encryption ok; " },
		{ "-se", "protocol=\"application/pgp-signature\"", "protocol=\"application/pkcs7-signature\"",
		    "several", "signature of S/MIME, not verified", "encryption ok; " },
		{ "-e", "protocol=\"application/pgp-signature\"", "protocol=\"application/pkcs7-signature\"",
		    "none", "signature of S/MIME, not verified", "encryption ok; " },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *block = ann_writes(world, INNER, rows[i].words);
		g_autofree char *part = g_strconcat("Content-Type: " ENCRYPTED CONTROL CIPHER, block,
		    "--b--\n", NULL);
		g_autofree char *entity = signed_entity(world, part);
		g_autofree char *changed = *rows[i].from == '\0' ? g_strdup(entity) :
		    replaced(entity, rows[i].from, rows[i].to);
		g_autofree char *mail = g_strconcat(HEAD, changed, NULL);
		g_autoptr(Opened) found = opened(world, mail);

		g_test_message("row %u", i);
		assert_words(world, mail, "ok", rows[i].is, true);
		g_assert_cmpuint(found->layers->len, ==, 2 + (strcmp(rows[i].words, "-se") == 0));
		g_assert_true(g_str_has_prefix(found->layers->pdata[0], rows[i].first));
		g_assert_true(g_str_has_prefix(found->layers->pdata[1], rows[i].second));
	}
}

/* A mail of packets before what gpg wrote, or of packets alone. */
static char *
packets_mail(GByteArray *packets, GBytes *rest)
{
	g_autofree char *text = NULL;

	if (rest != NULL)
		g_byte_array_append(packets, g_bytes_get_data(rest, NULL), (guint)g_bytes_get_size(rest));
	text = g_base64_encode(packets->data, packets->len);
	return g_strconcat(HEAD "Content-Type: " ENCRYPTED CONTROL "--b\nContent-Type: "
	    "application/octet-stream\nContent-Transfer-Encoding: base64\n\n", text, "\n--b--\n", NULL);
}

static void
add_session_key(GByteArray *packets, guint8 version, const char *name, guint8 algorithm)
{
	guint8 packet[2 + 45] = { 0xc1, 45, version };

	for (guint i = 0; i < 8; i++)
		packet[3 + i] = (guint8)(g_ascii_xdigit_value(name[2 * i]) << 4 |
		    g_ascii_xdigit_value(name[2 * i + 1]));
	packet[11] = algorithm;
	memset(packet + 12, 0x41, sizeof packet - 12);
	packet[12] = 1;		/* a number of 263 bits */
	packet[13] = 7;
	g_byte_array_append(packets, packet, sizeof packet);
}

/* What this gpg does not know is not damaged, and is not tried for ever; and as
 * many recipients as there is room for are not tried at all. */
static void
test_newer(const void *data)
{
	World *world = (World *)data;
	g_autoptr(GBytes) text = bytes_text(INNER);
	g_autoptr(GBytes) good = gpg(world->ann, text, "-r rd@sluis.example -e");
	g_autoptr(GBytes) no_data = g_bytes_new_static("\xd2\x10\x01" "123456789012345", 18);
	g_autoptr(GBytes) newer_data = g_bytes_new_static("\xd2\x10\x02" "123456789012345", 18);
	g_autoptr(PacketSummary) summary = packet_summary(g_bytes_get_data(good, NULL),
	    g_bytes_get_size(good));
	const char *ours = summary->recipients->pdata[0], *nobody = "0000000000000000",
	    *other = "0123456789ABCDEF";
	const struct {
		guint count;
		guint8 version;
		const char *name;
		guint8 algorithm;
		GBytes *rest;
		const char *is, *because;
	} rows[] = {
		{ 1, 3, ours, 35, no_data, "nokey", "newer" },		/* ML-KEM */
		{ 1, 3, ours, 8, no_data, "nokey", "newer" },		/* as GnuPG 2.5 calls it */
		{ 1, 3, ours, 25, no_data, "nokey", "newer" },		/* X25519 */
		{ 1, 6, ours, 25, newer_data, "nokey", "newer" },
		{ 1, 3, ours, 18, newer_data, "nokey", "newer" },
		{ 1, 3, ours, 18, no_data, "broken", "damaged" },
		{ 1, 3, ours, 1, no_data, "broken", "damaged" },
		{ 1, 3, other, 18, no_data, "nokey", "another key" },
		{ 1, 3, other, 1, no_data, "nokey", "another key" },
		{ 1, 3, ours, 35, good, "ok", NULL },
		{ 1, 6, ours, 25, good, "nokey", "newer" },
		{ 40, 3, other, 1, good, "ok", NULL },
		{ 4, 3, nobody, 1, good, "ok", NULL },
		{ 100, 3, nobody, 1, good, "nokey", "more keys" },
		{ 1200, 3, other, 1, good, "nokey", "more keys" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GByteArray) packets = g_byte_array_new();
		g_autofree char *mail = NULL;
		g_autoptr(Opened) found = NULL;

		for (guint n = 0; n < rows[i].count; n++)
			add_session_key(packets, rows[i].version, rows[i].name, rows[i].algorithm);
		mail = packets_mail(packets, rows[i].rest);
		found = opened(world, mail);
		g_test_message("row %u: %s, %s", i, encryption_word(found->encryption), found->because);
		g_assert_cmpstr(encryption_word(found->encryption), ==, rows[i].is);
		g_assert_true(rows[i].because == NULL ? found->because == NULL :
		    strstr(found->because, rows[i].because) != NULL);
	}
}

/* Files beside a text are called what they are, armoured or not. */
static void
test_kinds(const void *data)
{
	World *world = (World *)data;
	static const struct { const char *words, *kind; } rows[] = {
		{ "-r rd@sluis.example -e", "encrypted" }, { "-a -r rd@sluis.example -e", "encrypted" },
		{ "-r rd@sluis.example -se", "encrypted" }, { "--compress-algo none -s", "signed" },
		{ "-a --compress-algo none -s", "signed" }, { "-s", "packed" }, { "--clear-sign", "signed" },
		{ "-b", "signature" }, { "-a -b", "signature" }, { "--store", "packed" },
	};
	static const char *const others[] = { "", "Hello.", "\x89PNG\r\n\x1a\n" "123456",
	    "\xff\xd8\xff\xe0" "1234", "%PDF-1.7", "PK\x03\x04", "\x1f\x8b" };
	g_autoptr(GBytes) text = bytes_text("A report.\n");

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = gpg(world->ann, text, "-u %s %s", world->ann_key, rows[i].words);

		g_test_message("%s", rows[i].words);
		g_assert_cmpstr(pgpmail_kind(bytes), ==, rows[i].kind);
	}
	g_assert_cmpstr(pgpmail_kind(world->ann_certificate), ==, "key");
	for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
		g_autoptr(GBytes) bytes = bytes_text(others[i]);

		g_assert_null(pgpmail_kind(bytes));
	}
}

/* S/MIME is said to be that, and is never good. */
static void
test_smime(const void *data)
{
	World *world = (World *)data;
	static const char *const enveloped = HEAD "Content-Type: application/pkcs7-mime; "
	    "name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIAGCSqGSIb3DQEHA6CAMIACAQAx\n";
	static const char *const opaque = HEAD "Content-Type: application/x-pkcs7-mime; "
	    "smime-type=signed-data\nContent-Transfer-Encoding: base64\n\nMIAGCSqGSIb3DQEHAqCAMIAC\n";
	g_autoptr(Opened) found = opened(world, enveloped);

	assert_words(world, enveloped, "nokey", "none", false);
	assert_words(world, opaque, "none", "none", false);
	g_assert_nonnull(strstr(found->because, "S/MIME"));
}

static void
test_keys(const void *data)
{
	World *world = (World *)data;
	g_autoptr(GBytes) armoured = gpg(world->ann, NULL, "-a --export %s", world->ann_key);
	g_autofree char *key = g_strndup(g_bytes_get_data(armoured, NULL),
	    g_bytes_get_size(armoured));
	g_autofree char *inner = g_strconcat("Content-Type: multipart/mixed; boundary=k\n\n"
	    "--k\n\nmy key:\n", key, "\n--k\nContent-Type: application/pgp-keys\n\n", key,
	    "\n--k--\n", NULL);
	g_autofree char *block = ann_writes(world, inner, "-se");
	g_autofree char *mail = g_strconcat(HEAD "Content-Type: " ENCRYPTED CONTROL CIPHER, block,
	    "--b--\n", NULL);
	g_autofree char *clear = g_strconcat(HEAD, inner, NULL);
	g_autoptr(Opened) found = opened(world, mail);
	g_autoptr(Opened) none = opened(world, clear);

	g_assert_cmpuint(found->keys->len, ==, 1);	/* the same twice is one */
	g_assert_true(g_bytes_equal(found->keys->pdata[0], world->ann_certificate));
	g_assert_cmpuint(none->keys->len, ==, 0);
}

/* What was encrypted is over the limits of a mail: it is not parsed. */
static void
test_inner_limits(const void *data)
{
	World *world = (World *)data;
	GString *inner = g_string_new(NULL);
	g_autofree char *block = NULL, *mail = NULL;

	for (guint i = 0; i < 20; i++)
		g_string_append_printf(inner, "Content-Type: multipart/mixed; boundary=n%ux\n\n--n%ux\n",
		    i, i);
	g_string_append(inner, "\n" CANARY "\n");
	block = ann_writes(world, inner->str, "-se");
	mail = g_strconcat(HEAD "Content-Type: " ENCRYPTED CONTROL CIPHER, block, "--b--\n", NULL);
	assert_words(world, mail, "ok", "malformed", false);
	g_string_free(inner, TRUE);
}

static void
test_plain(const void *data)
{
	static const char *const mails[] = { "", "From: a@x\n\nhello\n", HEAD "Content-Type: "
	    "multipart/encrypted\n\n", HEAD "Content-Type: " ENCRYPTED, HEAD
	    "Content-Type: multipart/mixed; boundary=b\n\n", HEAD "Content-Type: " ENCRYPTED
	    "--b\n--b\n--b--\n", HEAD "Content-Type: multipart/signed; boundary=b; "
	    "protocol=\"application/pgp-signature\"\n\n--b\n--b\n--b--\n" };

	for (guint i = 0; i < G_N_ELEMENTS(mails); i++) {
		g_autoptr(Opened) found = opened((World *)data, mails[i]);

		g_assert_cmpint(found->encryption, !=, ENCRYPTION_OK);
		g_assert_cmpint(found->is_signed, !=, SIGNED_GOOD);
	}
}

/*
 * Published mails, forged and not, with the published keys: looked up by the
 * address of From, as our directory does.
 */

typedef struct {
	Pgp *pgp;
	GPtrArray *keys;	/* of Certificate */
} Shelf;

static GPtrArray *
shelf_by_address(void *context, const char *address, GError **error G_GNUC_UNUSED)
{
	const Shelf *shelf = context;
	GPtrArray *found = certificates_of(NULL);

	for (guint i = 0; i < shelf->keys->len; i++) {
		const Certificate *key = shelf->keys->pdata[i];

		if (g_ptr_array_find_with_equal_func(key->addresses, address, g_str_equal, NULL))
			g_ptr_array_add(found, g_bytes_ref(key->bytes));
	}
	return found;
}

static GPtrArray *
shelf_by_fingerprint(void *context G_GNUC_UNUSED, const char *name G_GNUC_UNUSED,
    GError **error G_GNUC_UNUSED)
{
	return certificates_of(NULL);
}

static GBytes *
contents(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	char *text;
	gsize length;

	return g_file_get_contents(path, &text, &length, NULL) ? g_bytes_new_take(text, length) : NULL;
}

static void
shelf_fill(Shelf *shelf, const char *folder)
{
	g_autofree char *keys = g_build_filename(folder, "keys", NULL);
	g_autoptr(GDir) dir = g_dir_open(keys, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autoptr(GBytes) bytes = contents(keys, name);
		Certificate *key = pgp_certificate(shelf->pgp, bytes, NULL);

		if (key != NULL)
			g_ptr_array_add(shelf->keys, key);
	}
}

/* Packets without a mail: encrypted to others, damaged, or not encrypted. */
static void
check_packets(const Shelf *shelf, GBytes *bytes)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Decrypted) found = pgp_decrypt(shelf->pgp, bytes, NULL, 64 << 20, &error);

	g_assert_no_error(error);
	g_assert_cmpint(found->status, !=, DECRYPT_OK);
	g_assert_null(found->plaintext);
}

/* Is the signer who the one From address says? A display name is nobody. */
static bool
is_bound(const Shelf *shelf, const Mime *outer, const char *signer)
{
	g_autoptr(GPtrArray) senders = mime_mailboxes(outer, "From");
	const Mailbox *sender = senders->len == 1 ? senders->pdata[0] : NULL;

	for (guint i = 0; sender != NULL && i < shelf->keys->len; i++) {
		const Certificate *key = shelf->keys->pdata[i];

		if (strcmp(key->fingerprint, signer) == 0)
			return g_ptr_array_find_with_equal_func(key->addresses, sender->address, g_str_equal,
			    NULL);
	}
	return false;
}

/* Of one line of an index: the mail's file and what is expected of it. What is
 * called forged there and good here must be signed by whom From names: there,
 * the display name alone is what misleads. */
static void
check_line(const Shelf *shelf, const char *folder, const char *line, guint *seen, guint *good)
{
	const KeyFinder finder = { shelf_by_address, shelf_by_fingerprint, (void *)shelf };
	g_auto(GStrv) fields = g_strsplit(line, ",", 4);
	g_autoptr(GBytes) raw = NULL;
	g_autoptr(Mime) outer = NULL;
	g_autoptr(Opened) found = NULL;
	g_autoptr(GError) error = NULL;

	if (g_strv_length(fields) < 4 || strcmp(fields[1], "key") == 0 ||
	    (raw = contents(folder, fields[0])) == NULL)
		return;
	if (strcmp(fields[1], "packet") == 0)
		check_packets(shelf, raw);
	outer = mime_parse(raw);
	found = pgpmail_open(shelf->pgp, outer, &finder, 64 << 20, &error);
	g_assert_no_error(error);
	g_test_message("%s: %s %s, %s", fields[0], encryption_word(found->encryption),
	    signed_word(found->is_signed), fields[2]);
	g_assert_true(found->is_signed != SIGNED_GOOD || is_bound(shelf, outer, found->signer));
	g_assert_cmpint(found->encryption, !=, ENCRYPTION_OK);
	++*seen;
	*good += found->is_signed == SIGNED_GOOD;
}

static void
test_corpus(const void *data)
{
	static const char *const folders[] = { "01-sig-spoof-johnny", "02-decrypt-oracle-covert",
	    "06-pgp-packets-rnp", "07-mdc-efail", "09-pgp-gateways" };
	const World *world = data;
	const char *corpus = getenv("SLUIS_CORPUS");
	guint seen = 0, good = 0;

	if (corpus == NULL) {
		g_test_skip("SLUIS_CORPUS is not set");
		return;
	}
	for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *folder = g_build_filename(corpus, folders[i], NULL);
		g_autoptr(GBytes) index = contents(folder, "INDEX.csv");
		Shelf shelf = { world->pgp, g_ptr_array_new_with_free_func(
		    (GDestroyNotify)certificate_free) };
		g_autofree char *text = NULL;
		g_auto(GStrv) lines = NULL;

		g_assert_nonnull(index);
		shelf_fill(&shelf, folder);
		text = g_strndup(g_bytes_get_data(index, NULL), g_bytes_get_size(index));
		lines = g_strsplit(text, "\n", 0);
		for (guint n = 1; lines[n] != NULL; n++)
			check_line(&shelf, folder, lines[n], &seen, &good);
		g_ptr_array_unref(shelf.keys);
	}
	g_assert_cmpuint(seen, >, 50);
	g_assert_cmpuint(good, >, 0);
}

int
main(int argc, char *argv[])
{
	static const WorldTest tests[] = {
		{ "/pgpmail/encrypted", test_encrypted }, { "/pgpmail/finders", test_finders },
		{ "/pgpmail/not-for-us", test_not_for_us }, { "/pgpmail/malformed", test_malformed },
		{ "/pgpmail/tampered", test_tampered }, { "/pgpmail/beside", test_beside },
		{ "/pgpmail/ours", test_ours }, { "/pgpmail/signed", test_signed }, { "/pgpmail/odd-signed", test_odd_signed },
		{ "/pgpmail/senders", test_senders }, { "/pgpmail/signed-inside", test_signed_inside },
		{ "/pgpmail/inline-encrypted", test_inline_encrypted },
		{ "/pgpmail/inline-attachments", test_inline_attachments },
		{ "/pgpmail/inline-signed", test_inline_signed }, { "/pgpmail/among", test_among },
		{ "/pgpmail/masks", test_masks }, { "/pgpmail/dates", test_dates },
		{ "/pgpmail/repaired", test_repaired }, { "/pgpmail/wrong-types", test_wrong_types },
		{ "/pgpmail/signed-repaired", test_signed_repaired },
		{ "/pgpmail/around", test_around }, { "/pgpmail/smime", test_smime },
		{ "/pgpmail/newer", test_newer }, { "/pgpmail/kinds", test_kinds },
		{ "/pgpmail/keys", test_keys },
		{ "/pgpmail/inner-limits", test_inner_limits }, { "/pgpmail/plain", test_plain },
		{ "/pgpmail/corpus", test_corpus },
		{ 0 }
	};

	return world_end(world_begin(&argc, &argv), tests);
}
