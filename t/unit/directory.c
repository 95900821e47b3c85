/* directory - who is concerned, who is written to, and how long it takes to know */

#include "cluster.h"

#include "admin.h"
#include "directory.h"
#include "error.h"

static Cluster *cluster;
static Db *work, *adm;

#define FPR(c) c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c

/* The words, as an array that borrows them. */
static GPtrArray *
words_of(const char *const *words)
{
	GPtrArray *array = g_ptr_array_new();

	for (; *words != NULL; words++)
		g_ptr_array_add(array, (gpointer)*words);
	return array;
}

#define WORDS(...) words_of((const char *const[]){ __VA_ARGS__, NULL })

static int
put(const char *name, GPtrArray *domains, GPtrArray *networks)
{
	g_autoptr(GPtrArray) owned_domains = domains, owned_networks = networks;
	const ParticipantRecord record = { .name = name, .title = name, .digest = -1,
	    .domains = domains, .networks = networks };
	GError *error = NULL;
	int id = admin_put_participant(adm, &record, NULL, &error);

	g_assert_no_error(error);
	return id;
}

/* "name=what" of all matches, in order. */
static char *
matched_with(const char *const *hosts, const char *const *addresses, const char *const *names)
{
	g_autoptr(GPtrArray) h = words_of(hosts), a = words_of(addresses), n = words_of(names);
	g_autoptr(GPtrArray) matches = NULL;
	GString *text = g_string_new(NULL);
	GError *error = NULL;

	matches = directory_match(work, h, a, n, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < matches->len; i++) {
		const Match *match = g_ptr_array_index(matches, i);

		g_string_append_printf(text, "%s%s:%s=%s", i > 0 ? " " : "", match->name,
		    match->how, match->what);
	}
	return g_string_free(text, FALSE);
}

static char *
matched(const char *const *hosts, const char *const *addresses)
{
	const char *none[] = { NULL };

	return matched_with(hosts, addresses, none);
}

/* T-37: whole labels, the longest; the smallest network. */
static void
test_match(void)
{
	static const struct {
		const char *host, *address, *want;
	} rows[] = {
		{ "delinde.example",         NULL, "delinde:domain=delinde.example" },
		{ "Portaal.DeLinde.example", NULL, "delinde:domain=portaal.delinde.example" },
		{ "a.b.c.delinde.example",   NULL, "delinde:domain=a.b.c.delinde.example" },
		{ "lab.delinde.example",     NULL, "lab:domain=lab.delinde.example" },
		{ "x.lab.delinde.example",   NULL, "lab:domain=x.lab.delinde.example" },
		{ "evildelinde.example",     NULL, "" },
		{ "delinde.example.evil",    NULL, "" },
		{ "example",                 NULL, "" },
		{ "",                        NULL, "" },
		{ ".",                       NULL, "" },
		{ "shared.example",          NULL, "delinde:domain=shared.example lab:domain=shared.example" },
		{ NULL, "192.0.2.77",   "delinde:network=192.0.2.77" },
		{ NULL, "192.0.2.130",  "lab:network=192.0.2.130" },
		{ NULL, "192.0.3.1",    "" },
		{ NULL, "2001:db8:1::9", "delinde:network=2001:db8:1::9" },
		{ NULL, "2001:db8:2::9", "" },
		{ NULL, "192.0.2.0/24", "" },
		{ NULL, "canary'; drop", "" },
	};

	put("delinde", WORDS("delinde.example", "shared.example"), WORDS("192.0.2.0/24", "2001:db8:1::/48"));
	put("lab", WORDS("lab.delinde.example", "shared.example"), WORDS("192.0.2.128/25"));
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char *hosts[] = { rows[i].host, NULL }, *addresses[] = { rows[i].address, NULL };
		g_autofree char *found = matched(hosts, addresses);

		g_assert_cmpstr(found, ==, rows[i].want);
	}
}

