/*
 * Thousands of signed mails whose MIME is odd but legal: the bytes that are
 * verified are those that were signed, and with one bit turned they are not
 * (T-22). A library that parses and writes again fails one in ten of these.
 *
 * Of each mail the signed part is cut out and compared, which takes no gpg; some
 * are signed by a stranger's gpg over the bytes as they stand, and are good as a
 * whole; and all of their odd parts are in some mail that is good, for many of
 * them fit into one.
 *
 * A mail is made of a number alone; the one that fails is named. ODD_MAILS in
 * the environment says how many there are, and ODD_WHOLE of how many one is
 * signed.
 */

#include "pgpmail.h"

#include <stdlib.h>
#include <unistd.h>

#include "mails.h"
#include "pgpmail_opening.h"
#include "split.h"
#include "world.h"

#define MAILS 2400
#define WHOLE 30	/* of so many one is signed and opened */
#define FLIPPED 2	/* of so many of these one with a bit turned as well */
#define CHECKED 10	/* of so many of these one is shown to plain gpg */
#define BUNDLE 80	/* so many parts in one mail */
#define MOST_CHILDREN 4

/* One of the words, by chance. */
#define ANY(rand, words) ((words)[g_rand_int_range(rand, 0, G_N_ELEMENTS(words))])

static bool
chance(GRand *rand, guint of)
{
	return g_rand_int_range(rand, 0, (gint32)of) == 0;
}

/*
 * The signed part, with LF.
 */

static void
add_field(GString *text, GRand *rand)
{
	static const char *const fields[] = {
		"X-Folded: a\n\tb\n  c\n", "X-Empty:\n", "X-Blank: \t \n", "x-lower:no blank\n",
		"X-Trailing: blanks \t\n", "X-Raw: J\xfcrgen caf\xc3\xa9\n", "X-Folded-Empty:\n \n b\n",
		"Content-Description: a \"quoted; =?utf-8?q?odd?=\" (comment)\n",
		"Content-Disposition: inline;\n\tfilename=\"a;b.txt\"\n", "Subject: protected\n",
	};

	if (chance(rand, 12)) {
		g_string_append(text, "X-Long: ");
		for (guint i = 0; i < 300; i++)
			g_string_append(text, "a word ");
		g_string_append_c(text, '\n');
	} else
		g_string_append(text, ANY(rand, fields));
}

static void
add_lines(GString *text, GRand *rand, const char *boundary)
{
	static const char *const lines[] = {
		"", " ", "\t", "text", "blanks behind  ", "tab behind\t", "-- ", "--", "---", ".", "..",
		"From here", ">From there", "- dashes", "-----BEGIN PGP MESSAGE-----", "=3D=20", "a=\n",
		"\xe9\xff\x80", "caf\xc3\xa9", "\x0c", "Content-Type: text/html", "begin 644 x", "\v\b\x7f",
		"boundary=\"x\"", "=C3=A9", "\xef\xbb\xbf",
	};

	for (gint32 n = g_rand_int_range(rand, 0, 12); n > 0; n--) {
		gint32 kind = g_rand_int_range(rand, 0, 12);

		if (kind == 0)		/* looks like our boundary, and is none */
			g_string_append_printf(text, "%s%.*s\n", chance(rand, 2) ? " --" : "--",
			    (int)strlen(boundary) - 1, boundary);
		else if (kind == 1)
			g_string_append_printf(text, "%s%s\n", chance(rand, 2) ? "-" : "-- ", boundary);
		else if (kind == 2)
			for (guint i = 0; i < 2000; i++)
				g_string_append(text, i == 1999 ? "long\n" : "long ");
		else
			g_string_append_printf(text, "%s\n", ANY(rand, lines));
	}
}

static void add_entity(GString *text, GRand *rand, const char *boundary, guint depth);

/* Preamble and epilogue, blanks behind a boundary, an end that is not there. */
static void
add_multipart(GString *text, GRand *rand, const char *boundary, guint depth)
{
	static const char *const ends[] = { "", " ", "\t ", "  " };
	g_autofree char *inner = g_strdup_printf("in-%u.%x", depth, g_rand_int(rand));

	g_string_append_printf(text, chance(rand, 2) ? "Content-Type: multipart/mixed; boundary=\"%s\"\n" :
	    "content-type:MULTIPART/Mixed;\n\tcharset=x;\n boundary=\"%s\"  \n", inner);
	add_field(text, rand);
	g_string_append_c(text, '\n');
	if (chance(rand, 3))
		add_lines(text, rand, boundary);
	for (gint32 n = g_rand_int_range(rand, 1, 4); n > 0; n--) {
		g_string_append_printf(text, "--%s%s\n", inner, ANY(rand, ends));
		add_entity(text, rand, boundary, depth + 1);
		g_string_append_c(text, '\n');
	}
	if (!chance(rand, 8))
		g_string_append_printf(text, "--%s--%s\n", inner, ANY(rand, ends));
	if (chance(rand, 3))
		add_lines(text, rand, boundary);
}

