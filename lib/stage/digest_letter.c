/* digest_letter - see digest_letter.h */

#include "digest_letter.h"

#include "letterform.h"
#include "template.h"
#include "times.h"

/* The words of one language, filled. */
typedef struct {
	Text *text, *page;
} Form;

static void
form_clear(Form *form)
{
	g_clear_pointer(&form->text, text_free);
	g_clear_pointer(&form->page, text_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Form, form_clear)

static Text *
fill(const DigestPage *page, const char *language, const char *template, const char *lines,
    GError **error)
{
	const Settings *settings = page->night->tools->settings;
	g_autofree char *day = times_date(page->night->now, settings->team_zone, language);
	g_autoptr(GHashTable) values = g_hash_table_new(g_str_hash, g_str_equal);

	g_hash_table_insert(values, (gpointer)"day", day);
	g_hash_table_insert(values, (gpointer)"tlp", (gpointer)digest_page_tlp(page));
	g_hash_table_insert(values, (gpointer)"lines", (gpointer)lines);
	return template_fill(settings->text_folder, language, template, values, error);
}

static bool
write_form(const DigestPage *page, const char *language, Form *form, GError **error)
{
	g_autoptr(GHashTable) words = template_words(page->night->tools->settings->text_folder,
	    language, error);
	g_autoptr(Overview) overview = words != NULL ?
	    digest_page_overview(page, words, language) : NULL;
	g_autofree char *lines = NULL, *rows = NULL;

	if (overview == NULL)
		return false;
	lines = overview_text(overview);
	rows = overview_page(overview);
	form->text = fill(page, language, "digest", lines, error);
	form->page = form->text != NULL ? fill(page, language, "digest-page", rows, error) : NULL;
	return form->page != NULL;
}

static const char *
language_of(const DigestPage *page, const Correspondent *to)
{
	return to->language != NULL ? to->language : page->language;
}

static Dispatch *
begin(const DigestPage *page, const Correspondent *to)
{
	Dispatch *dispatch = dispatch_new("digest");
	const Tools *tools = page->night->tools;
	const Inbox *inbox = tools_inbox(tools, NULL);
	Letter *letter = dispatch->letter;

	dispatch->cause = g_strdup_printf("digest %s", page->night->day);
	dispatch->target = g_strdup_printf("contact %d", to->id);
	dispatch->envelope_sender = g_strdup("");
	letter->from = g_strdup(inbox->address);
	letter->from_name = g_strdup(tools->settings->team_name);
	letter->to = g_strdup(to->address);
	letter->outer_subject = g_strdup("[...]");
	letter->date = page->night->now / G_USEC_PER_SEC * G_USEC_PER_SEC;
	letter->message_id = token_message_id(tools->tokens, tools_domain(inbox->address));
	letter->automatic = true;
	return dispatch;
}

Dispatch *
digest_letter(const DigestPage *page, const Correspondent *to, GError **error)
{
	g_autoptr(Dispatch) dispatch = begin(page, to);
	g_auto(Form) form = { 0 };

	if (!write_form(page, language_of(page, to), &form, error))
		return NULL;
	dispatch->letter->subject = g_steal_pointer(&form.text->subject);
	dispatch->letter->body = g_steal_pointer(&form.text->body);
	dispatch->letter->html = g_steal_pointer(&form.page->body);
	dispatch_address(dispatch, to);
	return g_steal_pointer(&dispatch);
}

Dispatch *
digest_keyless(const DigestPage *page, const Correspondent *to, GError **error)
{
	g_autoptr(Dispatch) dispatch = begin(page, to);
	const Settings *settings = page->night->tools->settings;

	dispatch->template = "digest-keyless";
	dispatch->language = g_strdup(language_of(page, to));
	dispatch->values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	g_hash_table_insert(dispatch->values, (gpointer)"team", g_strdup(settings->team_name));
	return letterform_fill(dispatch->letter, settings->text_folder, dispatch->language,
	    dispatch->template, dispatch->values, error) ? g_steal_pointer(&dispatch) : NULL;
}

char *
digest_text(const DigestPage *page, const char *language, GError **error)
{
	g_auto(Form) form = { 0 };

	return !write_form(page, language, &form, error) ? NULL :
	    g_strdup_printf("Subject: %s\n\n%s", form.text->subject, form.text->body);
}
