/* batch - see batch.h */

#include "batch.h"

#include <string.h>

#include "batch_private.h"
#include "error.h"
#include "file.h"
#include "print.h"
#include "roll.h"

/* The largest list anybody has brought so far has some hundred thousand
 * lines. */
#define FILE_MOST (64 * 1024 * 1024)

Batch *
batch_new(const Settings *settings)
{
	Batch *batch = g_new0(Batch, 1);

	batch->entries = json_new_array();
	batch->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	batch->keyfiles = keyfiles_new(settings);
	return batch;
}

void
batch_free(Batch *batch)
{
	if (batch == NULL)
		return;
	g_hash_table_unref(batch->names);
	json_free(batch->entries);
	keyfiles_free(batch->keyfiles);
	g_free(batch);
}

Json *
batch_find(const Batch *batch, const char *name)
{
	g_autofree char *lower = g_ascii_strdown(name, -1);

	return g_hash_table_lookup(batch->names, lower);
}

bool
batch_add(Batch *batch, Json *entry, GError **error)
{
	const char *name = json_text(entry, "name");
	bool ok = true;

	if (name == NULL)
		ok = error_set(error, SLUIS_ERROR_REFUSED, "a participant without a name");
	else if (batch_find(batch, name) != NULL)
		ok = error_set(error, SLUIS_ERROR_REFUSED, "%s is here twice", name);
	if (!ok) {
		json_free(entry);
		return false;
	}
	g_hash_table_insert(batch->names, g_ascii_strdown(name, -1), entry);
	json_add(batch->entries, entry);
	return true;
}

bool
batch_keys(Batch *batch, Json *keys, const char *folder, const GPtrArray *texts,
    const Json *vouched, GError **error)
{
	for (guint i = 0; i < texts->len; i++) {
		const Certificate *certificate = keyfile_read(batch->keyfiles, folder,
		    g_ptr_array_index(texts, i), error);
		Json *key;

		if (certificate == NULL)
			return false;
		key = keyfile_json(certificate);
		for (const Field *field = key_fields; field->name != NULL; field++)
			if (json_text(vouched, field->name) != NULL)
				json_put_text(key, field->name, json_text(vouched, field->name));
		json_add(keys, key);
	}
	return true;
}

bool
batch_read(Batch *batch, const char *file, GError **error)
{
	static const struct {
		const char *end;
		bool (*read)(Batch *, const char *, GBytes *, GError **);
	} kinds[] = {
		{ ".yaml", batch_read_yaml }, { ".yml", batch_read_yaml },
		{ ".csv", batch_read_csv },
	};
	g_autoptr(GBytes) bytes = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (!g_str_has_suffix(file, kinds[i].end))
			continue;
		bytes = file_read(file, FILE_MOST, error);
		return bytes != NULL && kinds[i].read(batch, file, bytes, error);
	}
	return error_set(error, SLUIS_ERROR_REFUSED,
	    "%s: its name must end in .yaml or .csv, to say what it is", file);
}

typedef struct {
	GHashTable *before;		/* handle in lower case -> const Json * */
	GString *said;
	guint fresh, changed, same;
} Tally;

static GHashTable *
by_name(const Json *roll)
{
	GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < json_length(roll); i++) {
		const Json *entry = json_at(roll, i);

		g_hash_table_insert(table, g_ascii_strdown(json_text(entry, "name"), -1),
		    (gpointer)entry);
	}
	return table;
}

static bool
put_one(Batch *batch, Db *db, const Json *entry, Tally *tally, GError **error)
{
	const char *name = json_text(entry, "name");
	g_autofree char *lower = g_ascii_strdown(name, -1);
	const Json *before = g_hash_table_lookup(tally->before, lower);
	g_autofree char *lines = roll_difference(before, entry, batch->whole);

	if (before == NULL)
		tally->fresh++;
	else if (*lines != '\0')
		tally->changed++;
	else
		tally->same++;
	if (before != NULL && *lines == '\0')
		return true;
	g_string_append_printf(tally->said, "%s %s\n%s", before == NULL ? "+" : "~", name,
	    before != NULL ? lines : "");
	if (roll_put(db, before, entry, batch->whole, batch->keyfiles, error))
		return true;
	g_prefix_error(error, "%s: ", name);
	return false;
}

/* A trial run does all of it and then takes it back, so that what the database
 * would refuse is told as well. */
bool
batch_put(Batch *batch, Db *db, bool dry, bool quiet, GError **error)
{
	g_autoptr(Json) roll = roll_read(db, error);
	g_autoptr(GHashTable) before = by_name(roll);
	g_autoptr(GString) said = g_string_new(NULL);
	Tally tally = { .before = before, .said = said };

	if (roll == NULL || !db_begin(db, error))
		return false;
	for (guint i = 0; i < json_length(batch->entries); i++)
		if (!put_one(batch, db, json_at(batch->entries, i), &tally, error)) {
			db_rollback(db);
			return false;
		}
	if (dry)
		db_rollback(db);
	else if (!db_commit(db, error))
		return false;
	return quiet || (print_text(said->str, error) &&
	    print_line(error, "%u new, %u changed, %u as they were%s", tally.fresh,
	    tally.changed, tally.same, dry ? "; nothing was done (--dry-run)" : ""));
}
