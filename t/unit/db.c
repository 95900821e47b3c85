/* db - the session: what goes in comes out, and faults have their meaning */

#include "cluster.h"

#include "error.h"

static Cluster *cluster;

static GBytes *
some_bytes(gsize length)
{
	guint8 *data = g_malloc(length);

	for (gsize i = 0; i < length; i++)
		data[i] = (guint8)(i * 7);
	return g_bytes_new_take(data, length);
}

static void
test_values(void)
{
	g_autoptr(Db) db = cluster_open(cluster, "sluis_work");
	g_autoptr(GPtrArray) texts = g_ptr_array_new();
	g_autoptr(GPtrArray) back = NULL;
	g_autoptr(GBytes) bytes = some_bytes(3 << 20), same = NULL;
	g_autoptr(Rows) row = NULL;
	GError *error = NULL;
	Params *params = params_new();

	g_ptr_array_add(texts, (gpointer)"with, comma");
	g_ptr_array_add(texts, (gpointer)"\"quotes\" \\ {braces}");
	g_ptr_array_add(texts, (gpointer)"");
	params_text(params, "déjà 'vu'");
	params_int(params, -1234567890123);
	params_bool(params, true);
	params_bytes(params, bytes);
	params_time(params, G_GINT64_CONSTANT(1764000000123456));
	params_real(params, -0.93);
	params_texts(params, texts);
	params_null(params);
	row = db_row(db, "select $1::text as t, $2::bigint as i, $3 as b, $4 as y, $5 as z, $6 as r, "
	    "$7 as a, $8::int as n", params, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(rows_text(row, 0, "t"), ==, "déjà 'vu'");
	g_assert_cmpint(rows_int(row, 0, "i"), ==, -1234567890123);
	g_assert_true(rows_bool(row, 0, "b"));
	g_assert_cmpint(rows_time(row, 0, "z"), ==, G_GINT64_CONSTANT(1764000000123456));
	g_assert_cmpfloat(rows_real(row, 0, "r"), ==, -0.93);
	g_assert_true(rows_null(row, 0, "n"));
	back = rows_texts(row, 0, "a");
	g_assert_cmpuint(back->len, ==, 3);
	for (guint i = 0; i < 3; i++)
		g_assert_cmpstr(g_ptr_array_index(back, i), ==, g_ptr_array_index(texts, i));
	same = rows_bytes(row, 0, "y");
	g_clear_pointer(&row, rows_free);	/* the bytes stay */
	g_assert_true(g_bytes_equal(bytes, same));
}

static void
test_nothing(void)
{
	g_autoptr(Db) db = cluster_open(cluster, "sluis_work");
	g_autoptr(GPtrArray) none = g_ptr_array_new(), back = NULL;
	g_autoptr(GBytes) empty = g_bytes_new(NULL, 0), same = NULL;
	g_autoptr(Rows) row = NULL;
	GError *error = NULL;
	Params *params = params_new();

	params_bytes(params, empty);
	params_bytes(params, NULL);
	params_texts(params, none);
	params_texts(params, NULL);
	params_text(params, NULL);
	params_time(params, 0);
	row = db_row(db, "select $1 as e, $2 as n, $3 as a, $4 as an, $5::text as t, $6 as z",
	    params, &error);
	g_assert_no_error(error);
	same = rows_bytes(row, 0, "e");
	g_assert_nonnull(same);
	g_assert_cmpuint(g_bytes_get_size(same), ==, 0);
	g_assert_null(rows_bytes(row, 0, "n"));
	back = rows_texts(row, 0, "a");
	g_assert_cmpuint(back->len, ==, 0);
	g_assert_false(rows_null(row, 0, "a"));
	g_assert_true(rows_null(row, 0, "an"));
	g_assert_null(rows_text(row, 0, "t"));
	g_assert_cmpint(rows_time(row, 0, "z"), ==, 0);
}

/* What is no UTF-8 never makes the server say so, and quote it. */
static void
test_no_utf8(void)
{
	g_autoptr(Db) db = cluster_open(cluster, "sluis_work");
	GError *error = NULL;
	g_autoptr(Rows) row = db_row(db, "select $1::text as t",
	    params_text(params_new(), "a\xff" "b"), &error);

	g_assert_no_error(error);
	g_assert_cmpstr(rows_text(row, 0, "t"), ==, "a\xef\xbf\xbd" "b");
}

static void
test_session(void)
{
	static const char *const wanted[][2] = {
		{ "search_path", "" }, { "synchronous_commit", "on" }, { "statement_timeout", "30s" },
		{ "jit", "off" },
		{ "lock_timeout", "10s" }, { "idle_in_transaction_session_timeout", "1min" },
		{ "log_error_verbosity", "terse" }, { "log_parameter_max_length", "0" },
	};
	g_autoptr(Db) db = NULL;

	g_setenv("PGOPTIONS", "-c synchronous_commit=off -c search_path=public -c jit=on", TRUE);
	db = cluster_open(cluster, "sluis_in");
	g_unsetenv("PGOPTIONS");
	for (guint i = 0; i < G_N_ELEMENTS(wanted); i++) {
		g_autoptr(Rows) row = db_row(db, "select current_setting($1) as is",
		    params_text(params_new(), wanted[i][0]), NULL);

		g_assert_cmpstr(rows_text(row, 0, "is"), ==, wanted[i][1]);
	}
}

static void
expect(Db *db, const char *sql, SluisError code, const char *words)
{
	GError *error = NULL;

	g_assert_false(db_do(db, sql, NULL, &error));
	g_assert_error(error, SLUIS_ERROR, (int)code);
	if (g_strstr_len(error->message, -1, words) == NULL)
		g_error("\"%s\" is not in \"%s\"", words, error->message);
	g_assert_null(strstr(error->message, "canary"));
	g_clear_error(&error);
}

static void
test_meanings(void)
{
	GError *error = NULL;
	g_autoptr(Db) db = db_open_raw(cluster->superuser, NULL, &error);

	g_assert_no_error(error);
	expect(db, "do $$begin raise 'no such name' using errcode = 'SL001'; end$$", SLUIS_ERROR_REFUSED, "no such name");
	expect(db, "do $$begin raise 'wrong' using errcode = 'SL002'; end$$", SLUIS_ERROR_SETUP, "wrong");
	expect(db, "do $$begin raise 'later' using errcode = 'SL003'; end$$", SLUIS_ERROR_RETRY, "later");
	expect(db, "do $$begin raise 'canary' using errcode = '40P01'; end$$", SLUIS_ERROR_RETRY, "40P01");
	expect(db, "do $$begin raise 'canary' using errcode = '58030'; end$$", SLUIS_ERROR_RETRY, "58030");
	expect(db, "do $$begin raise 'disk full' using errcode = '53100'; end$$", SLUIS_ERROR_RETRY, "disk full");
	expect(db, "select 'canary'::int", SLUIS_ERROR_SETUP, "22P02");
	expect(db, "insert into sluis.participant (name, title) values ('a canary', 't')",
	    SLUIS_ERROR_SETUP, "23514: participant_name_check");
	expect(db, "select sluis.nothing()", SLUIS_ERROR_SETUP, "sluis.nothing() does not exist");
	expect(db, "set statement_timeout = '10ms'; select pg_sleep(5)", SLUIS_ERROR_SETUP, "42601");
	g_assert_true(db_do(db, "set statement_timeout = '10ms'", NULL, NULL));
	expect(db, "select pg_sleep(5)", SLUIS_ERROR_RETRY, "57014");
}

static void
test_transaction(void)
{
	g_autoptr(Db) db = cluster_open(cluster, "sluis_work");
	GError *error = NULL;

	g_assert_false(db_in_transaction(db));
	g_assert_true(db_begin(db, NULL));
	g_assert_true(db_in_transaction(db));
	g_assert_false(db_do(db, "select 1/0", NULL, NULL));
	g_assert_false(db_commit(db, &error));		/* the server would say ROLLBACK */
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_RETRY);
	g_clear_error(&error);
	g_assert_false(db_in_transaction(db));
	g_assert_true(db_begin(db, NULL));
	db_rollback(db);
	g_assert_false(db_in_transaction(db));
	g_assert_null(db_row(db, "select 1 where false", NULL, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_RETRY);
	g_clear_error(&error);
}

static void
test_pipeline(void)
{
	GError *error = NULL;
	g_autoptr(Db) db = db_open_raw(cluster->superuser, NULL, NULL);
	g_autoptr(Rows) row = NULL;

	g_assert_true(db_do(db, "create table public.p (n int primary key)", NULL, NULL));
	db_pipeline_begin(db);
	for (int i = 0; i < 1000; i++)
		g_assert_true(db_do(db, "insert into public.p values ($1)", params_int(params_new(), i), NULL));
	row = db_row(db, "select count(*) as n from public.p", NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpint(rows_int(row, 0, "n"), ==, 1000);
	g_assert_true(db_pipeline_end(db, NULL));

	/* All that is sent at once is one transaction, and fails as the first. */
	db_pipeline_begin(db);
	db_do(db, "insert into public.p values (1000)", NULL, NULL);
	db_do(db, "insert into public.p values (5)", NULL, NULL);
	db_do(db, "insert into public.p values (1001)", NULL, NULL);
	g_assert_false(db_pipeline_end(db, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	g_assert_nonnull(strstr(error->message, "p_pkey"));
	g_clear_error(&error);
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from public.p"), ==, 1000);

	/* The same inside a transaction. */
	g_assert_true(db_begin(db, NULL));
	db_pipeline_begin(db);
	db_do(db, "insert into public.p values (2000)", NULL, NULL);
	g_assert_true(db_pipeline_end(db, NULL));
	db_rollback(db);
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from public.p"), ==, 1000);
}

/* A commit that fails at the very end of a pipeline is a failure of all. */
static void
test_pipeline_commit(void)
{
	GError *error = NULL;
	g_autoptr(Db) db = db_open_raw(cluster->superuser, NULL, NULL);
	g_autoptr(Rows) row = NULL;

	g_assert_true(db_do(db, "create table public.d (n int unique deferrable initially deferred)", NULL, NULL));
	db_pipeline_begin(db);
	db_do(db, "insert into public.d values (1)", NULL, NULL);
	row = db_row(db, "insert into public.d values (1) returning n", NULL, &error);
	g_assert_null(row);
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	g_clear_error(&error);
	g_assert_true(db_pipeline_end(db, NULL));
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from public.d"), ==, 0);
}

static bool
add_two(Db *db, gint64 number, const char *what, GError **error)
{
	db_pipeline_begin(db);
	db_do(db, "insert into public.k values ($1, null)", params_int(params_new(), number), error);
	db_do(db, "insert into public.k values ($1, $2)",
	    params_text(params_int(params_new(), number + 1), what), error);
	return db_pipeline_end(db, error);
}

/* Statements that are kept answer as others do; and where some of them were sent
 * behind one that failed, no later one is taken for prepared that is not. */
static void
test_kept(void)
{
	g_autoptr(Db) db = db_open_raw(cluster->superuser, NULL, NULL);
	GError *error = NULL;

	g_assert_true(db_do(db, "create table public.k (n int primary key, what text)", NULL, NULL));
	db_keep_statements(db);
	g_assert_true(db_do(db, "insert into public.k values (1, null)", NULL, NULL));
	for (int i = 0; i < 2; i++) {
		g_assert_false(add_two(db, 1, "two", &error));
		g_assert_nonnull(strstr(error->message, "k_pkey"));
		g_clear_error(&error);
		g_assert_true(add_two(db, 10 + i * 10, "two", &error));
		g_assert_no_error(error);
		g_assert_true(db_give_back(db, &error));
		g_assert_true(add_two(db, 15 + i * 10, NULL, &error));
		g_assert_no_error(error);
	}
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from public.k"), ==, 9);
	g_assert_cmpint(cluster_number(cluster, "select count(what) as n from public.k"), ==, 2);
	g_assert_false(db_do(db, "select 1 / 0", NULL, NULL));
	g_assert_true(db_do(db, "select 1", NULL, NULL));
}

static void
test_notify(void)
{
	g_autoptr(Db) db = cluster_open(cluster, "sluis_work");
	GError *error = NULL;
	bool notified;
	int fds[2];

	g_assert_true(db_listen(db, "sluis_reception", NULL));
	g_assert_true(db_wait(db, -1, 1, &notified, NULL));
	g_assert_false(notified);
	cluster_do(cluster, "notify sluis_reception");
	g_assert_true(db_wait(db, -1, 10000, &notified, NULL));
	g_assert_true(notified);
	g_assert_cmpint(pipe(fds), ==, 0);
	g_assert_cmpint(write(fds[1], "x", 1), ==, 1);
	g_assert_true(db_wait(db, fds[0], 10000, &notified, NULL));	/* at once */
	g_assert_false(notified);
	close(fds[0]);
	close(fds[1]);
	cluster_do(cluster, "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'sluis_work'");
	while (db_wait(db, -1, 10000, &notified, &error))
		;
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_RETRY);
	g_clear_error(&error);
	g_assert_false(db_do(db, "select 1", NULL, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_RETRY);
	g_clear_error(&error);
}

/* A child that forgets the connection leaves the parent's alone. */
static void
test_forget(void)
{
	Db *db = cluster_open(cluster, "sluis_work");
	pid_t child = fork();
	int status;

	if (child == 0) {
		db_forget(db);
		_exit(0);
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(db_do(db, "select 1", NULL, NULL));
	db_close(db);
}

/* T-55: what the server refuses it does not quote, even where it is told to
 * log every statement. The role's settings see to that. */
static void
test_canary(void)
{
	static const char *const statements[][2] = {
		{ "sluis_work", "select sluis.find_case_by_refs(array[$1])" },
		{ "sluis_work", "select sluis.add_event(1, $1, $1)" },
		{ "sluis_work", "select sluis.note_inbox(1, $1)" },
		{ "sluis_work", "select sluis.case_reserve($1)" },
		{ "sluis_work", "select sluis.open_case(1, $1, $1, $1, $1, $1, $1)" },
		{ "sluis_work", "select sluis.add_party(1, $1, null, null, $1)" },
		{ "sluis_work", "select sluis.add_message(1, $1, now(), null, null, $1, $1, true, 'x', 'x')" },
		{ "sluis_work", "select sluis.file_outgoing(null, null, $1, $1, $1, 'held', $1, 0, null, null, null, null, 'x', 'x', null)" },
		{ "sluis_work", "select sluis.file_outgoing(null, null, 'ack', $1, $1, $1, $1, 0, null, null, null, null, 'x', 'x', null)" },
		{ "sluis_in", "select sluis.accept($1, null, 'x', 1, null, 'x', 'x')" },
		{ "sluis_in", "select sluis.accept($1, 'x', 'x', 1, gen_random_uuid(), null, 'x')" },
		{ "sluis_in", "select $1 from sluis.reception" },
	};
	g_autofree char *log = g_build_filename(cluster->folder, "log", NULL);
	g_autofree char *text = NULL;
	guint refused = 0;

	cluster_do(cluster, "alter database sluis set log_min_duration_statement = 0;"
	    "alter database sluis set log_error_verbosity = verbose;"
	    "alter database sluis set log_parameter_max_length_on_error = -1;"
	    "alter database sluis set log_min_error_statement = debug5");
	for (guint i = 0; i < G_N_ELEMENTS(statements); i++) {
		g_autoptr(Db) db = cluster_open(cluster, statements[i][0]);
		GError *error = NULL;

		if (!db_do(db, statements[i][1], params_text(params_new(), "canary"), &error)) {
			refused++;
			g_assert_null(strstr(error->message, "canary"));
		}
		g_clear_error(&error);
	}
	cluster_do(cluster, "do $$begin raise log 'end of test'; end$$");
	do {
		g_clear_pointer(&text, g_free);
		g_assert_true(g_file_get_contents(log, &text, NULL, NULL));
	} while (strstr(text, "end of test") == NULL);
	g_test_message("T-55: %u statements refused", refused);
	g_assert_cmpint(refused, >=, 10);
	g_assert_nonnull(strstr(text, "ERROR"));
	g_assert_null(strstr(text, "canary"));
	cluster_do(cluster, "alter database sluis reset all");
}

static void
test_gone(void)
{
	GError *error = NULL;

	g_assert_null(db_open("host=/nonexistent dbname=sluis", "sluis_work", &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_RETRY);
	g_clear_error(&error);
	cluster_do(cluster, "insert into sluis.schema_version values (9999)");
	g_assert_null(db_open(cluster->conninfo, "sluis_work", &error));	/* T-11 */
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	g_assert_nonnull(strstr(error->message, "9999"));
	g_clear_error(&error);
	cluster_do(cluster, "delete from sluis.schema_version where version = 9999");
}

int
main(int argc, char *argv[])
{
	static const ClusterTest tests[] = {
		{ "/db/canary", test_canary },	/* first: later ones log as superuser */
		{ "/db/values", test_values }, { "/db/nothing", test_nothing },
		{ "/db/no-utf8", test_no_utf8 }, { "/db/session", test_session },
		{ "/db/meanings", test_meanings }, { "/db/transaction", test_transaction },
		{ "/db/pipeline", test_pipeline }, { "/db/pipeline-commit", test_pipeline_commit },
		{ "/db/kept", test_kept }, { "/db/notify", test_notify }, { "/db/forget", test_forget },
		{ "/db/gone", test_gone },
		{ 0 }
	};

	return cluster_prove(argc, argv, &cluster, NULL, tests);
}
