#include <string.h>

#include "buffer.h"
#include "error.h"
#include "file.h"
#include "guard.h"
#include "letterform.h"
#include "mime.h"
#include "text.h"

#define KEY "0123456789ABCDEF"
#define OTHER_KEY "FEDCBA9876543210"
#define TO "p.jansen@delinde.example"

/*
 * Messages as gpg would write them, as far as a walk over packets can see.
 */

static void
add_session_key(GString *packets, const char *key_id)
{
	g_autoptr(GBytes) id = text_unhex(key_id);

	g_string_append_len(packets, "\xc1\x10\x03", 3);
	g_string_append_len(packets, g_bytes_get_data(id, NULL), 8);
	g_string_append_len(packets, "\x01\x00\x20\xff\xee\xdd\xcc", 7);
}

static void
add_password(GString *packets)
{
	g_string_append_len(packets, "\xc3\x0d\x04\x09\x03\x08" "saltsalt\x60", 15);
}

static void
add_ciphertext(GString *packets)
{
	g_string_append_len(packets, "\xd2\x29\x01" "0123456789012345678901234567890123456789", 43);
}

/* The old kind, without a check of its integrity. */
static void
add_old_ciphertext(GString *packets)
{
	g_string_append_len(packets, "\xc9\x28" "0123456789012345678901234567890123456789", 42);
}

static guint32
crc24(const GString *bytes)
{
	guint32 crc = 0xb704ce;

	for (gsize i = 0; i < bytes->len; i++) {
		crc ^= (guint32)(guchar)bytes->str[i] << 16;
		for (int bit = 0; bit < 8; bit++)
			crc = (crc << 1) ^ ((crc & 0x800000) != 0 ? 0x1864cfb : 0);
	}
	return crc & 0xffffff;
}

static GBytes *
armoured(const GString *packets, const char *headers)
{
	guint32 crc = crc24(packets);
	const guchar sum[] = { (guchar)(crc >> 16), (guchar)(crc >> 8), (guchar)crc };
	g_autofree char *body = g_base64_encode((const guchar *)packets->str, packets->len);
	g_autofree char *check = g_base64_encode(sum, sizeof(sum));
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_printf(text, "-----BEGIN PGP MESSAGE-----\n%s\n", headers);
	for (gsize at = 0; at < strlen(body); at += 64)
		g_string_append_printf(text, "%.64s\n", body + at);
	g_string_append_printf(text, "=%s\n-----END PGP MESSAGE-----\n", check);
	return bytes_text(text->str);
}

/* A message to each of those keys; "password" is one, "old" says how. */
static GBytes *
message_to(const char *keys, const char *headers)
{
	g_auto(GStrv) list = g_strsplit(keys, " ", -1);
	g_autoptr(GString) packets = g_string_new(NULL);

	for (guint i = 0; list[i] != NULL; i++) {
		if (g_str_equal(list[i], "password"))
			add_password(packets);
		else if (!g_str_equal(list[i], "old"))
			add_session_key(packets, list[i]);
	}
	if (g_strv_contains((const char *const *)list, "old"))
		add_old_ciphertext(packets);
	else
		add_ciphertext(packets);
	return armoured(packets, headers);
}

/*
 * Parcels as work makes them.
 */

static void
fill_letter(Letter *letter)
{
	letter->from = g_strdup("rd@sluis.example");
	letter->from_name = g_strdup("Sluis CSIRT");
	letter->to = g_strdup(TO);
	letter->outer_subject = g_strdup("[...]");
	letter->date = G_GINT64_CONSTANT(1795482669000000);
	letter->message_id = g_strdup("abc123@sluis.example");
}

static void
compose_to(Parcel *parcel, const char *keys, const char *headers)
{
	g_autoptr(GBytes) cipher = message_to(keys, headers);

	g_clear_pointer(&parcel->bytes, g_bytes_unref);
	parcel->bytes = compose_outer(parcel->letter, cipher);
}

