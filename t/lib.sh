# lib.sh - TAP for tests written in sh
#
#	. "${0%/*}/lib.sh"
#
#	run sluis-classify -c typo.yaml <"$work/plain.eml"
#	status 75                                     'a typo in the settings defers the mail'
#	stderr '^4\.3\.5 typo.yaml: line 1: unknown'  'and tells Postfix so'
#
#	done_testing
#
# A test is started by t/run, or by hand after a build. It works in $work, a
# folder of its own that goes with it.
#
# shellcheck shell=sh
# shellcheck disable=SC2034 # some of these are for the tests
# Names that begin with "_" are for here.

t=$(cd "${0%/*}" && pwd)
while [ ! -f "$t/lib.sh" ] && [ "$t" != / ]; do t=${t%/*}; done
: "${SLUIS_SOURCE:=${t%/t}}" "${SLUIS_PREFIX:=$SLUIS_SOURCE/build}"
export SLUIS_SOURCE SLUIS_PREFIX
PATH=$SLUIS_PREFIX/bin:$PATH:/usr/sbin:/sbin
work=$(mktemp -d "${TMPDIR:-/tmp}/t.XXXXXX")
tests=0 failed=0 ends=

# What at_exit was told runs backwards, whatever happens.
at_exit() { ends="$1; $ends"; }
leave() {
	rc=$?
	trap - EXIT
	cd / && eval "$ends" >/dev/null 2>&1
	rm -rf "$work"
	[ "$failed" = 0 ] || rc=1
	exit "$rc"
}
trap leave EXIT
trap 'exit 1' HUP INT TERM

diag() { printf '%s\n' "$@" | sed 's/^/# /' >&2; }

# result 0|1 NAME [WHY...]: one line of TAP.
result() {
	tests=$((tests + 1))
	if [ "$1" = 0 ]; then
		printf 'ok %d - %s\n' "$tests" "$2"
		return 0
	fi
	printf 'not ok %d - %s\n' "$tests" "$2"
	failed=$((failed + 1))
	shift 2
	diag "$@"
}

# run COMMAND...: keeps its status, stdout and stderr for those below.
run() {
	ran=$*
	"$@" >"$work/.stdout" 2>"$work/.stderr" && rc=0 || rc=$?
}

about_run() {
	printf '%s\nended with %s; stdout:\n' "$ran" "$rc"
	head -n 20 "$work/.stdout"
	echo 'stderr:'
	head -n 20 "$work/.stderr"
}

status() {
	if [ "$rc" = "$1" ]; then result 0 "$2"; else result 1 "$2" "$(about_run)"; fi
}

stdout() {
	if grep -Eq -e "$1" "$work/.stdout"; then result 0 "$2"
	else result 1 "$2" "expected on stdout: $1" "$(about_run)"; fi
}

stderr() {
	if grep -Eq -e "$1" "$work/.stderr"; then result 0 "$2"
	else result 1 "$2" "expected on stderr: $1" "$(about_run)"; fi
}

# Not one byte on either.
silent() {
	if [ ! -s "$work/.stdout" ] && [ ! -s "$work/.stderr" ]; then result 0 "$1"
	else result 1 "$1" "$(about_run)"; fi
}

# ok NAME COMMAND..., nok NAME COMMAND...
ok() {
	_name=$1
	shift
	if _output=$("$@" 2>&1); then result 0 "$_name"
	else result 1 "$_name" "failed: $*" "$_output"; fi
}

nok() {
	_name=$1
	shift
	if _output=$("$@" 2>&1); then result 1 "$_name" "should have failed: $*" "$_output"
	else result 0 "$_name"; fi
}

# is GOT WANTED NAME; like and unlike take an extended regular expression.
is() {
	if [ "$1" = "$2" ]; then result 0 "$3"
	else result 1 "$3" "     got: $1" "expected: $2"; fi
}

like() {
	if printf '%s\n' "$1" | grep -Eq -e "$2"; then result 0 "$3"
	else result 1 "$3" "     got: $1" "expected: $2"; fi
}

unlike() {
	if printf '%s\n' "$1" | grep -Eq -e "$2"; then
		result 1 "$3" "         got: $1" "expected not: $2"
	else result 0 "$3"; fi
}

# wait_for SECONDS COMMAND...: until it succeeds; false when the time is over.
wait_for() {
	_until=$(($(date +%s) + $1))
	shift
	while ! "$@" >/dev/null 2>&1; do
		[ "$(date +%s)" -lt "$_until" ] || return 1
		sleep 0.05
	done
}

# skip_unless WHAT COMMAND...: no test of this file makes sense without. What
# $SLUIS_REQUIRE names may not be missing, nor, with "all", what can be
# installed; what a kernel or a container does not let us do is called
# "kernel:WHAT", and is missed only when it is named.
skip_unless() {
	_what=$1
	shift
	"$@" >/dev/null 2>&1 && return 0
	_required=" ${SLUIS_REQUIRE:-} "
	case $_what in kernel:*) _required=$(printf %s "$_required" | sed 's/ all / /') ;; esac
	case $_required in
	*" all "* | *" $_what "*) result 1 "$_what is required and not here"; done_testing ;;
	esac
	echo "1..0 # SKIP no $_what"
	exit 0
}

have() { command -v "$1"; }

done_testing() {
	echo "1..$tests"
	exit 0
}
