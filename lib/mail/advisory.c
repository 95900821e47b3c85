/* advisory - see advisory.h */

#include "advisory.h"

#include <string.h>

#include "error.h"
#include "json.h"
#include "text.h"

#define DEPTH 12		/* of branches */
#define PRODUCTS 200

void
advisory_free(Advisory *advisory)
{
	if (advisory == NULL)
		return;
	g_free(advisory->title);
	g_free(advisory->severity);
	g_free(advisory->text);
	g_ptr_array_unref(advisory->products);
	g_ptr_array_unref(advisory->versions);
	g_free(advisory);
}

static void
add_product(Advisory *advisory, const char *name, const char *version)
{
	g_autofree char *clean = text_clean_line(name, -1);

	for (guint i = 0; i < advisory->products->len; i++)
		if (strcmp(g_ptr_array_index(advisory->products, i), clean) == 0 &&
		    strcmp(g_ptr_array_index(advisory->versions, i), version) == 0)
			return;
	if (clean[0] == '\0' || advisory->products->len >= PRODUCTS)
		return;
	g_ptr_array_add(advisory->products, g_steal_pointer(&clean));
	g_ptr_array_add(advisory->versions, text_clean_line(version, -1));
}

static void
set_severity(Advisory *advisory, const char *word)
{
	static const char *const words[] = { "critical", "high", "medium", "low" };

	for (guint i = 0; word != NULL && i < G_N_ELEMENTS(words); i++)
		if (advisory->severity == NULL && g_ascii_strcasecmp(words[i], word) == 0)
			advisory->severity = g_strdup(words[i]);
}

/* --- a text --- */

/* What stands behind "Name:"; NULL: the line is another one. */
static const char *
field_of(const char *line, const char *name)
{
	gsize length = strlen(name);

	if (g_ascii_strncasecmp(line, name, length) != 0 || line[length] != ':')
		return NULL;
	line += length + 1;
	return line + strspn(line, " \t");
}

/* False: the fields are over. */
static bool
take_field(Advisory *advisory, const char *line, char **product, bool *versioned)
{
	const char *subject = field_of(line, "Subject"), *name = field_of(line, "Product");
	const char *version = field_of(line, "Version"), *severity = field_of(line, "Severity");

	if (subject != NULL && advisory->title == NULL) {
		advisory->title = text_clean_line(subject, -1);
	} else if (name != NULL) {
		if (*product != NULL && !*versioned)
			add_product(advisory, *product, "");
		g_free(*product);
		*product = g_strdup(name);
		*versioned = false;
	} else if (version != NULL && *product != NULL) {
		add_product(advisory, *product, version);
		*versioned = true;
	} else if (severity != NULL) {
		set_severity(advisory, severity);
	} else {
		return false;
	}
	return true;
}

static void
read_text(Advisory *advisory, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autofree char *product = NULL;
	bool versioned = false;
	guint at = 0;

	while (lines[at] != NULL && take_field(advisory, lines[at], &product, &versioned))
		at++;
	if (product != NULL && !versioned)
		add_product(advisory, product, "");
	advisory->text = g_strjoinv("\n", lines + at);
	g_strstrip(advisory->text);
	if (advisory->title == NULL)
		advisory->title = g_strndup(advisory->text, strcspn(advisory->text, "\n"));
}

/* --- CSAF --- */

static const char *
word(const Json *object, const char *key)
{
	const char *text = object != NULL ? json_text(object, key) : NULL;

	return text != NULL ? text : "";
}

/* The ids of products a vulnerability says are affected; empty: none says so. */
static GHashTable *
affected_of(const Json *root)
{
	static const char *const states[] = { "known_affected", "first_affected", "last_affected",
	    "under_investigation" };
	GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);
	const Json *all = json_get(root, "vulnerabilities");

	for (guint i = 0; i < json_length(all); i++)
		for (guint s = 0; s < G_N_ELEMENTS(states); s++) {
			const Json *list = json_get(json_get(json_at(all, i), "product_status"), states[s]);

			for (guint n = 0; n < json_length(list); n++)
				if (json_text_at(list, n) != NULL)
					g_hash_table_add(ids, (gpointer)json_text_at(list, n));
		}
	return ids;
}

/* Where in the tree of branches one is. */
typedef struct {
	Advisory *advisory;
	GHashTable *affected;
	const char *vendor, *name, *version;
	guint depth;
} Branch;

/* "Citrix" and "ADC": a participant may list it either way. */
static void
add_leaf(const Branch *branch)
{
	g_autofree char *both = g_strdup_printf("%s %s", branch->vendor, branch->name);

	add_product(branch->advisory, branch->name, branch->version);
	if (branch->vendor[0] != '\0' && g_ascii_strncasecmp(branch->name, branch->vendor,
	    strlen(branch->vendor)) != 0)
		add_product(branch->advisory, both, branch->version);
}