/* All hosts of a mail in one question; nobody twice for one thing. */
static void
test_match_set(void)
{
	const char *hosts[] = { "delinde.example", "DELINDE.example", "lab.delinde.example", "x", NULL };
	const char *addresses[] = { "192.0.2.1", "192.0.2.129", NULL }, *none[] = { NULL };
	g_autofree char *found = matched(hosts, addresses), *nothing = matched(none, none);

	g_assert_cmpstr(found, ==, "delinde:domain=delinde.example delinde:network=192.0.2.1 "
	    "lab:domain=lab.delinde.example lab:network=192.0.2.129");
	g_assert_cmpstr(nothing, ==, "");
}

/* Titles and aliases in their usual form; suppliers are known by their systems only. */
static void
test_names(void)
{
	const char *none[] = { NULL };
	const char *names[] = { "ziekenhuis de brug", "zdb", "st jorg", "maker inc", "de brug", NULL };
	g_autoptr(GPtrArray) aliases = WORDS("ZDB", "St. Jörg"), products = WORDS("Acme PACS", "Router OS");
	g_autoptr(GPtrArray) asked = WORDS("acme pacs", "router", "pacs"), used = NULL;
	const ParticipantRecord brug = { .name = "brug", .title = "Ziekenhuis De Brug", .digest = -1,
	    .aliases = aliases, .products = products };
	const ParticipantRecord maker = { .name = "maker", .title = "Maker Inc.", .kind = "supplier", .digest = -1 };
	g_autofree char *found = NULL;
	const Product *product;

	g_assert_cmpint(admin_put_participant(adm, &brug, NULL, NULL), >, 0);
	g_assert_cmpint(admin_put_participant(adm, &maker, NULL, NULL), >, 0);
	found = matched_with(none, none, names);
	g_assert_cmpstr(found, ==, "brug:name=St. Jörg brug:name=ZDB brug:name=Ziekenhuis De Brug");
	used = directory_products(work, asked, 20, NULL);
	g_assert_cmpint(used->len, ==, 1);
	product = g_ptr_array_index(used, 0);
	g_assert_cmpstr(product->name, ==, "Acme PACS");
	g_assert_cmpint(product->users, ==, 1);
	g_assert_cmpstr(g_ptr_array_index(product->some, 0), ==, "brug");
}

/* How often this transaction has read one of the tables that grow from end to
 * end. There are few analysts. */
static gint64
whole_reads(void)
{
	g_autoptr(Rows) row = db_row(work, "select coalesce(sum(seq_scan), 0)::bigint as n "
	    "from pg_stat_xact_user_tables where relname <> 'analyst'", NULL, NULL);

	return rows_int(row, 0, "n");
}

