#include "language.h"

#include <string.h>
#include <glib.h>

static void
rows(void)
{
	static const struct { const char *text, *want; } all[] = {
		{ "", "" },
		{ "12345 <script>", "" },
		{ "Hello, I found an XSS", "en" },
		{ "Ik heb een lek gevonden", "nl" },
		{ "Guten Tag, ich habe eine L\xc3\xbc" "cke gefunden", "de" },
		{ "Geachte heer of mevrouw, op uw portaal kan ik de gegevens van anderen inzien door het "
		  "nummer in de adresbalk te veranderen. Met vriendelijke groet", "nl" },
		{ "Sehr geehrte Damen und Herren, auf Ihrer Seite kann ich die Daten anderer Patienten sehen, "
		  "wenn ich die Nummer in der Adresse \xc3\xa4ndere. Mit freundlichen Gr\xc3\xbc\xc3\x9f" "en", "de" },
		{ "Whoever is logged in can read the files of others by changing the number in the address. "
		  "I have stopped after two of them, and would like to hear from you.", "en" },
		{ "Bonjour, j'ai trouv\xc3\xa9 une faille sur votre site qui permet de lire les dossiers des "
		  "autres patients en changeant le num\xc3\xa9ro dans l'adresse de la page.", "fr" },
		{ "Buenos d\xc3\xad" "as, he encontrado una vulnerabilidad en su p\xc3\xa1gina que permite leer los "
		  "expedientes de otros pacientes cambiando el n\xc3\xbamero de la direcci\xc3\xb3n.", "es" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
		g_test_message("%s", all[i].text);
		g_assert_cmpstr(language_guess(all[i].text), ==, all[i].want);
	}
}

/* A report is half program text; its words decide all the same. */
static void
with_code(void)
{
	g_autoptr(GString) text = g_string_new("Beste team, ik heb een lek gevonden in het portaal. ");

	for (int i = 0; i < 40; i++)
		g_string_append(text, "GET /api/v1/users?id=1 HTTP/1.1\nAccept: application/json\n");
	g_assert_cmpstr(language_guess(text->str), ==, "nl");
}

/* Any length is cut at a whole character. */
static void
cut(void)
{
	g_autoptr(GString) text = g_string_new("x");

	while (text->len < 9000)
		g_string_append(text, "\xe2\x82\xac");
	g_assert_cmpstr(language_guess(text->str), ==, "");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/language/rows", rows);
	g_test_add_func("/language/with_code", with_code);
	g_test_add_func("/language/cut", cut);
	return g_test_run();
}
