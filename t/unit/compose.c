#include <string.h>

#include "buffer.h"
#include "compose.h"
#include "error.h"
#include "file.h"
#include "letterform.h"
#include "mail.h"
#include "mime.h"
#include "split.h"
#include "template.h"

#define LONG_NAME "Équipe de réponse aux incidents — Informatiebeveiliging «sluis»"

static Letter *
sample(void)
{
	Letter *letter = letter_new();

	letter->from = g_strdup("rd@sluis.example");
	letter->from_name = g_strdup("Sluis CSIRT");
	letter->to = g_strdup("p.jansen@delinde.example");
	letter->subject = g_strdup("RD-2026-7K3QX: geheime melding");
	letter->outer_subject = g_strdup("[...]");
	letter->date = G_GINT64_CONSTANT(1795482669000000);
	letter->message_id = g_strdup("abc123@sluis.example");
	letter->in_reply_to = g_strdup("zzz@delinde.example");
	letter->references = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(letter->references, g_strdup("yyy@delinde.example"));
	g_ptr_array_add(letter->references, g_strdup("zzz@delinde.example"));
	letter->automatic = true;
	letter->body = g_strdup("Eén regel\n\nen nog een.\n");
	return letter;
}

static GBytes *
armour(void)
{
	return bytes_text("-----BEGIN PGP MESSAGE-----\n\nAAAA\n=AAAA\n-----END PGP MESSAGE-----\n");
}

