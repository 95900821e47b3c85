/*
 * classify - language, indicators, whose systems, which class and motive
 */

#include "stage.h"

#include "concern.h"
#include "language.h"
#include "learning.h"

/* What is looked through: the subject's words may name the host as well. */
static char *
words_of(const Mail *mail)
{
	return g_strconcat(mail->subject, "\n", mail->text, NULL);
}

/* All that is found out from the words of that mail. */
static bool
classify(Run *run, const Mail *mail, GError **error)
{
	g_autofree char *words = words_of(mail);
	g_autofree char *new_text = mail_new_text(mail);

	run->language = language_guess(new_text[0] != '\0' ? new_text : words);
	run->indicators = indicator_find(words);
	run->verdict = rules_apply(run->tools->rules, mail, run->indicators);
	return learning_weigh(run, mail, error) && concern_look(run, mail, error);
}

bool
classify_again(Run *run, const Mail *mail, GError **error)
{
	g_clear_pointer(&run->indicators, g_ptr_array_unref);
	g_clear_pointer(&run->verdict, verdict_free);
	return classify(run, mail, error);
}

bool
stage_classify(Run *run, GError **error)
{
	return run->parked != NULL || classify(run, run->mail, error);
}
