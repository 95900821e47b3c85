/* concern - see concern.h */

#include "concern.h"

#include <string.h>

#include "domain.h"
#include "naming.h"
#include "provider.h"
#include "template.h"
#include "text.h"

#define MOST_USERS 20		/* counted of a product */
#define MOST_STRANGE 5

/* --- what to ask the directory for --- */

typedef struct {
	GPtrArray *hosts, *addresses, *names;	/* char * */
} Question;

static void
question_clear(Question *question)
{
	g_ptr_array_unref(question->hosts);
	g_ptr_array_unref(question->addresses);
	g_ptr_array_unref(question->names);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Question, question_clear)

/* The host of a URL as indicator_find() writes it: scheme://host[:port]/... */
static char *
url_host(const char *url)
{
	g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_PARSE_RELAXED, NULL);

	return uri != NULL ? g_strdup(g_uri_get_host(uri)) : NULL;
}

static void
add_host(Question *question, const char *host)
{
	g_autofree char *domain = NULL;

	if (host == NULL)
		return;
	if (g_hostname_is_ip_address(host)) {
		g_ptr_array_add(question->addresses, g_strdup(host));
		return;
	}
	domain = domain_canonical(host);
	if (domain != NULL)
		g_ptr_array_add(question->hosts, g_steal_pointer(&domain));
}

static void
add_indicator(Question *question, const Indicator *indicator)
{
	g_autofree char *host = NULL;

	switch (indicator->kind) {
	case INDICATOR_URL:
		host = url_host(indicator->value);
		break;
	case INDICATOR_DOMAIN:
	case INDICATOR_IPV4:
	case INDICATOR_IPV6:
		host = g_strdup(indicator->value);
		break;
	case INDICATOR_CVE:
	case INDICATOR_CVSS:
	case INDICATOR_HASH:
		break;
	}
	add_host(question, host);
}

/* --- what it means --- */

static const char *
surety(const Match *match, const char *text)
{
	bool is_name = strcmp(match->how, "name") == 0;

	if (!match->sole)
		return "maybe";
	if (!is_name)
		return "sure";
	return strchr(match->what, ' ') != NULL || naming_exact(text, match->what) ? "likely" : "maybe";
}

static bool
is_known(const GPtrArray *matches, const char *host)
{
	for (guint i = 0; i < matches->len; i++)
		if (g_ascii_strcasecmp(((const Match *)g_ptr_array_index(matches, i))->what, host) == 0)
			return true;
	return false;
}

/* The sender's own domain says nothing of what the mail is about. */
static bool
is_senders(const Mail *mail, const char *registrable)
{
	const char *at = mail->from != NULL ? strrchr(mail->from->address, '@') : NULL;
	g_autofree char *domain = at != NULL ? domain_canonical(at + 1) : NULL;

	return domain != NULL && domain_is_within(domain, registrable);
}

static GPtrArray *
strange_among(const GPtrArray *hosts, const GPtrArray *matches, const Mail *mail)
{
	GPtrArray *strange = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < hosts->len && strange->len < MOST_STRANGE; i++) {
		const char *host = g_ptr_array_index(hosts, i);
		const char *registrable = domain_registrable(host);

		if (registrable == NULL || is_known(matches, host) || provider_is_public(registrable) ||
		    is_senders(mail, registrable) ||
		    g_ptr_array_find_with_equal_func(strange, registrable, g_str_equal, NULL))
			continue;
		g_ptr_array_add(strange, g_strdup(registrable));
	}
	return strange;
}

/* The subject and what was written now: neither quotes nor footers name whose it is. */
static char *
fresh_words(const Mail *mail)
{
	g_autofree char *fresh = mail_new_text(mail);

	return g_strconcat(mail->subject, "\n", fresh[0] != '\0' ? fresh : mail->text, NULL);
}

bool
concern_look(Run *run, const Mail *mail, GError **error)
{
	g_autofree char *text = fresh_words(mail);
	g_auto(Question) question = {
		g_ptr_array_new_with_free_func(g_free), g_ptr_array_new_with_free_func(g_free),
		naming_find(text),
	};

	g_clear_pointer(&run->matches, g_ptr_array_unref);
	g_clear_pointer(&run->products, g_ptr_array_unref);
	g_clear_pointer(&run->strange, g_ptr_array_unref);
	for (guint i = 0; i < run->indicators->len; i++)
		add_indicator(&question, g_ptr_array_index(run->indicators, i));
	run->matches = directory_match(run->db, question.hosts, question.addresses, question.names,
	    error);
	run->products = run->matches != NULL ?
	    directory_products(run->db, question.names, MOST_USERS, error) : NULL;
	if (run->products == NULL)
		return false;
	for (guint i = 0; i < run->matches->len; i++) {
		Match *match = g_ptr_array_index(run->matches, i);

		match->sure = surety(match, text);
	}
	run->strange = strange_among(question.hosts, run->matches, mail);
	return true;
}

/* --- how it is said --- */