static void
add_entity(GString *text, GRand *rand, const char *boundary, guint depth)
{
	static const char *const types[] = {
		"Content-Type: text/plain\n", "Content-Type: text/plain; charset=utf-8; format=flowed\n",
		"CONTENT-TYPE:text/html;\n charset\n =\n us-ascii\n", "Content-type : text/plain\n", "",
		"Content-Type:\n\ttext/plain;\n\tcharset=\"utf-8\"\n", "Content-Type: application/octet-stream\n",
		"Content-Transfer-Encoding: base64\nContent-Type: image/png; name=\"=?utf-8?b?w6k=?=\"\n",
		"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n",
		"Content-Type: text/plain; x=\"a\\\"; boundary=b\"\nContent-Transfer-Encoding: quoted-printable\n",
	};

	if (depth < 3 && chance(rand, depth == 0 ? 2 : 4)) {
		add_multipart(text, rand, boundary, depth);
		return;
	}
	if (depth < 3 && chance(rand, 10))
		g_string_append(text, "Content-Type: message/rfc822\n\nFrom: b@x.example\nSubject: c\n");
	g_string_append(text, ANY(rand, types));
	while (chance(rand, 2))
		add_field(text, rand);
	g_string_append_c(text, '\n');
	add_lines(text, rand, boundary);
}

/* Some mails have CR LF, some not, and some both. */
static char *
with_ends(GRand *rand, const char *text, gint32 ends)
{
	GString *out = g_string_new(NULL);

	for (; *text != '\0'; text++) {
		if (*text == '\n' && (ends == 1 || (ends == 2 && chance(rand, 2))))
			g_string_append_c(out, '\r');
		g_string_append_c(out, *text);
	}
	return g_string_free(out, FALSE);
}

/*
 * The mail around it.
 */

static char *
signature_of(const World *world, GRand *rand, const char *part)
{
	static const char *const options[] = { "--digest-algo SHA256", "--digest-algo SHA384",
	    "--digest-algo SHA512 -t", "-t", "--comment odd", "--digest-algo SHA224" };
	g_autoptr(GBytes) bytes = split_canonical((Slice){ part, strlen(part) });
	g_autoptr(GBytes) out = gpg(world->ann, bytes, "-a %s -b", ANY(rand, options));

	return g_strndup(g_bytes_get_data(out, NULL), g_bytes_get_size(out));
}

static void
add_head(GString *mail, GRand *rand, const char *boundary)
{
	static const char *const forms[] = {
		"Content-Type: multipart/signed; micalg=pgp-sha256; protocol=\"application/pgp-signature\"; boundary=\"%s\"\n",
		"Content-Type: multipart/signed; boundary=\"%s\";\n protocol=\"application/pgp-signature\"\n",
		"content-type:Multipart/Signed;\n\tPROTOCOL=application/pgp-signature;\n\tBoundary = \"%s\"\n",
		"Content-Type: multipart/signed ; micalg=\"pgp-sha512\" ;\n\tboundary=\"%s\" ;\n\tprotocol=\"Application/PGP-Signature\"\n",
		"Content-Type:\n multipart/signed;\n x=\"; boundary=no\"; boundary=\"%s\";protocol=\"application/pgp-signature\";\n",
	};

	g_string_append(mail, "From: Ann <ann@x.example>\nMIME-Version: 1.0\n");
	while (chance(rand, 2))
		g_string_append(mail, "X-Other: field\n\tfolded\n");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	g_string_append_printf(mail, ANY(rand, forms), boundary);
#pragma GCC diagnostic pop
	g_string_append(mail, chance(rand, 3) ? "\nThis is an OpenPGP/MIME signed message (RFC 4880 and 3156)\n" :
	    chance(rand, 2) ? "\n\n" : "\n");
}

typedef struct {
	char *front, *part, *back;	/* the signed part, and what is around it */
	const char *boundary;
	gint32 ends;			/* LF, CR LF, both */
} Letter;

static void
letter_clear(Letter *letter)
{
	g_free(letter->front);
	g_free(letter->part);
	g_free(letter->back);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Letter, letter_clear)

