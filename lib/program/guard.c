/* guard - the last look at a mail before it leaves; see guard.h */

#include "guard.h"

#include <string.h>

#include "compose.h"
#include "letterform.h"
#include "packet.h"
#include "split.h"

#define LONGEST_LINE 998	/* RFC 5322 section 2.1.1, without CR LF */
#define LONGEST_TAG 24
#define LONGEST_WORD 16
#define LONGEST_VALUE 200	/* of a name in a template that goes in clear */
#define LONGEST_SIGNATURE 2048

#define TYPE_BEFORE "multipart/encrypted; boundary=\""
#define TYPE_BEHIND "\"; protocol=\"application/pgp-encrypted\""
#define FIRST_PART "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
#define SECOND_HEADER "Content-Type: application/octet-stream; name=\"encrypted.asc\"\r\n" \
    "Content-Disposition: inline; filename=\"encrypted.asc\"\r\n\r\n"
#define ARMOUR_BEFORE "-----BEGIN PGP MESSAGE-----\r\n\r\n"
#define ARMOUR_BEHIND "-----END PGP MESSAGE-----\r\n"

const char *
guard_word(GuardVerdict verdict)
{
	static const char *const words[] = {
		[GUARD_PASS] = "pass",
		[GUARD_FIELDS] = "guard-fields",
		[GUARD_SENDER] = "guard-sender",
		[GUARD_RECIPIENT] = "guard-recipient",
		[GUARD_SUBJECT] = "guard-subject",
		[GUARD_SHAPE] = "guard-shape",
		[GUARD_KEYS] = "guard-keys",
		[GUARD_TEMPLATE] = "guard-template",
	};

	return words[verdict];
}

static bool
slice_equal(Slice slice, const char *text)
{
	return slice.length == strlen(text) && memcmp(slice.start, text, slice.length) == 0;
}

/* Takes one line with its CR LF off the front; false if there is none, or if
 * it is too long or holds anything but printable ASCII and tabs. */
static bool
next_line(Slice *rest, Slice *line)
{
	const char *end = memchr(rest->start, '\n', rest->length);

	if (end == NULL || end == rest->start || end[-1] != '\r')
		return false;
	line->start = rest->start;
	line->length = (gsize)(end - rest->start) - 1;
	rest->start = end + 1;
	rest->length -= line->length + 2;
	for (gsize i = 0; i < line->length; i++) {
		if (!g_ascii_isprint(line->start[i]) && line->start[i] != '\t')
			return false;
	}
	return line->length <= LONGEST_LINE;
}

static bool
lines_are_plain(Slice rest)
{
	Slice line;

	while (rest.length > 0) {
		if (!next_line(&rest, &line))
			return false;
	}
	return true;
}

/* Which of our fields a header line begins; -1 if none of ours. */
static int
field_index(Slice line)
{
	const char *const *names = compose_fields();
	const char *colon = memchr(line.start, ':', line.length);
	g_autofree char *name = NULL;

	if (colon == NULL)
		return -1;
	name = g_ascii_strdown(line.start, colon - line.start);
	for (int i = 0; names[i] != NULL; i++) {
		if (strcmp(names[i], name) == 0)
			return i;
	}
	return -1;
}

/* Each field is ours and there once; those that every mail has are there. */
static bool
fields_are_ours(Slice header)
{
	static const char *const needed[] = {
		"from", "to", "subject", "date", "message-id", "mime-version", "content-type",
	};
	guint64 seen = 0;
	Slice rest = header, line;

	while (rest.length > 0) {
		int field;

		if (!next_line(&rest, &line))
			return false;
		if (line.length == 0)
			return false;
		if (line.start[0] == ' ' && seen != 0)
			continue;
		field = field_index(line);
		if (field < 0 || (seen & (G_GUINT64_CONSTANT(1) << field)) != 0)
			return false;
		seen |= G_GUINT64_CONSTANT(1) << field;
	}
	for (guint i = 0; i < G_N_ELEMENTS(needed); i++) {
		if (split_header_count(header, needed[i]) != 1)
			return false;
	}
	return true;
}

/* One address and no list, group, comment or name that a mail server could
 * read as more than one. */
