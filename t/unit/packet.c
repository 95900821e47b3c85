/* Are packets and armour read as they stand? */

#include "packet.h"

#include <string.h>

/* What gpg wrote for one cv25519 key; the key itself is long gone. */
static const char sample[] =
    "-----BEGIN PGP MESSAGE-----\n\n"
    "hF4DHW0s2rs1nSwSAQdAdz0pBh1YDt9PzriT/358HaQ1j/+/A0ZpLQJJjDUJrF0w\n"
    "bmejIjprD8cYNM41hkmt0FB0a5Bk+J9xzp6lkOqqYT8sFpP2O08wGK+eonzokfhR\n"
    "0r8B1hLzuCt8ymky/K8d21QV51Jx2ITlvfXzkgCkIxPxtsqs8dX7NpnVBWx1UIqb\n"
    "OixrIJvOJuuOTXgbC2g8qBlOicDxw3Ahk3O/RMM4+Y1vm8jaatqgoZvRgi1trMLW\n"
    "6/Corz/HkA/PHWSffzpGdcBPB/6/PhdZ+21I+22uBNXTQwI5bkdXui0lOXnUb9Wg\n"
    "Nu+3Kd9lGzTqr2lWRl+spK8Mcl0qmFiod/3Pmp0ZQ3ckBPp9PyYFxPb3tbSRzDzl\n"
    "ZA==\n=1aZK\n-----END PGP MESSAGE-----\n";

