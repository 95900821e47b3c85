# postgres.sh - a throw-away PostgreSQL on a Unix socket
#
#	. "$t/lib/postgres.sh"
#	postgres_start "$work/pg"
#	postgres_schema "$work/pg"			# database "sluis", with our schema
#	postgres_ask "$work/pg" 'select count(*) from sluis.reception'
#	postgres_stop "$work/pg"
#
# It keeps what it commits (T-4 asks for that), listens nowhere else, and goes
# with the test. As root it belongs to the user postgres.
#
# shellcheck shell=sh
# shellcheck disable=SC2154 # $work is lib.sh's

postgres_bin() {
	for folder in /usr/lib/postgresql/*/bin; do found=$folder; done
	[ -x "$found/initdb" ] && echo "$found"
}

postgres_as() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
	else
		"$@"
	fi
}

postgres_start() {
	pg_bin=$(postgres_bin) || return 1
	if [ ! -d "$1/data" ]; then
		mkdir -p "$1"
		[ "$(id -u)" != 0 ] || { chown postgres "$1"; chmod 711 "$work"; }
		postgres_as "$pg_bin/initdb" -D "$1/data" -U postgres -A trust -E UTF8 \
		    --locale=C --no-sync >"$1/initdb.log" 2>&1 || return 1
		postgres_as sh -c 'cat >>"$1/data/postgresql.conf"' sh "$1" <<-CONF
			listen_addresses = ''
			unix_socket_directories = '$1'
			shared_buffers = 16MB
			logging_collector = off
			log_statement = none
		CONF
		at_exit "postgres_stop '$1'"
	fi
	postgres_as "$pg_bin/pg_ctl" -s -w -D "$1/data" -l "$1/log" start >/dev/null
}

postgres_stop() {
	postgres_as "$(postgres_bin)/pg_ctl" -s -w -m "${2:-fast}" -D "$1/data" stop >/dev/null
}

# What "sluis migrate" does, for tests of what lies below the tool.
postgres_schema() {
	pg_sql="$(postgres_bin)/psql -X -q -h $1 -U postgres -v ON_ERROR_STOP=1"
	schema=$SLUIS_SOURCE/schema
	$pg_sql -c 'create database sluis' postgres &&
	$pg_sql -f "$schema/roles.sql" -f "$schema/install.sql" sluis &&
	{ echo 'set role sluis_owner; begin; set local check_function_bodies = off;'
	  cat "$schema/tables.sql" "$schema"/api/*.sql "$schema/views.sql"
	  echo 'commit;'; } | $pg_sql -o /dev/null sluis &&
	$pg_sql -f "$schema/grants.sql" sluis
}

# postgres_ask FOLDER SQL [ROLE]; postgres_told FOLDER ROLE: the statements on standard
# input, each whatever became of that before. By the program itself, since psql(1) of
# Debian is a script that looks for it first.
postgres_ask() { "$(postgres_bin)/psql" -X -At -h "$1" -U "${3:-postgres}" -c "$2" sluis; }
postgres_told() { "$(postgres_bin)/psql" -X -At -h "$1" -U "$2" -f - sluis; }