static Parcel *
encrypted(void)
{
	Parcel *parcel = parcel_new(PARCEL_ENCRYPTED);

	fill_letter(parcel->letter);
	parcel->envelope_sender = g_strdup("rd+1abc@sluis.example");
	parcel_expect(parcel, "000000000000000000000000" KEY);
	compose_to(parcel, KEY, "");
	return parcel;
}

static void
put(Parcel *parcel, const char *name, const char *value)
{
	g_hash_table_insert(parcel->values, g_strdup(name), g_strdup(value));
}

static void
render(Parcel *parcel)
{
	g_autofree char *folder = file_installed("share/sluis/conf/mail");
	g_autoptr(GError) error = NULL;

	g_clear_pointer(&parcel->bytes, g_bytes_unref);
	parcel->bytes = letterform_signed(parcel->letter, folder, parcel->language,
	    parcel->template, parcel->values, parcel->signature, &error);
	g_assert_no_error(error);
}

static Parcel *
template(void)
{
	Parcel *parcel = parcel_new(PARCEL_TEMPLATE);

	fill_letter(parcel->letter);
	parcel->letter->automatic = true;
	parcel->envelope_sender = g_strdup("");
	parcel->template = g_strdup("ack");
	parcel->language = g_strdup("nl");
	put(parcel, "tag", "RD-2026-7K3QX");
	put(parcel, "received", "24 november 2026, 02:11");
	put(parcel, "day", "dinsdag 1 december");
	put(parcel, "fingerprint", "0123 4567 89AB CDEF");
	put(parcel, "key_place", "https://sluis.example/key");
	render(parcel);
	return parcel;
}

static void
replace(Parcel *parcel, const char *old, const char *new)
{
	g_autoptr(GString) text = g_string_new_len(g_bytes_get_data(parcel->bytes, NULL),
	    (gssize)g_bytes_get_size(parcel->bytes));

	g_assert_cmpuint(g_string_replace(text, old, new, 1), ==, 1);
	g_clear_pointer(&parcel->bytes, g_bytes_unref);
	parcel->bytes = g_bytes_new(text->str, text->len);
}

static void
set(char **member, const char *value)
{
	g_free(*member);
	*member = g_strdup(value);
}

/*
 * What could go wrong on the way.
 */

static void
leave(Parcel *parcel)
{
	(void)parcel;
}

static void
add_bcc(Parcel *parcel)
{
	replace(parcel, "Date:", "Bcc: spy@other.example\r\nDate:");
}

static void
add_second_to(Parcel *parcel)
{
	replace(parcel, "Date:", "To: spy@other.example\r\nDate:");
}

static void
add_own_field(Parcel *parcel)
{
	replace(parcel, "Date:", "X-Case: RD-2026-7K3QX\r\nDate:");
}

static void
drop_date(Parcel *parcel)
{
	replace(parcel, "Date: ", "Subject: ");
}

static void
no_version(Parcel *parcel)
{
	replace(parcel, "MIME-Version: 1.0\r\n", "");
}

static void
two_answers(Parcel *parcel)
{
	replace(parcel, "MIME-Version", "In-Reply-To: <a@b>\r\nIn-Reply-To: <c@d>\r\nMIME-Version");
}

static void
bare_return(Parcel *parcel)
{
	replace(parcel, "Version: 1\r\n", "Version: 1\r\r\n");
}

static void
bare_newline(Parcel *parcel)
{
	replace(parcel, "\r\nDate", "\nDate");
}

static void
eight_bits(Parcel *parcel)
{
	replace(parcel, "[...]", "[\xc3\xa9]");
}

static void
two_addresses(Parcel *parcel)
{
	set(&parcel->letter->to, TO ",spy@other.example");
	compose_to(parcel, KEY, "");
}

static void
other_address(Parcel *parcel)
{
	replace(parcel, "To: " TO, "To: spy@other.example");
}

static void
other_from(Parcel *parcel)
{
	set(&parcel->letter->from, "ceo@other.example");
	compose_to(parcel, KEY, "");
}