/* The best that is known of the participant whose matches begin there. */
static const char *
best(const GPtrArray *matches, guint first)
{
	static const char *const order[] = { "sure", "likely", "maybe" };
	int participant = ((const Match *)g_ptr_array_index(matches, first))->participant;

	for (guint n = 0; n < G_N_ELEMENTS(order); n++)
		for (guint i = first; i < matches->len; i++) {
			const Match *match = g_ptr_array_index(matches, i);

			if (match->participant == participant && strcmp(match->sure, order[n]) == 0)
				return order[n];
		}
	return "maybe";
}

/* The ways that led there, each once; where the next one's begin is given back. */
static guint
ways(const GPtrArray *matches, guint first, GHashTable *words, GString *out)
{
	int participant = ((const Match *)g_ptr_array_index(matches, first))->participant;
	const char *last = NULL;
	guint i;

	for (i = first; i < matches->len; i++) {
		const Match *match = g_ptr_array_index(matches, i);

		if (match->participant != participant)
			break;
		if (g_strcmp0(last, match->how) != 0)
			g_string_append_printf(out, "%s%s", last != NULL ? ", " : "",
			    template_word_of(words, "by", match->how));
		last = match->how;
	}
	return i;
}

void
concern_tell(const Run *run, GHashTable *words, GString *out)
{
	const GPtrArray *matches = run->matches;

	if (matches->len == 0)
		g_string_append_printf(out, " %s", template_word(words, "no-participant"));
	for (guint i = 0; i < matches->len;) {
		const Match *match = g_ptr_array_index(matches, i);

		g_string_append_printf(out, "%s %s (%s: ", i > 0 ? "," : "", match->title,
		    template_word(words, best(matches, i)));
		i = ways(matches, i, words, out);
		g_string_append_c(out, ')');
	}
}

/* As the standard answer has it, in the language it would go in. */
static void
hand_over(const Run *run, GHashTable *words, GString *out)
{
	const Settings *settings = run->tools->settings;
	const char *general = settings->team_general[0] != '\0' ? settings->team_general :
	    run->inbox->address;
	g_autoptr(GHashTable) values = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(Text) text = NULL;
	g_autofree char *shown = NULL;

	g_hash_table_insert(values, (gpointer)"tag", run->placement.tag);
	g_hash_table_insert(values, (gpointer)"general", (gpointer)general);
	g_hash_table_insert(values, (gpointer)"national", settings->team_national);
	text = template_fill(settings->text_folder, run->placement.language, "decline-outside",
	    values, NULL);
	if (text == NULL)	/* no mail is held up by a text */
		return;
	shown = text_prefix_lines(text->body, "  ");
	g_string_append_printf(out, "%s\n%s", template_word(words, "lane-handover"), shown);
}

void
concern_outside(const Run *run, GHashTable *words, GString *out)
{
	g_string_append_printf(out, "%s\n", template_word(words, "lane-outside"));
	if (run->strange->len > 0) {
		g_string_append(out, template_word(words, "lane-strange"));
		for (guint i = 0; i < run->strange->len; i++)
			g_string_append_printf(out, "%s %s", i > 0 ? "," : "",
			    (const char *)g_ptr_array_index(run->strange, i));
		g_string_append_c(out, '\n');
	}
	if (run->tools->settings->team_national[0] != '\0')
		hand_over(run, words, out);
}

/* "In use: NetScaler (olvg, umcg, 20 or more)" */
static void
product(const Product *one, GHashTable *words, GString *out)
{
	g_string_append_printf(out, "%s: %s (", template_word(words, "uses-product"), one->name);
	for (guint i = 0; i < one->some->len; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? ", " : "",
		    (const char *)g_ptr_array_index(one->some, i));
	if (one->users > one->some->len)
		g_string_append_printf(out, "; %u%s%s", one->users, one->users >= MOST_USERS ? " " : "",
		    one->users >= MOST_USERS ? template_word(words, "users-more") : "");
	g_string_append(out, ")\n");
}

/* "delinde: policy CVD 2025; out of scope: mail headers, ..." once for each. */
static void
policy(const Match *match, GHashTable *words, GString *out)
{
	g_string_append_printf(out, "%s: %s %s", match->name, template_word(words, "policy"),
	    match->policy != NULL ? match->policy : template_word(words, "none"));
	for (guint i = 0; i < match->out_of_scope->len; i++)
		g_string_append_printf(out, "%s %s", i > 0 ? "," : template_word(words, "policy-without"),
		    (const char *)g_ptr_array_index(match->out_of_scope, i));
	g_string_append_c(out, '\n');
}

void
concern_reasons(const Run *run, GHashTable *words, GString *out)
{
	int last = 0;

	for (guint i = 0; i < run->matches->len; i++) {
		const Match *match = g_ptr_array_index(run->matches, i);

		g_string_append_printf(out, "%s: %s, %s %s\n", match->name,
		    template_word(words, match->sure), template_word_of(words, "by", match->how),
		    match->what);
		if (match->participant != last && (match->policy != NULL || match->out_of_scope->len > 0))
			policy(match, words, out);
		last = match->participant;
	}
	for (guint i = 0; i < run->products->len; i++)
		product(g_ptr_array_index(run->products, i), words, out);
}
