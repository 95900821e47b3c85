/* directory - participants, analysts and their certificates; see directory.h */

#include "directory.h"

#include <arpa/inet.h>

#include "ids.h"

void
match_free(Match *match)
{
	if (match == NULL)
		return;
	g_free(match->name);
	g_free(match->title);
	g_free(match->how);
	g_free(match->what);
	g_free(match->policy);
	g_ptr_array_unref(match->out_of_scope);
	g_free(match);
}

static Match *
match_of(const Rows *rows, guint row)
{
	Match *match = g_new0(Match, 1);

	match->participant = (int)rows_int(rows, row, "participant");
	match->name = g_strdup(rows_text(rows, row, "name"));
	match->title = g_strdup(rows_text(rows, row, "title"));
	match->how = g_strdup(rows_text(rows, row, "how"));
	match->what = g_strdup(rows_text(rows, row, "what"));
	match->policy = g_strdup(rows_text(rows, row, "policy"));
	match->out_of_scope = rows_texts(rows, row, "out_of_scope");
	match->sole = rows_bool(rows, row, "sole");
	match->sure = "maybe";
	return match;
}

/* Those that are addresses: the rest is not for the server to complain about. */
static GPtrArray *
only_addresses(const GPtrArray *words)
{
	GPtrArray *addresses = g_ptr_array_new();
	struct in6_addr bytes;

	for (guint i = 0; words != NULL && i < words->len; i++) {
		char *word = g_ptr_array_index(words, i);

		if (inet_pton(AF_INET, word, &bytes) == 1 || inet_pton(AF_INET6, word, &bytes) == 1)
			g_ptr_array_add(addresses, word);
	}
	return addresses;
}

GPtrArray *
directory_match(Db *db, const GPtrArray *hosts, const GPtrArray *addresses,
    const GPtrArray *names, GError **error)
{
	g_autoptr(GPtrArray) good = only_addresses(addresses);
	Params *params = params_texts(params_texts(params_new(), hosts), good);
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.match_participants($1, $2, $3)",
	    params_texts(params, names), error);
	GPtrArray *matches;

	if (rows == NULL)
		return NULL;
	matches = g_ptr_array_new_with_free_func((GDestroyNotify)match_free);
	for (guint i = 0; i < rows_count(rows); i++)
		g_ptr_array_add(matches, match_of(rows, i));
	return matches;
}

Rows *
directory_policies(Db *db, guint case_no, GError **error)
{
	return db_query(db, "select * from sluis.policies_of($1)",
	    params_int(params_new(), case_no), error);
}

void
product_free(Product *product)
{
	if (product == NULL)
		return;
	g_free(product->name);
	g_ptr_array_unref(product->some);
	g_free(product);
}

GPtrArray *
directory_products(Db *db, const GPtrArray *names, guint most, GError **error)
{
	Params *params = params_int(params_texts(params_new(), names), most);
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.match_products($1, $2)", params, error);
	GPtrArray *products;

	if (rows == NULL)
		return NULL;
	products = g_ptr_array_new_with_free_func((GDestroyNotify)product_free);
	for (guint i = 0; i < rows_count(rows); i++) {
		Product *product = g_new0(Product, 1);

		product->name = g_strdup(rows_text(rows, i, "product"));
		product->users = (guint)rows_int(rows, i, "users");
		product->some = rows_texts(rows, i, "few");
		g_ptr_array_add(products, product);
	}
	return products;
}

int
directory_participant_of(Db *db, const char *address, GError **error)
{
	return (int)id_query(db, "select sluis.participant_of($1) as id",
	    params_text(params_new(), address), error);
}

int
directory_contact_of(Db *db, int participant, const char *address, const char *fingerprint,
    char **name, GError **error)
{
	Params *params = params_text(params_int(params_new(), participant), address);
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.find_contact($1, $2, $3)",
	    params_text(params, fingerprint), error);

	*name = NULL;
	if (rows == NULL)
		return -1;
	if (rows_count(rows) == 0)
		return 0;
	*name = g_strdup(rows_text(rows, 0, rows_null(rows, 0, "name") ? "address" : "name"));
	return (int)rows_int(rows, 0, "id");
}

int
directory_analyst_of(Db *db, const char *address, GError **error)
{
	return (int)id_query(db, "select sluis.analyst_of($1) as id",
	    params_text(params_new(), address), error);
}

bool
directory_owner_of_key(Db *db, const char *fingerprint, int *participant, int *analyst,
    GError **error)
{
	g_autoptr(Rows) row = db_row(db, "select * from sluis.owner_of_key($1)",
	    params_text(params_new(), fingerprint), error);

	if (row == NULL)
		return false;
	*participant = (int)rows_int(row, 0, "participant");
	*analyst = (int)rows_int(row, 0, "analyst");
	return true;
}