/* Around a part that is made as the number says. */
static Letter
letter_around(GRand *rand, const char *part, const char *boundary)
{
	static const char *const blanks[] = { "", "", " ", "\t" };
	gint32 ends = g_rand_int_range(rand, 0, 3);
	GString *front = g_string_new(NULL);
	Letter letter = { .part = with_ends(rand, part, ends), .boundary = boundary, .ends = ends };

	add_head(front, rand, boundary);
	g_string_append_printf(front, "--%s%s\n", boundary, ANY(rand, blanks));
	letter.front = with_ends(rand, front->str, ends);
	g_string_free(front, TRUE);
	return letter;
}

/* What stands behind the part; with a signature over it if it is one's turn. */
static void
letter_close(Letter *letter, const World *world, GRand *rand, bool is_signed)
{
	static const char *const names[] = { "Content-Type: application/pgp-signature\n",
	    "Content-Type: application/pgp-signature; name=\"signature.asc\"\nContent-Description: signature\n",
	    "content-type: Application/PGP-Signature\nContent-Transfer-Encoding: 7bit\n" };
	static const char *const blanks[] = { "", "", " ", "\t" }, *const tails[] = { "", "\n", "\n\n \n", " \n" };
	g_autofree char *signature = is_signed ? signature_of(world, rand, letter->part) : g_strdup("none");
	g_autofree char *back = g_strdup_printf("\n--%s%s\n%s\n%s\n--%s--%s", letter->boundary,
	    ANY(rand, blanks), ANY(rand, names), signature, letter->boundary, ANY(rand, tails));

	letter->back = with_ends(rand, back, letter->ends);
}

static const char *
any_boundary(GRand *rand)
{
	static const char *const boundaries[] = { "s", "=_odd?(1),:/.+'", "----=_Part 1 2", "b0undary",
	    "0123456789012345678901234567890123456789012345678901234567890123456789" };

	return ANY(rand, boundaries);
}

static Letter
letter_new(const World *world, GRand *rand, bool is_signed)
{
	const char *boundary = any_boundary(rand);
	GString *part = g_string_new(NULL);
	Letter letter;

	add_entity(part, rand, boundary, 0);
	if (chance(rand, 4))
		g_string_append(part, "no final newline");
	letter = letter_around(rand, part->str, boundary);
	letter_close(&letter, world, rand, is_signed);
	g_string_free(part, TRUE);
	return letter;
}

/*
 * What we say of it.
 */

static Mime *
whole(const Letter *letter)
{
	g_autofree char *text = g_strconcat(letter->front, letter->part, letter->back, NULL);

	return parse(text);
}

static Signed
verdict(const World *world, const Letter *letter)
{
	g_autoptr(Mime) outer = whole(letter);
	g_autoptr(Opened) found = world_opens(world, outer);

	return found->is_signed;
}

/* Are the bytes that would be verified those of the part? */
static bool
is_cut_out(const Letter *letter)
{
	const char *why = NULL;
	g_autoptr(Mime) outer = whole(letter);
	g_autoptr(Multipart) parts = pgpmail_children(outer, &why);
	g_autoptr(GBytes) cut = parts == NULL || parts->children->len != 2 ? NULL :
	    split_canonical(g_array_index(parts->children, Slice, 0));
	g_autoptr(GBytes) part = split_canonical((Slice){ letter->part, strlen(letter->part) });

	return cut != NULL && g_bytes_equal(cut, part);
}

/* The words of gpg itself on the bytes between the boundaries. */
static void
check_by_gpg(const World *world, const Letter *letter, guint number)
{
	g_autoptr(GBytes) bytes = split_canonical((Slice){ letter->part, strlen(letter->part) });
	const char *armour = strstr(letter->back, "-----BEGIN");
	const char *end = strstr(letter->back, "-----END PGP SIGNATURE-----");
	g_autofree char *path = g_strdup_printf("%s/odd-%u.asc", world->run, number);
	g_autofree char *words = g_strdup_printf("--verify %s -", path);
	g_autoptr(GBytes) said = NULL;

	g_assert_true(g_file_set_contents(path, armour, end + strlen("-----END PGP SIGNATURE-----") - armour,
	    NULL));
	said = gpg_try(world->ann, bytes, words);
	g_assert_nonnull(said);
	g_unlink(path);
}