static PacketSummary *
summary_of(GBytes *bytes)
{
	return packet_summary(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

/* The sample with some bytes before and behind it. */
static PacketSummary *
summary_around(const char *before, const char *behind)
{
	g_autoptr(GBytes) bytes = armour_open(sample, strlen(sample));
	g_autoptr(GByteArray) all = g_byte_array_new();

	g_byte_array_append(all, (const guint8 *)before, (guint)strlen(before));
	g_byte_array_append(all, g_bytes_get_data(bytes, NULL), (guint)g_bytes_get_size(bytes));
	g_byte_array_append(all, (const guint8 *)behind, (guint)strlen(behind));
	return packet_summary(all->data, all->len);
}

static void
test_sample(void)
{
	g_autoptr(PacketSummary) summary = summary_around("", "");

	g_assert_cmpuint(summary->recipients->len, ==, 1);
	g_assert_cmpstr(summary->recipients->pdata[0], ==, "1D6D2CDABB359D2C");
	g_assert_cmpuint(summary->passwords, ==, 0);
	g_assert_true(summary->encrypted && summary->integrity && !summary->odd);
}

/* A marker before, a literal or junk behind: seen. */
static void
test_odd(void)
{
	g_autoptr(PacketSummary) marker = summary_around("\xca\x03PGP", "");
	g_autoptr(PacketSummary) literal = summary_around("", "\xcb\x08t\x01x\x01\x01\x01\x01y");
	g_autoptr(PacketSummary) junk = summary_around("", "junk");

	g_assert_true(marker->encrypted && marker->odd);
	g_assert_true(!literal->encrypted && literal->odd);
	g_assert_true(!junk->encrypted && junk->odd);
}

/* Every cut is odd, or no packets at all; none crashes. */
static void
test_cut(void)
{
	g_autoptr(GBytes) bytes = armour_open(sample, strlen(sample));
	gsize length;
	const char *start = g_bytes_get_data(bytes, &length);

	for (gsize i = 0; i < length; i++) {
		g_autofree char *copy = g_memdup2(start, i);
		g_autoptr(PacketSummary) summary = packet_summary(copy, i);

		g_assert_true(summary == NULL || summary->odd || !summary->encrypted);
	}
}

static void
test_signatures_only(void)
{
	static const char one[] = "\xc2\x01x", two[] = "\xc2\x01x\x88\x01y", other[] = "\xc2\x01x\xcb\x01y";

	g_assert_true(packet_all_signatures(one, 3));
	g_assert_true(packet_all_signatures(two, 6));
	g_assert_false(packet_all_signatures(other, 6));
	g_assert_false(packet_all_signatures(one, 2));
	g_assert_false(packet_all_signatures(two, 4));
	g_assert_false(packet_all_signatures("", 0));
}

static void
test_shapes(void)
{
	static const struct {
		const char *bytes;
		gsize length;
		bool none, encrypted, integrity, odd, harmful, newer;
		guint recipients, passwords;
	} rows[] = {
		{ "text", 4, .none = true },
		{ "", 0, .none = true },
		{ "\xd2\x02\x01x", 4, .encrypted = true, .integrity = true },
		{ "\xd2\x02\x02x", 4, .encrypted = true, .newer = true },
		{ "\xd2\xe1\x01x\x01y", 6, .encrypted = true, .integrity = true },
		{ "\xd2\xe1\x01x\x05y", 6, .encrypted = true, .integrity = true, .odd = true },
		{ "\xd2\xff\0\0\0\x02\x01x", 8, .encrypted = true, .integrity = true },
		{ "\xd2\xff\xff\xff\xff\xff\x01x", 8, .encrypted = true, .integrity = true,
		    .odd = true },
		{ "\xc9\x02xy", 4, .encrypted = true },
		{ "\xa7xy", 3, .encrypted = true },
		{ "\xd4\x02xy", 4, .encrypted = true },
		{ "\xc3\x02xy\xd2\x02\x01x", 8, .encrypted = true, .integrity = true,
		    .passwords = 1 },
		{ "\xc1\x02\x03y", 4, .odd = true, .harmful = true },
		{ "\xc1\x0c\x03\0\0\0\0\0\0\0\0\x01\x01\x07", 14, .recipients = 1 },
		{ "\xc1\x0c\x03\0\0\0\0\0\0\0\0\x12\0\x07", 14, .recipients = 1, .harmful = true },
		{ "\xc1\x0c\x06\0\0\0\0\0\0\0\0\x01\x01\x07", 14, .odd = true, .newer = true },
		{ "\xc1\x0c\x03\0\0\0\0\0\0\0\0\x23\0\x07", 14, .odd = true, .newer = true },
		{ "\xc1\x02\x06y", 4, .odd = true, .newer = true },
		{ "\xcb\x02xy", 4, .odd = true },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(PacketSummary) summary = packet_summary(rows[i].bytes, rows[i].length);

		g_assert_true((summary == NULL) == rows[i].none);
		if (summary == NULL)
			continue;
		g_assert_cmpint(summary->encrypted, ==, rows[i].encrypted);
		g_assert_cmpint(summary->closed, ==, (rows[i].bytes[0] & 0x7f) != 0x4b);
		g_assert_cmpint(summary->integrity, ==, rows[i].integrity);
		g_assert_cmpint(summary->odd, ==, rows[i].odd);
		g_assert_cmpint(summary->harmful, ==, rows[i].harmful);
		g_assert_cmpint(summary->newer, ==, rows[i].newer);
		g_assert_cmpuint(summary->recipients->len, ==, rows[i].recipients);
		g_assert_cmpuint(summary->passwords, ==, rows[i].passwords);
	}
}

static void
test_keys(void)
{
	/* A version 4 RSA key of 1024 bits on its front, an ed25519 subkey. */
	static const char keys[] = "\xc6\x0a\x04\0\0\0\0\x01\x04\0\0\0"
	    "\xce\x08\x04\0\0\0\0\x16\x09+";
	g_autoptr(GPtrArray) found = packet_keys(keys, sizeof keys - 1, NULL);
	const PacketKey *rsa, *curve;
	bool secret = false;

	g_assert_cmpuint(found->len, ==, 2);
	rsa = found->pdata[0];
	curve = found->pdata[1];
	g_assert_cmpstr(rsa->primary, ==, rsa->fingerprint);
	g_assert_cmpstr(curve->primary, ==, rsa->fingerprint);
	g_assert_cmpuint(strlen(curve->fingerprint), ==, 40);
	g_assert_true(packet_key_is_weak(rsa) && !packet_key_is_weak(curve));
	g_assert_null(packet_keys(keys, sizeof keys - 2, NULL));
	g_assert_null(packet_keys("", 0, NULL));
	g_ptr_array_unref(packet_keys("\xc5\x02\x04x", 4, &secret));
	g_assert_true(secret);
}

static void
test_armour_find(void)
{
	const char *text = "before\n-----BEGIN PGP PUBLIC KEY BLOCK-----\nno end\n"
	    "-----BEGIN PGP SIGNED MESSAGE-----\r\nx\n-----BEGIN PGP SIGNATURE-----\ny\n"
	    "-----END PGP SIGNATURE----- \r\nbehind";
	Armour armour;

	g_assert_true(armour_find(text, strlen(text), 0, &armour));
	g_assert_cmpint(armour.kind, ==, ARMOUR_SIGNED);
	g_assert_true(g_str_has_prefix(text + armour.start, "-----BEGIN PGP SIGNED"));
	g_assert_cmpstr(text + armour.end, ==, "behind");
	g_assert_false(armour_is_whole(text, strlen(text), &armour));
	g_assert_false(armour_find(text, strlen(text), armour.end, &armour));
	text = "\n -----BEGIN PGP MESSAGE-----\n-----END PGP MESSAGE-----\n";
	g_assert_false(armour_find(text, strlen(text), 0, &armour));
	g_assert_true(armour_find(sample, strlen(sample), 0, &armour));
	g_assert_true(armour_is_whole(sample, strlen(sample), &armour));
}

/* No letter of the block can be changed unseen, thanks to its checksum; but
 * for the last one, of which four bits stand for nothing. */
static void
test_armour_damage(void)
{
	const char *start = strstr(sample, "hF4");
	const char *last = strchr(start, '=') - 1;
	guint seen = 0;

	for (const char *at = start; at < last; at++) {
		g_autofree char *damaged = g_strdup(sample);

		damaged[at - sample] = *at == 'A' ? 'B' : 'A';
		seen += armour_open(damaged, strlen(damaged)) == NULL;
	}
	g_assert_cmpuint(seen, ==, last - start);
}

static void
test_armour_forms(void)
{
	static const struct { const char *body; bool opens; } rows[] = {
		{ "\nyv8=\n", true }, { "Comment: x\nVersion: y\n\nyv8=\n", true },
		{ "yv8=\n", true }, { "\nyv8=\n\n", true }, { "\nyv8= \r\n", true },
		{ "", false }, { "\n", false }, { "\nyv8=\nyv8=\n", false }, { "\nyv\n", false },
		{ "\ny!8=\n", false }, { "\nyv8=\n=AAAA\n", false }, { "Comment: x\nyv8=\n", false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strdup_printf("-----BEGIN PGP MESSAGE-----\n%s"
		    "-----END PGP MESSAGE-----", rows[i].body);
		g_autoptr(GBytes) bytes = armour_open(text, strlen(text));

		g_assert_cmpint(bytes != NULL, ==, rows[i].opens);
		if (bytes != NULL)
			g_assert_cmpmem(g_bytes_get_data(bytes, NULL), 2, "\xca\xff", 2);
	}
}

/* With a checksum, without it, with CR LF: the same bytes. */
static void
test_armour_ends(void)
{
	g_auto(GStrv) lines = g_strsplit(sample, "\n", 0);
	g_autofree char *crlf = g_strjoinv("\r\n", lines);
	g_autoptr(GBytes) one = armour_open(sample, strlen(sample));
	g_autoptr(GBytes) two = armour_open(crlf, strlen(crlf));

	g_assert_nonnull(one);
	g_assert_true(g_bytes_equal(one, two));
	g_assert_null(armour_open("no block", 8));
}

static void
test_recipients_hidden(void)
{
	static const char hidden[] = "\xc1\x0c\x03\0\0\0\0\0\0\0\0\x01\x08\0\xd2\x02\x01x";
	g_autoptr(GBytes) bytes = g_bytes_new_static(hidden, sizeof hidden - 1);
	g_autoptr(PacketSummary) summary = summary_of(bytes);

	g_assert_cmpstr(summary->recipients->pdata[0], ==, "0000000000000000");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/packet/sample", test_sample);
	g_test_add_func("/packet/odd", test_odd);
	g_test_add_func("/packet/cut", test_cut);
	g_test_add_func("/packet/shapes", test_shapes);
	g_test_add_func("/packet/hidden", test_recipients_hidden);
	g_test_add_func("/packet/signatures-only", test_signatures_only);
	g_test_add_func("/packet/keys", test_keys);
	g_test_add_func("/armour/find", test_armour_find);
	g_test_add_func("/armour/damage", test_armour_damage);
	g_test_add_func("/armour/forms", test_armour_forms);
	g_test_add_func("/armour/ends", test_armour_ends);
	return g_test_run();
}
