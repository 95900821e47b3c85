/* gate - see gate.h */

#include "gate.h"

#include <string.h>

#include "armour.h"
#include "clearance.h"
#include "domain.h"
#include "hold.h"
#include "identity.h"
#include "known.h"
#include "text.h"

/* One search. */
typedef struct {
	const Tools *tools;
	Db *db;
	const GPtrArray *sides;
	const Side *to;
	GHashTable *hits;	/* of Identifier, borrowed from what was searched */
	GPtrArray *own_domains;	/* char *, listed ones of the party itself */
} Search;

static void
search_clear(Search *search)
{
	g_clear_pointer(&search->hits, g_hash_table_unref);
	g_clear_pointer(&search->own_domains, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Search, search_clear)

void
gate_finding_clear(GateFinding *finding)
{
	g_clear_pointer(&finding->found, g_free);
	g_clear_pointer(&finding->line, g_free);
}

/* --- whom it names, wherever they are known --- */

/* The kinds the directory is asked for, each a set. */
typedef struct {
	GPtrArray *sets[IDENTIFIER_LINE + 1];
	GPtrArray *hashes;
	GHashTable *by_hash;	/* char *, hex; of Identifier */
} Question;

static void
question_clear(Question *question)
{
	for (guint i = 0; i < G_N_ELEMENTS(question->sets); i++)
		g_ptr_array_unref(question->sets[i]);
	g_ptr_array_unref(question->hashes);
	g_hash_table_unref(question->by_hash);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Question, question_clear)

static void
question_add(Question *question, const Tools *tools, Identifier *identifier)
{
	GBytes *hash;

	g_ptr_array_add(question->sets[identifier->kind], identifier->value);
	if (identifier->kind >= IDENTIFIER_WORD)
		return;
	hash = tools_hash_identifier(tools, identifier);
	g_hash_table_insert(question->by_hash, text_hex(g_bytes_get_data(hash, NULL),
	    g_bytes_get_size(hash)), identifier);
	g_ptr_array_add(question->hashes, hash);
}

static Question
question_of(const Tools *tools, const Leak *leak)
{
	Question question;
	GHashTableIter each;
	gpointer identifier;

	for (guint i = 0; i < G_N_ELEMENTS(question.sets); i++)
		question.sets[i] = g_ptr_array_new();
	question.hashes = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	question.by_hash = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_hash_table_iter_init(&each, leak_all(leak));
	while (g_hash_table_iter_next(&each, &identifier, NULL))
		question_add(&question, tools, identifier);
	return question;
}

static Rows *
ask(const Search *search, const Question *question, GError **error)
{
	const Asked asked = {
		.case_no = search->to->case_no,
		.participant = search->to->participant,
		.reporter = search->to->reporter,
		.hashes = question->hashes,
		.addresses = question->sets[IDENTIFIER_ADDRESS],
		.hosts = question->sets[IDENTIFIER_HOST],
		.names = question->sets[IDENTIFIER_NAME],
		.keys = question->sets[IDENTIFIER_KEY],
		.phones = question->sets[IDENTIFIER_PHONE],
		.lines = question->sets[IDENTIFIER_LINE],
	};

	return known_find(search->db, &asked, error);
}

static void
add_hit(Search *search, const Leak *leak, IdentifierKind kind, const char *value)
{
	const Identifier sought = { kind, (char *)value };
	gpointer identifier;

	if (g_hash_table_lookup_extended(leak_all(leak), &sought, &identifier, NULL))
		g_hash_table_add(search->hits, identifier);
}

static void
take_row(Search *search, const Leak *leak, const Question *question, const char *word,
    const char *value)
{
	gpointer identifier = g_hash_table_lookup(question->by_hash, value);

	if (strcmp(word, "own") == 0)
		g_ptr_array_add(search->own_domains, g_strdup(value));
	else if (strcmp(word, "hash") == 0 && identifier != NULL)
		g_hash_table_add(search->hits, identifier);
	for (guint kind = 0; kind < G_N_ELEMENTS(question->sets); kind++)
		if (strcmp(identifier_word(kind), word) == 0)
			add_hit(search, leak, kind, value);
}

static bool
find_everywhere(Search *search, const Leak *leak, GError **error)
{
	g_auto(Question) question = question_of(search->tools, leak);
	g_autoptr(Rows) rows = ask(search, &question, error);

	for (guint i = 0; rows != NULL && i < rows_count(rows); i++)
		take_row(search, leak, &question, rows_text(rows, i, "kind"), rows_text(rows, i, "value"));
	return rows != NULL;
}

/* --- among the parties of the case --- */

static bool
find_here(Search *search, const Leak *leak, GError **error)
{
	g_autoptr(GHashTable) others = identity_of_others(search->tools, search->db, search->sides,
	    search->to, error);
	GHashTableIter each;
	gpointer identifier;

	if (others == NULL)
		return false;
	g_hash_table_iter_init(&each, others);
	while (g_hash_table_iter_next(&each, &identifier, NULL)) {
		const Identifier *one = identifier;

		add_hit(search, leak, one->kind, one->value);
	}
	return true;
}

/* --- what is no secret to the party --- */

static bool
is_own_host(const Search *search, const Identifier *hit)
{
	for (guint i = 0; hit->kind == IDENTIFIER_HOST && i < search->own_domains->len; i++)
		if (domain_is_within(hit->value, g_ptr_array_index(search->own_domains, i)))
			return true;
	return false;
}

static bool
forget_own(Search *search, GError **error)
{
	g_autoptr(Leak) own = NULL;
	GHashTableIter each;
	gpointer identifier;

	if (g_hash_table_size(search->hits) == 0)
		return true;
	own = identity_of_own(search->tools, search->db, search->to, error);
	if (own == NULL || !identity_add_agreed(search->tools, search->db, search->sides, search->to,
	    leak_all(own), error))
		return false;
	g_hash_table_iter_init(&each, search->hits);
	while (g_hash_table_iter_next(&each, &identifier, NULL)) {
		const Identifier *hit = identifier;

		if (is_own_host(search, hit) || leak_has(own, hit->kind, hit->value))
			g_hash_table_iter_remove(&each);
	}
	return true;
}

/* --- what is searched --- */

static void
add_enclosure(Leak *leak, GBytes *bytes)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	g_autoptr(GBytes) bare = armour_open(data, length);

	leak_add_bytes(leak, data, length);
	if (bare != NULL)	/* a key names its owner */
		leak_add_bytes(leak, g_bytes_get_data(bare, NULL), g_bytes_get_size(bare));
}