static char *
as_text(GBytes *bytes)
{
	return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

/* The names of all header fields, in order. */
static char *
field_names(GBytes *mail)
{
	Slice header = split_entity(slice_bytes(mail)).header;
	g_autofree char *text = g_strndup(header.start, header.length);
	g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
	GString *names = g_string_new(NULL);

	for (guint i = 0; lines[i] != NULL; i++) {
		if (lines[i][0] != ' ' && lines[i][0] != '\0')
			g_string_append_printf(names, "%s%.*s", names->len > 0 ? " " : "",
			    (int)strcspn(lines[i], ":"), lines[i]);
	}
	return g_string_free(names, FALSE);
}

static void
assert_plain(GBytes *bytes)
{
	gsize length, column = 0;
	const guchar *data = g_bytes_get_data(bytes, &length);

	for (gsize i = 0; i < length; i++) {
		g_assert_cmpuint(data[i], <, 0x7f);
		g_assert_true(data[i] >= ' ' || data[i] == '\t' || data[i] == '\r' || data[i] == '\n');
		g_assert_true((data[i] == '\n') == (i > 0 && data[i - 1] == '\r'));
		column = data[i] == '\n' ? 0 : column + 1;
		g_assert_cmpuint(column, <=, 998);
	}
}

static void
test_order(void)
{
	g_autoptr(Letter) letter = sample();
	g_autoptr(GBytes) cipher = armour();
	g_autoptr(GBytes) outer = compose_outer(letter, cipher);
	g_autoptr(GBytes) clear = compose_clear(letter);
	g_autoptr(GBytes) inner = compose_inner(letter);
	g_autofree char *outer_names = field_names(outer);
	g_autofree char *clear_names = field_names(clear);
	g_autofree char *inner_names = field_names(inner);

	g_assert_cmpstr(outer_names, ==, "From To Subject Date Message-ID In-Reply-To References "
	    "Auto-Submitted MIME-Version Content-Type");
	g_assert_cmpstr(clear_names, ==, "From To Subject Date Message-ID In-Reply-To References "
	    "Auto-Submitted MIME-Version Content-Type Content-Transfer-Encoding");
	g_assert_cmpstr(inner_names, ==, "From To Subject Date Message-ID In-Reply-To References "
	    "Auto-Submitted HP-Outer HP-Outer HP-Outer HP-Outer HP-Outer HP-Outer HP-Outer HP-Outer "
	    "Content-Type Content-Transfer-Encoding");
}

static void
test_same_bytes(void)
{
	g_autoptr(Letter) letter = sample();
	g_autoptr(Letter) other = sample();
	g_autoptr(GBytes) cipher = armour();
	g_autoptr(GBytes) one = compose_outer(letter, cipher);
	g_autoptr(GBytes) again = compose_outer(other, cipher);
	g_autoptr(Mime) mime = mime_parse(one);
	g_autofree char *edge = mime_parameter(mime, "boundary");
	g_autofree char *other_edge = NULL;
	g_autoptr(GBytes) third = NULL;
	g_autoptr(Mime) third_mime = NULL;

	g_assert_true(g_bytes_equal(one, again));
	other->message_id[0] = 'b';
	third = compose_outer(other, cipher);
	third_mime = mime_parse(third);
	other_edge = mime_parameter(third_mime, "boundary");
	g_assert_cmpstr(edge, !=, other_edge);
}

static void
test_inner(void)
{
	g_autoptr(Letter) letter = sample();
	g_autoptr(GBytes) bytes = compose_inner(letter);
	g_autoptr(Mime) mime = mime_parse(bytes);
	Slice header = split_entity(slice_bytes(bytes)).header;
	g_autofree char *hp = mime_parameter(mime, "hp");
	g_autofree char *protected = mime_parameter(mime, "protected-headers");
	g_autofree char *subject = mime_header(mime, "Subject");
	g_autofree char *text = mime_part_text(mime, 1);
	static const char *const outside[] = {
		"From: Sluis CSIRT <rd@sluis.example>",
		"To: p.jansen@delinde.example",
		"Subject: [...]",
		"Date: Tue, 24 Nov 2026 01:11:09 +0000",
		"Message-ID: <abc123@sluis.example>",
		"In-Reply-To: <zzz@delinde.example>",
		"References: <yyy@delinde.example> <zzz@delinde.example>",
		"Auto-Submitted: auto-replied",
	};

	assert_plain(bytes);
	g_assert_cmpstr(mime_type(mime), ==, "text/plain");
	g_assert_cmpstr(hp, ==, "cipher");
	g_assert_cmpstr(protected, ==, "v1");
	g_assert_cmpstr(subject, ==, letter->subject);
	g_assert_cmpstr(text, ==, letter->body);
	for (guint i = 0; i < G_N_ELEMENTS(outside); i++) {
		g_autofree char *value = split_header(header, "HP-Outer", i);

		g_assert_cmpstr(value, ==, outside[i]);
	}
}

/* What we send, as we read it: fields as they were left, the text without the
 * copy, whatever is in the letter. */
static void
check_read(const Letter *letter)
{
	g_autoptr(GBytes) cipher = armour();
	g_autoptr(GBytes) sealed = compose_outer(letter, cipher), inside = compose_inner(letter);
	g_autoptr(Mime) outer = mime_parse(sealed), inner = mime_parse(inside);
	const Protection protection = { inner, true, true };
	g_autoptr(Mail) mail = mail_read(outer, inner, &protection, NULL);
	g_autofree char *first = mime_part_text(inner, 1);
	g_autofree char *copy = g_strdup_printf("Subject: %s\n\n", letter->subject);

	assert_plain(inside);
	g_assert_cmpstr(mail->subject, ==, letter->subject);
	g_assert_cmpstr(mail->text, ==, letter->body);
	g_assert_cmpstr(mail->changed, ==, NULL);
	g_assert_null(mail->from_inside);
	g_assert_false(mail->malformed);
	g_assert_cmpint(g_str_has_prefix(first, copy), ==, letter->copy_subject);
	g_assert_cmpint(mime_part_says(inner, 1, "hp-legacy-display", "1"), ==, letter->copy_subject);
}

static void
test_read_back(void)
{
	static const struct { const char *name, *subject, *outside; bool copy; } rows[] = {
		{ "Sluis CSIRT", "RD-2026-7K3QX: news", "[...]", false },
		{ "Sluis CSIRT", "RD-2026-7K3QX: news", "[...]", true },
		{ LONG_NAME, "RD-2026-7K3QX: geheime \xe2\x82\xac", "[RD-2026-7K3QX] answer", true },
		{ "Sluis, \"the\" (team)", "words that are so many that they do not fit on one line of a mail, "
		  "nor on a second one, and go on and on, until somebody stops them", "[\xe2\x80\xa6]", true },
		{ "", "a: b", "Subject: [...]", true },
	};
	g_autoptr(GBytes) image = g_bytes_new("\0\1\2", 3);

	for (gsize i = 0; i < 2 * G_N_ELEMENTS(rows); i++) {
		g_autoptr(Letter) letter = sample();

		g_free(letter->from_name);
		g_free(letter->subject);
		g_free(letter->outer_subject);
		letter->from_name = g_strdup(rows[i / 2].name);
		letter->subject = g_strdup(rows[i / 2].subject);
		letter->outer_subject = g_strdup(rows[i / 2].outside);
		letter->copy_subject = rows[i / 2].copy;
		if (i % 2 == 1) {
			letter->enclosures = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);
			g_ptr_array_add(letter->enclosures, enclosure_new("x.png", "image/png", image));
		}
		check_read(letter);
	}
}

