# schema.sh - a database with our schema in it, on a server of its own
#
#	. "$t/schema/schema.sh"
#	schema_start
#	sql "select 1"			as superuser
#	sql_as sluis_in "select 1"	as that role; its error goes to stdout
#
# shellcheck shell=sh

. "$t/lib/postgres.sh"

sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -h "$work/pg" -U postgres -d sluis -c "$1"; }

sql_as() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 -h "$work/pg" -U "$1" -d sluis -c "$2" 2>&1
}

# The order is that of lib/store/migrate.c, written down once more.
schema_scripts() {
	schema=$SLUIS_SOURCE/schema
	echo 'set check_function_bodies = off;'
	cat "$schema/roles.sql" "$schema/install.sql"
	echo 'set role sluis_owner;'
	cat "$schema/tables.sql" "$schema"/api/*.sql "$schema/views.sql"
	echo 'reset role;'
	cat "$schema/grants.sql"
	echo 'insert into sluis.schema_version values (1);'
}

schema_start() {
	skip_unless postgres postgres_start "$work/pg"
	psql -X -q -h "$work/pg" -U postgres -d postgres -c 'create database sluis'
	schema_scripts >"$work/schema.sql"
	psql -X -q -1 -v ON_ERROR_STOP=1 -h "$work/pg" -U postgres -d sluis -f "$work/schema.sql" >"$work/schema.log" 2>&1 ||
		diag "$(cat "$work/schema.log")"
}
