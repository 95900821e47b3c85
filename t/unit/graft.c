#include "graft.h"

#include <string.h>

static void
rows(void)
{
	static const struct { const char *mail, *entity; bool protected; const char *want; } all[] = {
		{ "A: b\nContent-Type: multipart/encrypted;\n boundary=x\nSubject: ...\nMIME-Version: 1.0\n\nclosed\n",
		  "Content-Type: text/plain\r\nSubject: inside\r\n\r\nopen\r\n", false,
		  "A: b\nSubject: ...\nMIME-Version: 1.0\nContent-Type: text/plain\n\nopen\n" },
		{ "A: b\nSubject: ...\n more\nMIME-Version: 1.0\nSubject: twice\n\nclosed\n",
		  "Content-Type: text/plain; hp=cipher\r\nsubject : in\r\n side\r\n\r\nopen", true,
		  "A: b\nsubject : in\n side\nMIME-Version: 1.0\nSubject: twice\nContent-Type: text/plain; hp=cipher\n\nopen" },
		{ "From x Thu\nA: b\n\nclosed", "Subject: in", true,
		  "From x Thu\nA: b\nSubject: in\nMIME-Version: 1.0\n\n" },
		{ "A: b\r\nMIME-Version: 1.0\r\n\r\nclosed", "Content-Type: a/b\nX: y\n\n1\n2\n", false,
		  "A: b\r\nMIME-Version: 1.0\r\nContent-Type: a/b\r\n\r\n1\r\n2\r\n" },
		{ "A: b\ncontent-transfer-encoding: base64\nMIME-Version: 1.0", "\nopen\r\n", false,
		  "A: b\nMIME-Version: 1.0\n\nopen\n" },
		{ "", "\nopen", false, "MIME-Version: 1.0\n\nopen" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
		g_autoptr(GBytes) mail = g_bytes_new_static(all[i].mail, strlen(all[i].mail));
		Entity entity = split_entity((Slice){ all[i].entity, strlen(all[i].entity) });
		Slice none = { all[i].entity, 0 };
		g_autoptr(GBytes) got = graft_entity(mail, entity, all[i].protected ? entity.header : none);
		g_autofree char *text = g_strndup(g_bytes_get_data(got, NULL), g_bytes_get_size(got));

		g_assert_cmpstr(text, ==, all[i].want);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/graft/rows", rows);
	return g_test_run();
}