/* However large the directory: by index, also when nobody has analysed it. */
static void
test_large(void)
{
	const char *hosts[] = { "www.d17777.example", "a.b.c.d1.example", "nobody.test", NULL };
	const char *addresses[] = { "10.0.2.77", "2001:db8:ffff::1", NULL };
	const char *names[] = { "zorg 4711", "nobody at all", NULL };
	g_autoptr(GPtrArray) products = NULL, asked = WORDS("pump", "no such thing");
	g_autofree char *found = NULL;
	g_autoptr(GPtrArray) certificates = NULL, contacts = NULL;
	int participant, analyst;

	cluster_do(cluster,
	    "insert into sluis.participant (name, title, products) select 'p' || i, 'Zorg ' || i, '{Pump}' from generate_series(1, 20000) i;"
	    "insert into sluis.participant_domain select id, 'd' || substr(name, 2) || '.example' from sluis.participant where name ~ '^p[0-9]';"
	    "insert into sluis.participant_network select id, network(('10.' || substr(name, 2)::int / 65536 || '.' || substr(name, 2)::int / 256 % 256 || '.' || substr(name, 2)::int % 256 || '/32')::inet)"
	    " from sluis.participant where name ~ '^p[0-9]';"
	    "insert into sluis.contact (participant, address) select id, name || '@contact.example' from sluis.participant where name ~ '^p[0-9]';"
	    "insert into sluis.certificate (contact, fingerprint, bytes, algorithm, user_ids, made)"
	    " select id, upper(lpad(to_hex(id), 40, '0')), 'x', 'ed25519', '{}', now() from sluis.contact;"
	    "insert into sluis.certificate_subkey (certificate, fingerprint) select id, fingerprint from sluis.certificate on conflict do nothing;");
	g_assert_true(db_begin(work, NULL));
	found = matched_with(hosts, addresses, names);
	g_assert_cmpstr(found, ==, "p1:domain=a.b.c.d1.example p17777:domain=www.d17777.example "
	    "p4711:name=Zorg 4711 p589:network=10.0.2.77");
	products = directory_products(work, asked, 20, NULL);
	g_assert_cmpint(products->len, ==, 1);
	g_assert_cmpint(((const Product *)g_ptr_array_index(products, 0))->users, ==, 20);
	g_assert_cmpint(directory_participant_of(work, "P500@Contact.example", NULL), >, 0);
	g_assert_cmpint(directory_participant_of(work, "someone@d500.example", NULL), >, 0);
	certificates = directory_certificates(work, "p500@contact.example", NULL);
	g_assert_cmpint(certificates->len, ==, 1);
	g_clear_pointer(&certificates, g_ptr_array_unref);
	certificates = directory_certificates_by_key(work, "00000000000001F4", NULL);
	g_assert_cmpint(certificates->len, ==, 1);
	contacts = directory_contacts(work, directory_participant(work, "p500", NULL, NULL, NULL), NULL);
	g_assert_cmpint(contacts->len, ==, 1);
	g_assert_true(directory_owner_of_key(work, "00000000000000000000000000000000000001f4",
	    &participant, &analyst, NULL));
	g_assert_cmpint(participant, >, 0);
	g_assert_cmpint(whole_reads(), ==, 0);
	db_rollback(work);
}

static void
test_participant_of(void)
{
	int delinde = put("delinde", NULL, NULL), lab = put("lab", NULL, NULL);
	const ContactRecord contact = { .address = "Security@Umbrella.example" };

	g_assert_cmpint(admin_put_contact(adm, lab, &contact, NULL, NULL), >, 0);
	g_assert_cmpint(directory_participant_of(work, "security@umbrella.EXAMPLE", NULL), ==, lab);
	g_assert_cmpint(directory_participant_of(work, "p@portaal.delinde.example", NULL), ==, delinde);
	g_assert_cmpint(directory_participant_of(work, "other@umbrella.example", NULL), ==, 0);
	g_assert_cmpint(directory_participant_of(work, "no address", NULL), ==, 0);
}

static bool
pin(int contact, int analyst, const char *fingerprint, gint64 made, gint64 expires, const char *unusable)
{
	g_autoptr(GBytes) bytes = g_bytes_new(fingerprint, 40);
	g_autoptr(GPtrArray) subkeys = WORDS(fingerprint), ids = WORDS("A <a@x.example>");
	const CertificateRecord record = { .contact = contact, .analyst = analyst,
	    .fingerprint = fingerprint, .encryption = unusable == NULL ? fingerprint : NULL,
	    .bytes = bytes, .algorithm = "ed25519", .user_ids = ids, .subkeys = subkeys,
	    .made = made, .expires = expires, .unusable = unusable };
	GError *error = NULL;
	bool fresh;

	admin_put_certificate(adm, &record, &fresh, &error);
	g_assert_no_error(error);
	return fresh;
}