static void
test_enclosures(void)
{
	g_autoptr(Letter) letter = sample();
	g_autoptr(GBytes) image = g_bytes_new("\0\1\2\3--=_\r\n\xff", 11);
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(GBytes) back = NULL;
	g_autoptr(Mime) mime = NULL;
	g_autofree char *hp = NULL;
	const Part *part;

	letter->enclosures = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);
	g_ptr_array_add(letter->enclosures, enclosure_new("bijlage-1.png", "image/png", image));
	bytes = compose_inner(letter);
	mime = mime_parse(bytes);
	hp = mime_parameter(mime, "hp");
	assert_plain(bytes);
	g_assert_cmpstr(mime_type(mime), ==, "multipart/mixed");
	g_assert_cmpstr(hp, ==, "cipher");
	g_assert_cmpuint(mime_parts(mime)->len, ==, 2);
	part = g_ptr_array_index(mime_parts(mime), 1);
	g_assert_cmpstr(part->type, ==, "image/png");
	g_assert_cmpstr(part->name, ==, "bijlage-1.png");
	g_assert_true(part->attachment);
	back = mime_part_bytes(mime, 2);
	g_assert_true(g_bytes_equal(back, image));
}

static void
test_outer_tells_nothing(void)
{
	g_autoptr(Letter) letter = sample();
	g_autoptr(GBytes) cipher = armour();
	g_autoptr(GBytes) bytes = compose_outer(letter, cipher);
	g_autoptr(Mime) mime = mime_parse(bytes);
	g_autofree char *text = as_text(bytes);
	g_autofree char *protocol = mime_parameter(mime, "protocol");

	assert_plain(bytes);
	g_assert_cmpstr(mime_type(mime), ==, "multipart/encrypted");
	g_assert_cmpstr(protocol, ==, "application/pgp-encrypted");
	g_assert_null(strstr(text, "geheime"));
	g_assert_null(strstr(text, "regel"));
	g_assert_nonnull(strstr(text, "Version: 1\r\n"));
	g_assert_nonnull(strstr(text, "Content-Disposition: inline; filename=\"encrypted.asc\"\r\n"));
}

/* T-43: no value, wherever it came from, makes a field of its own. */
static void
test_no_injection(void)
{
	static const size_t members[] = {
		offsetof(Letter, from), offsetof(Letter, from_name), offsetof(Letter, to),
		offsetof(Letter, subject), offsetof(Letter, outer_subject),
		offsetof(Letter, message_id), offsetof(Letter, in_reply_to),
	};
	g_autoptr(GBytes) cipher = armour();

	for (guint i = 0; i < G_N_ELEMENTS(members); i++) {
		g_autoptr(Letter) letter = sample();
		char **member = &G_STRUCT_MEMBER(char *, letter, members[i]);
		GBytes *forms[3];

		g_free(*member);
		*member = g_strdup("a@b\r\nBcc: c@d.example\n\nX\x01\xe2\x80\xae\xff");
		forms[0] = compose_inner(letter);
		forms[1] = compose_outer(letter, cipher);
		forms[2] = compose_clear(letter);
		for (guint j = 0; j < G_N_ELEMENTS(forms); j++) {
			Entity entity = split_entity(slice_bytes(forms[j]));

			assert_plain(forms[j]);
			g_assert_cmpuint(split_header_count(entity.header, "bcc"), ==, 0);
			g_assert_cmpuint(split_header_count(entity.header, "content-type"), ==, 1);
			g_bytes_unref(forms[j]);
		}
	}
}

static void
test_team_name(void)
{
	static const char *const names[] = {
		"Sluis CSIRT", "Sluis, \"the\" (team)", LONG_NAME, "",
	};

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(Letter) letter = sample();
		g_autoptr(GBytes) bytes = NULL;
		g_autoptr(Mime) mime = NULL;
		g_autoptr(GPtrArray) from = NULL;
		const Mailbox *mailbox;

		g_free(letter->from_name);
		letter->from_name = g_strdup(names[i]);
		bytes = compose_clear(letter);
		mime = mime_parse(bytes);
		from = mime_mailboxes(mime, "From");
		assert_plain(bytes);
		g_assert_cmpuint(from->len, ==, 1);
		mailbox = g_ptr_array_index(from, 0);
		g_assert_cmpstr(mailbox->name, ==, names[i]);
		g_assert_cmpstr(mailbox->address, ==, "rd@sluis.example");
	}
}

static void
test_hard_text(void)
{
	g_autoptr(Letter) letter = sample();
	g_autofree char *wide = g_strnfill(5000, 'w');
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(Mime) mime = NULL;
	g_autofree char *text = NULL;

	g_free(letter->body);
	letter->body = g_strconcat("From here\n.\nblanks  \n= \xe2\x82\xac\n", wide, "\n--=_x\n", NULL);
	bytes = compose_clear(letter);
	mime = mime_parse(bytes);
	text = mime_part_text(mime, 1);
	assert_plain(bytes);
	g_assert_cmpstr(text, ==, letter->body);
}

/*
 * The texts we come with.
 */

static char *
texts(void)
{
	return file_installed("share/sluis/conf/mail");
}

