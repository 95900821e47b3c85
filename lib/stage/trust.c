/* trust - see trust.h */

#include "trust.h"

#include "concern.h"
#include "template.h"

static void
tell_openpgp(const Run *run, GHashTable *words, GString *out)
{
	const Opened *opened = run->opened;

	g_string_append_printf(out, "%s: %s %s", template_word(words, "how"), template_word(words, "encryption"),
	    encryption_word(opened->encryption));
	if (opened->decryption_key != NULL)
		g_string_append_printf(out, " (%s)", opened->decryption_key);
	g_string_append_printf(out, " / %s %s", template_word(words, "signature"),
	    signed_word(opened->is_signed));
	if (opened->signer != NULL)
		g_string_append_printf(out, " %s", opened->signer);
	g_string_append_printf(out, " / %s %s\n", template_word(words, "token"), run->placement.how);
	for (guint i = 0; i < opened->layers->len; i++)
		g_string_append_printf(out, "%s %u: %s\n", template_word(words, "layer"), i + 1,
		    (const char *)g_ptr_array_index(opened->layers, i));
}

static void
tell_verdict(const Run *run, GHashTable *words, GString *out)
{
	const Verdict *verdict = run->verdict;
	char score[G_ASCII_DTOSTR_BUF_SIZE];

	g_ascii_formatd(score, sizeof score, "%.2f", verdict->score);
	g_string_append_printf(out, "%s %s %s", template_word(words, "class"), verdict->class, score);
	for (guint i = 0; i < verdict->reasons->len; i++)
		g_string_append_printf(out, "%s %s", i > 0 ? "," : ":",
		    (const char *)g_ptr_array_index(verdict->reasons, i));
	g_ascii_formatd(score, sizeof score, "%.2f", verdict->motive_score);
	g_string_append_printf(out, " / %s %s %s\n", template_word(words, "motive"),
	    template_word_of(words, "motive", verdict->motive), score);
}

void
trust_tell(const Run *run, GHashTable *words, GString *out)
{
	tell_openpgp(run, words, out);
	tell_verdict(run, words, out);
	concern_reasons(run, words, out);
}