/* Whom mail is encrypted to, as it is at this moment (T-31). */
static void
test_correspondents(void)
{
	gint64 now = g_get_real_time(), day = G_TIME_SPAN_DAY;
	int id = put("ziekenhuis", NULL, NULL), contact, none;
	const ContactRecord one = { .address = "cert@z.example", .name = "CERT" };
	const ContactRecord two = { .address = "deputy@z.example", .deputy_of = "cert@z.example", .language = "en" };
	g_autoptr(GPtrArray) only_digest = WORDS("digest"), found = NULL;
	const ContactRecord three = { .address = "press@z.example", .receives = only_digest };
	const Correspondent *who;

	none = admin_put_contact(adm, id, &two, NULL, NULL);
	contact = admin_put_contact(adm, id, &one, NULL, NULL);
	admin_put_contact(adm, id, &three, NULL, NULL);
	g_assert_cmpint(none, >, 0);
	g_assert_true(pin(contact, 0, FPR("A"), now - 9 * day, now + day, NULL));
	g_assert_true(pin(contact, 0, FPR("B"), now - 5 * day, now - day, NULL));	/* expired */
	g_assert_true(pin(contact, 0, FPR("C"), now - day, 0, "revoked"));
	g_assert_false(pin(contact, 0, FPR("C"), now - day, 0, "revoked"));
	found = directory_contacts(work, id, NULL);
	g_assert_cmpint(found->len, ==, 2);
	who = g_ptr_array_index(found, 0);
	g_assert_cmpstr(who->address, ==, "cert@z.example");
	g_assert_cmpstr(who->language, ==, "nl");
	g_assert_cmpstr(who->fingerprint, ==, FPR("A"));
	g_assert_cmpstr(who->encryption, ==, FPR("A"));
	g_assert_cmpint(who->expires, ==, now + day);
	g_assert_null(who->unusable);
	who = g_ptr_array_index(found, 1);
	g_assert_true(who->deputy);
	g_assert_cmpstr(who->language, ==, "en");
	g_assert_null(who->fingerprint);
	g_assert_null(who->certificate);
	g_assert_cmpstr(who->unusable, ==, "no key");
	g_clear_pointer(&found, g_ptr_array_unref);

	g_assert_true(admin_remove_certificate(adm, "Ziekenhuis", FPR("A"), NULL));
	found = directory_contacts(work, id, NULL);
	who = g_ptr_array_index(found, 0);
	g_assert_null(who->encryption);
	g_assert_cmpstr(who->unusable, ==, "revoked");
}

static void
test_analysts(void)
{
	GError *error = NULL;
	bool fresh;
	int ann = admin_put_analyst(adm, "ann", "Ann@sluis.example", NULL, &fresh, NULL), participant, analyst;
	g_autoptr(GPtrArray) found = NULL, certificates = NULL;

	g_assert_true(fresh);
	g_assert_cmpint(admin_put_analyst(adm, "Ann", "Ann@sluis.example", NULL, &fresh, NULL), ==, ann);
	g_assert_false(fresh);
	g_assert_cmpint(admin_put_analyst(adm, "bob", "ann@SLUIS.example", NULL, &fresh, &error), ==, 0);
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_REFUSED);
	g_clear_error(&error);
	g_assert_cmpint(admin_put_analyst(adm, "bob'; --", "b@sluis.example", NULL, &fresh, &error), ==, 0);
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_REFUSED);
	g_clear_error(&error);
	pin(0, ann, FPR("D"), 1, 0, NULL);
	g_assert_cmpint(directory_analyst_of(work, "ann@sluis.example", NULL), ==, ann);
	found = directory_analysts(work, NULL);
	g_assert_cmpint(found->len, ==, 1);
	g_assert_true(directory_owner_of_key(work, FPR("D"), &participant, &analyst, NULL));
	g_assert_cmpint(analyst, ==, ann);
	g_assert_cmpint(participant, ==, 0);

	g_assert_true(admin_remove_analyst(adm, "ANN", NULL));		/* T-42 */
	g_assert_false(admin_remove_analyst(adm, "ann", &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_REFUSED);
	g_clear_error(&error);
	g_assert_cmpint(directory_analyst_of(work, "ann@sluis.example", NULL), ==, 0);
	g_assert_true(directory_owner_of_key(work, FPR("D"), &participant, &analyst, NULL));
	g_assert_cmpint(analyst, ==, 0);
	certificates = directory_certificates(work, "ann@sluis.example", NULL);
	g_assert_cmpint(certificates->len, ==, 0);
	g_clear_pointer(&certificates, g_ptr_array_unref);
	certificates = directory_certificates_by_key(work, FPR("D"), NULL);
	g_assert_cmpint(certificates->len, ==, 0);
}