static bool
address_is_single(const char *address)
{
	const char *at = strchr(address, '@');

	return at != NULL && at != address && at[1] != '\0' && strchr(at + 1, '@') == NULL &&
	    address[strcspn(address, " \t\r\n,;:<>()[]\"\\")] == '\0';
}

static bool
senders_are_ours(const Parcel *parcel, const Settings *settings)
{
	const char *envelope = parcel->envelope_sender;

	if (settings_inbox(settings, parcel->letter->from) == NULL)
		return false;
	return *envelope == '\0' ||
	    (address_is_single(envelope) && settings_inbox(settings, envelope) != NULL);
}

static bool
recipient_is_meant(Slice header, const char *to)
{
	g_autofree char *value = split_header(header, "to", 0);

	return value != NULL && strcmp(value, to) == 0 && address_is_single(to);
}

/* "[...]", or "[RD-2026-7K3QX] urgent". */
static bool
subject_is_neutral(Slice header)
{
	g_autofree char *subject = split_header(header, "subject", 0);
	gsize tag, word;

	if (subject == NULL || strcmp(subject, "[...]") == 0)
		return subject != NULL;
	if (subject[0] != '[')
		return false;
	tag = 1 + strspn(subject + 1, G_CSET_A_2_Z G_CSET_DIGITS "-");
	if (tag > LONGEST_TAG || !g_str_has_prefix(subject + tag, "] "))
		return false;
	word = strspn(subject + tag + 2, G_CSET_a_2_z);
	return word > 0 && word <= LONGEST_WORD && subject[tag + 2 + word] == '\0';
}

/* The boundary, if the Content-Type is exactly the one we write. */
static char *
boundary_of(Slice header)
{
	g_autofree char *type = split_header(header, "content-type", 0);
	gsize length;

	if (type == NULL || !g_str_has_prefix(type, TYPE_BEFORE) ||
	    !g_str_has_suffix(type, TYPE_BEHIND))
		return NULL;
	length = strlen(type);
	if (length < strlen(TYPE_BEFORE TYPE_BEHIND))
		return NULL;
	return g_strndup(type + strlen(TYPE_BEFORE), length - strlen(TYPE_BEFORE TYPE_BEHIND));
}

/* An armoured message without armour headers: nothing but base 64 in it. */
static bool
armour_is_bare(Slice armour)
{
	gsize before = strlen(ARMOUR_BEFORE), behind = strlen(ARMOUR_BEHIND);

	if (armour.length < before + behind || memcmp(armour.start, ARMOUR_BEFORE, before) != 0 ||
	    memcmp(armour.start + armour.length - behind, ARMOUR_BEHIND, behind) != 0)
		return false;
	for (gsize i = before; i < armour.length - behind; i++) {
		if (!g_ascii_isalnum(armour.start[i]) && strchr("+/=\r\n", armour.start[i]) == NULL)
			return false;
	}
	return true;
}

/* The ciphertext of exactly the PGP/MIME shape we write. */
static bool
find_ciphertext(Entity mail, Slice *armour)
{
	g_autofree char *boundary = boundary_of(mail.header);
	g_autoptr(Multipart) parts = NULL;
	gsize header = strlen(SECOND_HEADER);

	if (boundary == NULL)
		return false;
	parts = split_multipart(mail.body, boundary);
	if (parts->children->len != 2 || !parts->closed || parts->ambiguous ||
	    !slice_equal(g_array_index(parts->children, Slice, 0), FIRST_PART))
		return false;
	*armour = g_array_index(parts->children, Slice, 1);
	if (armour->length < header || memcmp(armour->start, SECOND_HEADER, header) != 0)
		return false;
	armour->start += header;
	armour->length -= header;
	return armour_is_bare(*armour);
}

static bool
keys_are_expected(Slice armour, const GPtrArray *expected)
{
	g_autoptr(GBytes) binary = armour_open(armour.start, armour.length);
	g_autoptr(PacketSummary) packets = NULL;

	if (binary != NULL)
		packets = packet_summary(g_bytes_get_data(binary, NULL), g_bytes_get_size(binary));
	if (packets == NULL || !packets->encrypted || !packets->integrity || packets->odd ||
	    packets->passwords != 0)
		return false;
	return expected->len == 1 && packets->recipients->len == 1 &&
	    strcmp(g_ptr_array_index(expected, 0), g_ptr_array_index(packets->recipients, 0)) == 0;
}