/* One bit of it turned; not so that a line end becomes one of the other kind. */
static void
flip(Letter *letter, GRand *rand)
{
	gsize length = strlen(letter->part);
	g_autoptr(GBytes) before = split_canonical((Slice){ letter->part, length });
	gboolean same = TRUE;

	while (same) {
		char *at = &letter->part[g_rand_int_range(rand, 0, (gint32)length)];
		char was = *at;

		*at ^= (char)(1 << g_rand_int_range(rand, 0, 8));
		if (*at != '\0') {
			g_autoptr(GBytes) after = split_canonical((Slice){ letter->part, length });

			same = g_bytes_equal(before, after);
		}
		if (same)
			*at = was;
	}
}

static void
tell(const Letter *letter, guint number, const char *what)
{
	g_printerr("# mail %u is %s:\n%s%s%s\n", number, what, letter->front, letter->part, letter->back);
}

/* The n-th of those that are signed: by gpg over these bytes. */
static bool
check_signed(const World *world, Letter *letter, GRand *rand, guint n, guint number)
{
	Signed is = verdict(world, letter);

	if (n % CHECKED == 0)
		check_by_gpg(world, letter, number);
	if (is != SIGNED_GOOD) {
		tell(letter, number, signed_word(is));
		return false;
	}
	if (n % FLIPPED != 0)
		return true;
	flip(letter, rand);
	if (verdict(world, letter) != SIGNED_GOOD)
		return true;
	tell(letter, number, "good with a bit turned");
	return false;
}

static guint
asked(const char *name, guint otherwise)
{
	const char *said = getenv(name);

	return said != NULL ? (guint)atoi(said) : otherwise;
}

static bool
check_mail(const World *world, guint number)
{
	guint of = asked("ODD_WHOLE", WHOLE);
	g_autoptr(GRand) rand = g_rand_new_with_seed(number);
	g_auto(Letter) letter = letter_new(world, rand, number % of == 0);

	if (!is_cut_out(&letter)) {
		tell(&letter, number, "not cut as it was signed");
		return false;
	}
	if (number % of == 0)
		return check_signed(world, &letter, rand, number / of, number);
	flip(&letter, rand);
	if (is_cut_out(&letter))
		return true;
	tell(&letter, number, "cut another way with a bit turned");
	return false;
}

/* The parts of many mails as those of one. */
static bool
check_bundle(const World *world, guint first)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(first);
	const char *boundary = any_boundary(rand);
	GString *all = g_string_new("Content-Type: multipart/mixed; boundary=bundle\n\n");
	g_auto(Letter) letter = { .front = NULL };
	Signed is;

	for (guint number = first; number < first + BUNDLE; number++) {
		g_autoptr(GRand) own = g_rand_new_with_seed(number);

		g_string_append(all, "--bundle\n");
		add_entity(all, own, boundary, 0);
		g_string_append_c(all, '\n');
	}
	g_string_append(all, "--bundle--\n");
	letter = letter_around(rand, all->str, boundary);
	letter_close(&letter, world, rand, true);
	g_string_free(all, TRUE);
	is = verdict(world, &letter);
	if (is != SIGNED_GOOD)
		tell(&letter, first, signed_word(is));
	return is == SIGNED_GOOD;
}

/* One child's share: every so manyth. */
static int
check_share(const World *world, guint share, guint children, guint mails)
{
	int wrong = 0;

	for (guint number = share; number < mails; number += children)
		wrong += !check_mail(world, number);
	for (guint first = share * BUNDLE; first < mails; first += children * BUNDLE)
		wrong += !check_bundle(world, first);
	pgp_leave(world->pgp);
	return MIN(wrong, 100);
}

static void
test_odd(const void *data)
{
	const World *world = data;
	guint mails = asked("ODD_MAILS", MAILS), of = asked("ODD_WHOLE", WHOLE);
	guint children = MIN(g_get_num_processors(), MOST_CHILDREN);
	pid_t pids[MOST_CHILDREN];

	for (guint i = 0; i < children; i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			_exit(check_share(world, i, children, mails));
	}
	for (guint i = 0; i < children; i++) {
		int status;

		g_assert_cmpint(waitpid(pids[i], &status, 0), ==, pids[i]);
		g_assert_cmpint(status, ==, 0);
	}
	g_test_message("T-22: of %u signed mails of odd shapes each is cut as it was signed, %u are good, "
	    "and the parts of all in %u; with a bit turned none is", mails, (mails + of - 1) / of,
	    (mails + BUNDLE - 1) / BUNDLE);
}

int
main(int argc, char *argv[])
{
	static const WorldTest tests[] = { { "/pgpmail_parts/odd", test_odd }, { 0 } };

	return world_end(world_begin(&argc, &argv), tests);
}