static void
test_put_participant(void)
{
	g_autoptr(GPtrArray) bad = WORDS("10.0.0.0/33"), lone = WORDS("10.9.8.7", "10.9.9.1/24");
	ParticipantRecord record = { .name = "Kliniek", .title = "Kliniek", .digest = 0 };
	g_autoptr(Rows) row = NULL, again = NULL;
	g_autoptr(GPtrArray) networks = NULL, languages = NULL;
	GError *error = NULL;
	bool fresh;
	int id = admin_put_participant(adm, &record, &fresh, NULL);

	g_assert_true(fresh);
	record = (ParticipantRecord){ .name = "KLINIEK", .digest = -1, .networks = lone };
	g_assert_cmpint(admin_put_participant(adm, &record, &fresh, NULL), ==, id);
	g_assert_false(fresh);
	row = admin_participant(adm, "kliniek", NULL);
	g_assert_cmpstr(rows_text(row, 0, "title"), ==, "Kliniek");
	g_assert_cmpstr(rows_text(row, 0, "kind"), ==, "member");
	g_assert_false(rows_bool(row, 0, "digest"));
	networks = rows_texts(row, 0, "networks");
	languages = rows_texts(row, 0, "languages");
	g_assert_cmpstr(g_ptr_array_index(languages, 0), ==, "nl");
	g_assert_cmpint(networks->len, ==, 2);
	g_assert_cmpstr(g_ptr_array_index(networks, 0), ==, "10.9.8.7/32");
	g_assert_cmpstr(g_ptr_array_index(networks, 1), ==, "10.9.9.0/24");

	record.networks = bad;
	g_assert_cmpint(admin_put_participant(adm, &record, &fresh, &error), ==, 0);
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_REFUSED);
	g_assert_cmpstr(error->message, ==, "participant KLINIEK: 10.0.0.0/33 is no network");
	g_clear_error(&error);
	record = (ParticipantRecord){ .name = "kliniek", .digest = -1, .kind = "friend" };
	g_assert_cmpint(admin_put_participant(adm, &record, &fresh, &error), ==, 0);
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_REFUSED);
	g_assert_cmpstr(error->message, ==, "participant kliniek: kind is not one of the values allowed");
	g_clear_error(&error);

	g_assert_true(admin_remove_participant(adm, "kliniek", NULL));
	g_assert_null(admin_participant(adm, "kliniek", &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_REFUSED);
	g_clear_error(&error);
	g_assert_cmpint(directory_participant(work, "kliniek", NULL, NULL, &error), ==, 0);
	g_assert_no_error(error);
}

int
main(int argc, char *argv[])
{
	static const ClusterSession sessions[] = {
		{ &work, "sluis_work" }, { &adm, "sluis_adm" }, { 0 }
	};
	static const ClusterTest tests[] = {
		{ "/directory/match", test_match }, { "/directory/match-set", test_match_set },
		{ "/directory/names", test_names },
		{ "/directory/participant-of", test_participant_of },
		{ "/directory/correspondents", test_correspondents },
		{ "/directory/analysts", test_analysts },
		{ "/directory/put-participant", test_put_participant },
		{ "/directory/large", test_large },
		{ 0 }
	};

	return cluster_prove(argc, argv, &cluster, sessions, tests);
}