static void
other_envelope(Parcel *parcel)
{
	set(&parcel->envelope_sender, "ceo@other.example");
}

static void
telling_subject(Parcel *parcel)
{
	set(&parcel->letter->outer_subject, "[RD-2026-7K3QX] patient files of De Linde");
	compose_to(parcel, KEY, "");
}

static void
tag_subject(Parcel *parcel)
{
	set(&parcel->letter->outer_subject, "[RD-2026-7K3QX] urgent");
	compose_to(parcel, KEY, "");
}

static void
other_key(Parcel *parcel)
{
	compose_to(parcel, OTHER_KEY, "");
}

static void
extra_key(Parcel *parcel)
{
	compose_to(parcel, KEY " " OTHER_KEY, "");
}

static void
same_key_twice(Parcel *parcel)
{
	compose_to(parcel, KEY " " KEY, "");
}

static void
hidden_key(Parcel *parcel)
{
	compose_to(parcel, "0000000000000000", "");
}

static void
extra_password(Parcel *parcel)
{
	compose_to(parcel, KEY " password", "");
}

static void
no_integrity(Parcel *parcel)
{
	compose_to(parcel, KEY " old", "");
}

static void
two_expected(Parcel *parcel)
{
	parcel_expect(parcel, OTHER_KEY);
	compose_to(parcel, KEY " " OTHER_KEY, "");
}

static void
in_clear(Parcel *parcel)
{
	set(&parcel->letter->subject, "[...]");
	set(&parcel->letter->body, "De patientendossiers staan open.\n");
	g_clear_pointer(&parcel->bytes, g_bytes_unref);
	parcel->bytes = compose_clear(parcel->letter);
}

static void
armour_comment(Parcel *parcel)
{
	compose_to(parcel, KEY, "Comment: gpg at work\n");
}

static void
words_before(Parcel *parcel)
{
	replace(parcel, "\r\n\r\n--=_", "\r\n\r\nDe dossiers staan open.\r\n--=_");
}

static void
words_behind(Parcel *parcel)
{
	replace(parcel, "PGP MESSAGE-----\r\n\r\n--=_", "PGP MESSAGE-----\r\nopen\r\n\r\n--=_");
}

static void
epilogue(Parcel *parcel)
{
	g_autofree char *text = g_strdup_printf("%.*sDe dossiers staan open.\r\n",
	    (int)g_bytes_get_size(parcel->bytes), (const char *)g_bytes_get_data(parcel->bytes, NULL));

	g_clear_pointer(&parcel->bytes, g_bytes_unref);
	parcel->bytes = bytes_text(text);
}

static void
other_date(Parcel *parcel)
{
	replace(parcel, "01:11:09", "01:11:10");
}

static void
part_field(Parcel *parcel)
{
	replace(parcel, "Content-Disposition:", "Content-Description: dossiers\r\nContent-Disposition:");
}

static void
one_byte(Parcel *parcel)
{
	replace(parcel, "ontvangen", "ontvangem");
}

static void
other_value(Parcel *parcel)
{
	put(parcel, "day", "woensdag 2 december");
}

static void
long_value(Parcel *parcel)
{
	g_autofree char *text = g_strnfill(300, 'x');

	put(parcel, "day", text);
	render(parcel);
}

static void
value_of_lines(Parcel *parcel)
{
	put(parcel, "day", "dinsdag\nDe dossiers staan open.");
	render(parcel);
}

/* A forward has a text in it: it never leaves in clear, however well made. */
static void
not_for_clear(Parcel *parcel)
{
	set(&parcel->template, "parked");
	g_hash_table_remove_all(parcel->values);
	put(parcel, "id", "17");
	put(parcel, "inbox", "rd@sluis.example");
	put(parcel, "size", "3 kB");
	put(parcel, "reason", "tries");
	render(parcel);
}