static void
walk(Branch branch, const Json *branches)
{
	for (guint i = 0; branch.depth < DEPTH && i < json_length(branches); i++) {
		const Json *one = json_at(branches, i), *product = json_get(one, "product");
		const char *category = word(one, "category");
		Branch below = branch;

		below.depth++;
		if (strcmp(category, "vendor") == 0)
			below.vendor = word(one, "name");
		else if (strcmp(category, "product_name") == 0)
			below.name = word(one, "name");
		else if (strcmp(category, "product_version") == 0 ||
		    strcmp(category, "product_version_range") == 0)
			below.version = word(one, "name");
		if (product != NULL && below.name[0] != '\0' && (g_hash_table_size(branch.affected) == 0 ||
		    g_hash_table_contains(branch.affected, word(product, "product_id"))))
			add_leaf(&below);
		walk(below, json_get(one, "branches"));
	}
}

static void
add_words(GString *text, const char *words)
{
	g_autofree char *clean = text_clean(words, -1, NULL);

	g_strstrip(clean);
	if (clean[0] != '\0')
		g_string_append_printf(text, "%s%s", text->len > 0 ? "\n\n" : "", clean);
}

static void
add_all(GString *text, const Json *list, const char *key)
{
	for (guint i = 0; i < json_length(list); i++)
		add_words(text, word(json_at(list, i), key));
}

static void
read_vulnerability(Advisory *advisory, GString *text, const Json *one)
{
	const Json *scores = json_get(one, "scores");
	g_autofree char *head = g_strdup_printf("%s %s %s", word(one, "cve"), word(one, "title"),
	    word(json_get(one, "cwe"), "id"));

	add_words(text, head);
	add_all(text, json_get(one, "notes"), "text");
	add_all(text, json_get(one, "remediations"), "details");
	for (guint i = 0; i < json_length(scores); i++)
		set_severity(advisory, word(json_get(json_at(scores, i), "cvss_v3"), "baseSeverity"));
}

static bool
read_csaf(Advisory *advisory, const Json *root, GError **error)
{
	const Json *document = json_get(root, "document"), *tree = json_get(root, "product_tree");
	const Json *all = json_get(root, "vulnerabilities"), *names = json_get(tree, "full_product_names");
	g_autoptr(GHashTable) affected = affected_of(root);
	GString *text;

	if (strcmp(word(document, "csaf_version"), "2.0") != 0 || word(document, "title")[0] == '\0') {
		error_set(error, SLUIS_ERROR_REFUSED, "this JSON is no CSAF 2.0");
		return false;
	}
	text = g_string_new(NULL);
	advisory->is_csaf = true;
	advisory->title = text_clean_line(word(document, "title"), -1);
	set_severity(advisory, word(json_get(document, "aggregate_severity"), "text"));
	add_all(text, json_get(document, "notes"), "text");
	for (guint i = 0; i < json_length(all); i++)
		read_vulnerability(advisory, text, json_at(all, i));
	advisory->text = g_string_free(text, FALSE);
	walk((Branch){ advisory, affected, "", "", "", 0 }, json_get(tree, "branches"));
	for (guint i = 0; i < json_length(names); i++)
		if (g_hash_table_size(affected) == 0 ||
		    g_hash_table_contains(affected, word(json_at(names, i), "product_id")))
			add_product(advisory, word(json_at(names, i), "name"), "");
	return true;
}

void
advisory_complete(Advisory *advisory, const Advisory *other)
{
	bool none = advisory->products->len == 0;

	for (guint i = 0; none && i < other->products->len; i++)
		add_product(advisory, g_ptr_array_index(other->products, i),
		    g_ptr_array_index(other->versions, i));
	set_severity(advisory, other->severity);
}

void
advisory_set_products(Advisory *advisory, const GPtrArray *products, const GPtrArray *versions)
{
	guint many = versions != NULL ? versions->len : 0;

	g_ptr_array_set_size(advisory->products, 0);
	g_ptr_array_set_size(advisory->versions, 0);
	for (guint i = 0; i < products->len; i++)
		for (guint n = 0; n < MAX(many, 1); n++)
			add_product(advisory, g_ptr_array_index(products, i),
			    many > 0 ? g_ptr_array_index(versions, n) : "");
}

Advisory *
advisory_read(GBytes *bytes, GError **error)
{
	g_autoptr(Advisory) advisory = g_new0(Advisory, 1);
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	g_autofree char *text = text_clean(data != NULL ? data : "", (gssize)length, NULL);
	g_autoptr(Json) json = text[strspn(text, " \t\n")] == '{' ? json_parse(bytes, NULL) : NULL;

	advisory->products = g_ptr_array_new_with_free_func(g_free);
	advisory->versions = g_ptr_array_new_with_free_func(g_free);
	if (json != NULL) {
		if (!read_csaf(advisory, json, error))
			return NULL;
	} else {
		read_text(advisory, text);
	}
	if (advisory->text[0] != '\0' && advisory->title[0] != '\0')
		return g_steal_pointer(&advisory);
	error_set(error, SLUIS_ERROR_REFUSED, "there is nothing to tell in it");
	return NULL;
}