/* Of pictures only their pixels leave. */
static Leak *
leak_of(const char *text, const GPtrArray *enclosures)
{
	Leak *leak = leak_new();

	leak_add_text(leak, text);
	for (guint i = 0; i < enclosures->len; i++) {
		const Enclosure *enclosure = g_ptr_array_index(enclosures, i);
		g_autoptr(GBytes) words = clearance_words(enclosure);

		add_enclosure(leak, words);
	}
	return leak;
}

static void
show_line(GateFinding *finding, GHashTable *hits, const char *text)
{
	GHashTableIter each;
	gpointer identifier;

	g_hash_table_iter_init(&each, hits);
	while (finding->line == NULL && g_hash_table_iter_next(&each, &identifier, NULL)) {
		const Identifier *hit = identifier;

		g_free(finding->found);
		finding->found = g_strdup(hit->value);
		finding->line = leak_line(text, hit);
	}
	if (finding->found != NULL)
		finding->held = hold_name(finding->line != NULL ? HOLD_LEAK_TEXT : HOLD_LEAK_ATTACHMENT);
}

bool
gate_search(const Tools *tools, Db *db, const GPtrArray *sides, const Side *to, const char *text,
    const GPtrArray *enclosures, GateFinding *finding, GError **error)
{
	g_auto(Search) search = { .tools = tools, .db = db, .sides = sides, .to = to,
	    .hits = g_hash_table_new(NULL, NULL),
	    .own_domains = g_ptr_array_new_with_free_func(g_free) };
	g_autoptr(Leak) leak = leak_of(text, enclosures);

	if (!find_everywhere(&search, leak, error) || !find_here(&search, leak, error) ||
	    !forget_own(&search, error))
		return false;
	finding->searched = leak_count(leak);
	show_line(finding, search.hits, text);
	if (finding->held == NULL)
		finding->held = clearance_judge(text, enclosures);
	return true;
}