/* The same, signed in clear. */
static Parcel *
signed_template(void)
{
	Parcel *parcel = template();

	set(&parcel->signature, "-----BEGIN PGP SIGNATURE-----\n\niHUEARYKAB0=\n=abcd\n"
	    "-----END PGP SIGNATURE-----\n");
	render(parcel);
	return parcel;
}

static void
other_signature(Parcel *parcel)
{
	set(&parcel->signature, "-----BEGIN PGP SIGNATURE-----\n\niHUEARYKAB4=\n=abcd\n"
	    "-----END PGP SIGNATURE-----\n");
}

/* Words where nothing but a signature belongs, in the mail as well. */
static void
words_for_signature(Parcel *parcel)
{
	set(&parcel->signature, "-----BEGIN PGP SIGNATURE-----\n\nthe portal has a hole\n"
	    "-----END PGP SIGNATURE-----\n");
	render(parcel);
}

static void
words_behind_signature(Parcel *parcel)
{
	g_autofree char *more = g_strconcat(parcel->signature, "thehole\n", NULL);

	set(&parcel->signature, more);
	render(parcel);
}

static void
long_signature(Parcel *parcel)
{
	g_autofree char *much = g_strnfill(4096, 'A');
	g_autofree char *all = g_strconcat("-----BEGIN PGP SIGNATURE-----\n\n", much,
	    "\n-----END PGP SIGNATURE-----\n", NULL);

	set(&parcel->signature, all);
	render(parcel);
}

typedef struct {
	const char *name;
	Parcel *(*make)(void);
	void (*tamper)(Parcel *parcel);
	GuardVerdict verdict;
	bool confirmed;		/* by an analyst's word */
} Case;

/* What an analyst wrote, as it may go in clear. */
static void
written(Parcel *parcel)
{
	set(&parcel->template, "relay-clear");
	g_hash_table_remove_all(parcel->values);
	put(parcel, "tag", "RD-2026-7K3QX");
	put(parcel, "text", "Dank u wel.\nWij bellen u morgen.");
	render(parcel);
}

static void
written_otherwise(Parcel *parcel)
{
	written(parcel);
	put(parcel, "text", "De dossiers staan open.");
}