static GPtrArray *
certificates(Db *db, const char *sql, const char *word, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, sql, params_text(params_new(), word), error);
	GPtrArray *found;

	if (rows == NULL)
		return NULL;
	found = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	for (guint i = 0; i < rows_count(rows); i++)
		g_ptr_array_add(found, rows_bytes(rows, i, "bytes"));
	return found;
}

GPtrArray *
directory_certificates(Db *db, const char *address, GError **error)
{
	return certificates(db, "select bytes from sluis.certificates_of($1)", address, error);
}

GPtrArray *
directory_certificates_by_key(Db *db, const char *fingerprint, GError **error)
{
	return certificates(db, "select bytes from sluis.certificates_by_key($1)", fingerprint, error);
}

bool
directory_revoke(Db *db, const char *fingerprint, GBytes *bytes, GError **error)
{
	return db_do(db, "select sluis.revoke_certificate($1, $2)",
	    params_bytes(params_text(params_new(), fingerprint), bytes), error);
}

void
correspondent_free(Correspondent *correspondent)
{
	if (correspondent == NULL)
		return;
	g_free(correspondent->name);
	g_free(correspondent->address);
	g_free(correspondent->language);
	g_free(correspondent->phone);
	g_free(correspondent->hours);
	g_free(correspondent->fingerprint);
	g_free(correspondent->encryption);
	g_free(correspondent->unusable);
	g_clear_pointer(&correspondent->certificate, g_bytes_unref);
	g_free(correspondent);
}

Correspondent *
correspondent_read(const Rows *rows, guint row)
{
	Correspondent *one = g_new0(Correspondent, 1);

	one->id = (int)rows_int(rows, row, "id");
	one->name = g_strdup(rows_text(rows, row, "name"));
	one->address = g_strdup(rows_text(rows, row, "address"));
	one->language = g_strdup(rows_text(rows, row, "language"));
	one->phone = g_strdup(rows_text(rows, row, "phone"));
	one->hours = g_strdup(rows_text(rows, row, "hours"));
	one->deputy = rows_bool(rows, row, "deputy");
	one->fingerprint = g_strdup(rows_text(rows, row, "fingerprint"));
	one->encryption = g_strdup(rows_text(rows, row, "encryption"));
	one->certificate = rows_bytes(rows, row, "bytes");
	one->expires = rows_time(rows, row, "expires");
	one->unusable = g_strdup(rows_text(rows, row, "unusable"));
	return one;
}

const Correspondent *
correspondent_among(const GPtrArray *all, int id)
{
	for (guint i = 0; i < all->len; i++) {
		const Correspondent *one = g_ptr_array_index(all, i);

		if (one->id == id)
			return one;
	}
	return NULL;
}

static GPtrArray *
correspondents(Db *db, const char *sql, Params *params, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, sql, params, error);
	GPtrArray *found;

	if (rows == NULL)
		return NULL;
	found = g_ptr_array_new_with_free_func((GDestroyNotify)correspondent_free);
	for (guint i = 0; i < rows_count(rows); i++)
		g_ptr_array_add(found, correspondent_read(rows, i));
	return found;
}

GPtrArray *
directory_analysts(Db *db, GError **error)
{
	return correspondents(db, "select * from sluis.analysts_to_write()", NULL, error);
}

GPtrArray *
directory_contacts(Db *db, int participant, GError **error)
{
	return correspondents(db, "select * from sluis.contacts_to_write($1)",
	    params_int(params_new(), participant), error);
}

GPtrArray *
directory_digest_contacts(Db *db, int participant, GError **error)
{
	return correspondents(db, "select * from sluis.digest_contacts($1)",
	    params_int(params_new(), participant), error);
}

GPtrArray *
directory_stand_ins(Db *db, int contact, const char *role, GError **error)
{
	return correspondents(db, "select * from sluis.stand_ins($1, $2)",
	    params_text(params_int(params_new(), contact), role), error);
}

Correspondent *
directory_correspondent(Db *db, const char *target, GError **error)
{
	g_autoptr(GPtrArray) found = correspondents(db, "select * from sluis.correspondent($1)",
	    params_text(params_new(), target), error);

	return found != NULL && found->len > 0 ? g_ptr_array_steal_index(found, 0) : NULL;
}

int
directory_participant(Db *db, const char *name, char **title, char **language, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.find_participant($1)",
	    params_text(params_new(), name), error);

	if (rows == NULL)
		return -1;
	if (rows_count(rows) == 0)
		return 0;
	if (title != NULL)
		*title = g_strdup(rows_text(rows, 0, "title"));
	if (language != NULL)
		*language = g_strdup(rows_text(rows, 0, "language"));
	return (int)rows_int(rows, 0, "id");
}

char *
directory_kind(Db *db, const char *name, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.find_participant($1)",
	    params_text(params_new(), name), error);

	return rows != NULL && rows_count(rows) > 0 ? g_strdup(rows_text(rows, 0, "kind")) : NULL;
}
