/* roll - what an import would change, in lines for people */

#include <glib.h>

#include "error.h"
#include "roll.h"

static void
set(Json *json, const Field *fields, const char *name, const char *text)
{
	g_auto(GStrv) pieces = g_strsplit(text, ";", -1);
	g_autoptr(GPtrArray) texts = g_ptr_array_new();

	for (char **piece = pieces; *piece != NULL; piece++)
		g_ptr_array_add(texts, *piece);
	g_assert_true(entry_set(json, field_find(fields, name), texts, NULL));
}

/* A participant with one contact of one key. */
static Json *
entry_new(const char *domains, const char *languages, const char *phone, const char *key)
{
	Json *entry = json_new_object(), *contacts = json_new_array();
	Json *contact = json_new_object(), *keys = json_new_array(), *one = json_new_object();

	set(entry, participant_fields, "name", "linde");
	set(entry, participant_fields, "domains", domains);
	set(entry, participant_fields, "languages", languages);
	set(contact, contact_fields, "address", "cert@linde.example");
	set(contact, contact_fields, "phone", phone);
	json_put_text(one, "fingerprint", key);
	json_put_text(one, "armour", key);
	json_add(keys, one);
	json_put(contact, "keys", keys);
	json_add(contacts, contact);
	json_put(entry, "contacts", contacts);
	return entry;
}

static void
test_difference(void)
{
	g_autoptr(Json) before = entry_new("a.example;b.example", "nl;en", "1", "K1");
	const struct {
		const char *domains, *languages, *phone, *key, *lines;
	} rows[] = {
		{ "a.example;b.example", "nl;en", "1", "K1", "" },
		{ "b.example;A.EXAMPLE;b.example", "nl;en", "1", "K1", "" },
		{ "a.example", "nl;en", "1", "K1", "    domains: a.example, b.example -> a.example\n" },
		{ "a.example;b.example", "en;nl", "1", "K1", "    languages: nl, en -> en, nl\n" },
		{ "a.example;b.example", "nl;en", "2", "K2",
		  "    ~ contact cert@linde.example\n        phone: 1 -> 2\n"
		  "        + key K2\n        - key K1\n" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Json) entry = entry_new(rows[i].domains, rows[i].languages,
		    rows[i].phone, rows[i].key);
		g_autofree char *lines = roll_difference(before, entry, true);

		g_assert_cmpstr(lines, ==, rows[i].lines);
	}
}

/* What is not said is no difference, and added things take nothing away. */
static void
test_part(void)
{
	g_autoptr(Json) before = entry_new("a.example", "nl", "1", "K1");
	g_autoptr(Json) bare = json_new_object();
	g_autoptr(Json) more = entry_new("a.example", "nl", "1", "K2");
	g_autofree char *none = NULL;
	g_autofree char *added = NULL;

	set(bare, participant_fields, "name", "linde");
	none = roll_difference(before, bare, true);
	g_assert_cmpstr(none, ==, "");
	added = roll_difference(before, more, false);
	g_assert_cmpstr(added, ==, "    ~ contact cert@linde.example\n        + key K2\n");
}

static void
test_refused(void)
{
	g_autoptr(Json) entry = json_new_object();
	g_autoptr(GError) error = NULL;

	g_assert_false(entry_set_text(entry, field_find(participant_fields, "kind"), "guest", &error));
	g_assert_true(error_is(error, SLUIS_ERROR_REFUSED));
	g_assert_cmpstr(error->message, ==, "kind: expected member, sector, self, supplier, "
	    "partner or counsel, not \"guest\"");
	g_assert_null(field_find(participant_fields, "contacts"));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/roll/difference", test_difference);
	g_test_add_func("/roll/part", test_part);
	g_test_add_func("/roll/refused", test_refused);
	return g_test_run();
}