static GHashTable *
ack_values(void)
{
	static const char *const rows[][2] = {
		{ "tag", "RD-2026-7K3QX" }, { "received", "24 November 2026, 02:11" },
		{ "day", "Tuesday 1 December" }, { "fingerprint", "0123 4567" },
		{ "key_place", "https://sluis.example/key" },
	};
	GHashTable *values = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
		g_hash_table_insert(values, (gpointer)rows[i][0], (gpointer)rows[i][1]);
	return values;
}

static void
test_letterform(void)
{
	g_autofree char *folder = texts();
	g_autoptr(Letter) letter = sample();
	g_autoptr(GHashTable) values = ack_values();
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) one = letterform_clear(letter, folder, "nl", "ack", values, &error);
	g_autoptr(GBytes) two = letterform_clear(letter, folder, "nl", "ack", values, &error);
	g_autoptr(GBytes) three = NULL;

	g_assert_no_error(error);
	g_assert_true(g_bytes_equal(one, two));
	g_assert_cmpstr(letter->subject, ==, "RD-2026-7K3QX: geheime melding");
	g_assert_true(letterform_fill(letter, folder, "nl", "ack", values, &error));
	g_assert_cmpstr(letter->subject, ==, "RD-2026-7K3QX: ontvangen");
	three = compose_clear(letter);
	g_assert_true(g_bytes_equal(one, three));
	g_hash_table_remove(values, "day");
	g_assert_null(letterform_clear(letter, folder, "nl", "ack", values, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
}

static int
by_name(gconstpointer a, gconstpointer b, gpointer unused)
{
	(void)unused;
	return strcmp(a, b);
}

/* The ${names} of a text, sorted. */
static char *
names_in(const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GRegex) name = g_regex_new("\\$\\{[a-z_]+\\}", 0, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;
	g_autoptr(GTree) found = g_tree_new_full(by_name, NULL, g_free, NULL);
	g_autofree char *text = NULL;
	GString *names = g_string_new(NULL);

	g_file_get_contents(path, &text, NULL, &error);
	g_assert_no_error(error);
	for (g_regex_match(name, text, 0, &match); g_match_info_matches(match);
	    g_match_info_next(match, NULL)) {
		char *word = g_match_info_fetch(match, 0);

		g_tree_insert(found, word, word);
	}
	for (GTreeNode *node = g_tree_node_first(found); node != NULL; node = g_tree_node_next(node))
		g_string_append(names, g_tree_node_key(node));
	return g_string_free(names, FALSE);
}

static void
test_languages(void)
{
	g_autofree char *folder = texts();
	g_autofree char *english = g_build_filename(folder, "en", NULL);
	g_autofree char *dutch = g_build_filename(folder, "nl", NULL);
	g_autoptr(GDir) dir = g_dir_open(english, 0, NULL);
	const char *file;
	guint seen = 0;

	g_assert_nonnull(dir);
	while ((file = g_dir_read_name(dir)) != NULL) {
		g_autofree char *one = g_build_filename(english, file, NULL);
		g_autofree char *two = g_build_filename(dutch, file, NULL);
		g_autofree char *ours = names_in(one);
		g_autofree char *theirs = names_in(two);

		g_assert_cmpstr(ours, ==, theirs);
		seen++;
	}
	g_assert_cmpuint(seen, >=, 5);
}

static void
test_words(void)
{
	g_autofree char *folder = texts();
	g_autoptr(GHashTable) english = template_words(folder, "en", NULL);
	g_autoptr(GHashTable) dutch = template_words(folder, "nl", NULL);
	GHashTableIter each;
	gpointer key;

	g_assert_cmpuint(g_hash_table_size(english), ==, g_hash_table_size(dutch));
	g_hash_table_iter_init(&each, english);
	while (g_hash_table_iter_next(&each, &key, NULL))
		g_assert_true(g_hash_table_contains(dutch, key));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	mime_init();
	g_test_add_func("/compose/fields in their order", test_order);
	g_test_add_func("/compose/same letter, same bytes", test_same_bytes);
	g_test_add_func("/compose/protected headers and HP-Outer", test_inner);
	g_test_add_func("/compose/what we send is read as we wrote it", test_read_back);
	g_test_add_func("/compose/enclosures come back as they were", test_enclosures);
	g_test_add_func("/compose/outside tells nothing", test_outer_tells_nothing);
	g_test_add_func("/compose/T-43 no value becomes a field", test_no_injection);
	g_test_add_func("/compose/the team's name survives", test_team_name);
	g_test_add_func("/compose/hard text survives", test_hard_text);
	g_test_add_func("/letterform/made twice the same", test_letterform);
	g_test_add_func("/texts/both languages ask for the same names", test_languages);
	g_test_add_func("/texts/both languages have the same words", test_words);
	return g_test_run();
}