static const Case cases[] = {
	{ "an encrypted mail passes", encrypted, leave, GUARD_PASS, false },
	{ "a tag and a word may stand outside", encrypted, tag_subject, GUARD_PASS, false },
	{ "a template passes", template, leave, GUARD_PASS, false },
	{ "a Bcc", encrypted, add_bcc, GUARD_FIELDS, false },
	{ "a template signed in clear passes", signed_template, leave, GUARD_PASS, false },
	{ "another signature", signed_template, other_signature, GUARD_TEMPLATE, false },
	{ "words for a signature", signed_template, words_for_signature, GUARD_TEMPLATE, false },
	{ "words behind a signature", signed_template, words_behind_signature, GUARD_TEMPLATE, false },
	{ "a long signature", signed_template, long_signature, GUARD_TEMPLATE, false },
	{ "a Bcc in a template", template, add_bcc, GUARD_FIELDS, false },
	{ "a second To", encrypted, add_second_to, GUARD_FIELDS, false },
	{ "a field not ours", encrypted, add_own_field, GUARD_FIELDS, false },
	{ "a field doubled and one missing", encrypted, drop_date, GUARD_FIELDS, false },
	{ "a field missing", encrypted, no_version, GUARD_FIELDS, false },
	{ "a field of ours twice", encrypted, two_answers, GUARD_FIELDS, false },
	{ "a bare carriage return", encrypted, bare_return, GUARD_FIELDS, false },
	{ "a bare line feed", encrypted, bare_newline, GUARD_FIELDS, false },
	{ "eight bits", encrypted, eight_bits, GUARD_FIELDS, false },
	{ "two addresses in To", encrypted, two_addresses, GUARD_RECIPIENT, false },
	{ "another address in To", encrypted, other_address, GUARD_RECIPIENT, false },
	{ "another address in a template", template, other_address, GUARD_RECIPIENT, false },
	{ "a From not ours", encrypted, other_from, GUARD_SENDER, false },
	{ "an envelope sender not ours", encrypted, other_envelope, GUARD_SENDER, false },
	{ "a Subject that tells", encrypted, telling_subject, GUARD_SUBJECT, false },
	{ "another key", encrypted, other_key, GUARD_KEYS, false },
	{ "an extra key", encrypted, extra_key, GUARD_KEYS, false },
	{ "the same key twice", encrypted, same_key_twice, GUARD_KEYS, false },
	{ "a hidden key", encrypted, hidden_key, GUARD_KEYS, false },
	{ "a password besides", encrypted, extra_password, GUARD_KEYS, false },
	{ "no integrity protection", encrypted, no_integrity, GUARD_KEYS, false },
	{ "two keys, both expected (T-46)", encrypted, two_expected, GUARD_KEYS, false },
	{ "clear text where encrypted was meant", encrypted, in_clear, GUARD_SHAPE, false },
	{ "a comment in the armour (T-45)", encrypted, armour_comment, GUARD_SHAPE, false },
	{ "words before the parts", encrypted, words_before, GUARD_SHAPE, false },
	{ "words behind the armour", encrypted, words_behind, GUARD_SHAPE, false },
	{ "words behind the parts", encrypted, epilogue, GUARD_SHAPE, false },
	{ "another date", encrypted, other_date, GUARD_SHAPE, false },
	{ "a field in a part", encrypted, part_field, GUARD_SHAPE, false },
	{ "one byte of a template changed", template, one_byte, GUARD_TEMPLATE, false },
	{ "another value", template, other_value, GUARD_TEMPLATE, false },
	{ "a long value", template, long_value, GUARD_TEMPLATE, false },
	{ "a value of two lines", template, value_of_lines, GUARD_TEMPLATE, false },
	{ "a template that is not for clear mail", template, not_for_clear, GUARD_TEMPLATE, false },
	{ "one that is not, confirmed", template, not_for_clear, GUARD_TEMPLATE, true },
	{ "an analyst's words in clear", template, written, GUARD_TEMPLATE, false },
	{ "an analyst's words in clear, confirmed", template, written, GUARD_PASS, true },
	{ "other words than were confirmed", template, written_otherwise, GUARD_TEMPLATE, true },
};

static void
test_case(gconstpointer data)
{
	const Case *row = data;
	g_autofree char *folder = file_installed("share/sluis/conf/mail");
	Inbox inbox = { .address = (char *)"rd@sluis.example", .prefix = (char *)"RD" };
	g_autoptr(GPtrArray) inboxes = g_ptr_array_new();
	const Settings settings = { .inboxes = inboxes, .text_folder = folder };
	g_autoptr(Parcel) parcel = row->make();
	g_autoptr(GError) error = NULL;
	GuardVerdict verdict;

	g_ptr_array_add(inboxes, &inbox);
	row->tamper(parcel);
	g_assert_true(guard_check(parcel, row->confirmed, &settings, &verdict, &error));
	g_assert_no_error(error);
	g_assert_cmpstr(guard_word(verdict), ==, guard_word(row->verdict));
}

/* Texts that cannot be read say nothing about the mail. */
static void
test_no_texts(void)
{
	Inbox inbox = { .address = (char *)"rd@sluis.example", .prefix = (char *)"RD" };
	g_autoptr(GPtrArray) inboxes = g_ptr_array_new();
	const Settings settings = { .inboxes = inboxes, .text_folder = (char *)"/nonexistent" };
	g_autoptr(Parcel) parcel = template();
	g_autoptr(GError) error = NULL;
	GuardVerdict verdict;

	g_ptr_array_add(inboxes, &inbox);
	g_assert_false(guard_check(parcel, false, &settings, &verdict, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	mime_init();
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/guard/T-53 %s", cases[i].name);

		g_test_add_data_func(path, &cases[i], test_case);
	}
	g_test_add_func("/guard/without texts nothing is known", test_no_texts);
	return g_test_run();
}