/*
 * The mail composed again around its own ciphertext must be the mail: so there
 * is nothing in the preamble, behind the last boundary, or in a header that
 * the parcel does not say.
 */
static GuardVerdict
check_encrypted(const Parcel *parcel, Entity mail)
{
	g_autoptr(GBytes) ciphertext = NULL;
	g_autoptr(GBytes) again = NULL;
	Slice armour;

	if (!subject_is_neutral(mail.header))
		return GUARD_SUBJECT;
	if (!find_ciphertext(mail, &armour))
		return GUARD_SHAPE;
	if (!keys_are_expected(armour, parcel->key_ids))
		return GUARD_KEYS;
	ciphertext = slice_copy(armour);
	again = compose_outer(parcel->letter, ciphertext);
	return g_bytes_equal(again, parcel->bytes) ? GUARD_PASS : GUARD_SHAPE;
}

/* The values are short words of one line, such as a tag or a day, so that a
 * template cannot carry a text out. */
static bool
values_are_small(GHashTable *values)
{
	GHashTableIter each;
	gpointer value;

	g_hash_table_iter_init(&each, values);
	while (g_hash_table_iter_next(&each, NULL, &value)) {
		if (strlen(value) > LONGEST_VALUE || strpbrk(value, "\r\n") != NULL)
			return false;
	}
	return true;
}

/* What an analyst wrote goes in clear only if an analyst's word released just
 * that. */
static bool
may_go_clear(const Parcel *parcel, bool confirmed)
{
	static const char *const templates[] = { "ack", "ack-closed", "ack-media", "ack-switch-on",
		"verify-clear", "consent-name", "consent-credit", "consent-contact", "progress", "keyless",
		"digest-keyless", "standin", "standin-silent", "straggler", "announce",
		"announce-lost", "announce-stolen", NULL };

	if (strcmp(parcel->template, "relay-clear") == 0)
		return confirmed;
	return (g_strv_contains(templates, parcel->template) ||
	    g_str_has_prefix(parcel->template, "decline-")) && values_are_small(parcel->values);
}

/* Nothing but one armoured signature, which says no more than that. */
static bool
signature_is_bare(const char *signature)
{
	static const char before[] = "-----BEGIN PGP SIGNATURE-----\n\n";
	static const char behind[] = "-----END PGP SIGNATURE-----\n";
	gsize length = strlen(signature), least = strlen(before) + strlen(behind);

	if (length < least || length > LONGEST_SIGNATURE || !g_str_has_prefix(signature, before) ||
	    !g_str_has_suffix(signature, behind))
		return false;
	return strspn(signature + strlen(before), G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+/=\n") ==
	    length - least;
}

static bool
check_template(const Parcel *parcel, bool confirmed, const Settings *settings,
    GuardVerdict *verdict, GError **error)
{
	g_autoptr(GBytes) again = NULL;

	*verdict = GUARD_TEMPLATE;
	if (!may_go_clear(parcel, confirmed) ||
	    (parcel->signature != NULL && !signature_is_bare(parcel->signature)))
		return true;
	again = letterform_signed(parcel->letter, settings->text_folder, parcel->language,
	    parcel->template, parcel->values, parcel->signature, error);
	if (again == NULL)
		return false;
	if (g_bytes_equal(again, parcel->bytes))
		*verdict = GUARD_PASS;
	return true;
}

bool
guard_check(const Parcel *parcel, bool confirmed, const Settings *settings,
    GuardVerdict *verdict, GError **error)
{
	Slice all = slice_bytes(parcel->bytes);
	Entity mail = split_entity(all);

	if (!lines_are_plain(all) || !fields_are_ours(mail.header))
		*verdict = GUARD_FIELDS;
	else if (!senders_are_ours(parcel, settings))
		*verdict = GUARD_SENDER;
	else if (!recipient_is_meant(mail.header, parcel->letter->to))
		*verdict = GUARD_RECIPIENT;
	else if (parcel->form == PARCEL_TEMPLATE)
		return check_template(parcel, confirmed, settings, verdict, error);
	else
		*verdict = check_encrypted(parcel, mail);
	return true;
}
