#!/bin/sh
# sluis embedded DIR run: stays with work and send, and ends with them.
. "${0%/*}/lib.sh"
skip_unless postgres ls -d /usr/lib/postgresql

dir=$work/dir
at_exit "rm -rf \"\$(readlink '$dir/run')\""
at_exit "sluis embedded '$dir' stop"
sluis init --embedded "$dir" --no-samples >/dev/null
sluis embedded "$dir" stop

sluis embedded "$dir" run >"$work/said" &
run=$!
at_exit "kill $run"
children() { cat "/proc/$run/task/$run/children"; }
named() {
	for child in $(children); do
		tr '\0' '\n' <"/proc/$child/cmdline" | head -n 1
	done | grep -q "/$1\$"
}
ok 'run starts the servers' wait_for 20 sluis embedded "$dir" status
ok 'sluis-work is a child' wait_for 10 named sluis-work
ok 'sluis-send is a child' wait_for 10 named sluis-send
ok 'it says what it does' wait_for 10 grep -q 'sluis-work, sluis-send, sluis-clock and sluis-digest run' "$work/said"

for child in $(children); do
	tr '\0' '\n' <"/proc/$child/cmdline" | grep -q 'sluis-send$' && kill "$child"
done
ok 'a child that ends is started again' wait_for 20 named sluis-send
children=$(children)

kill -TERM $run
wait $run && rc=0 || rc=$?
is "$rc" 0 'SIGTERM ends it cleanly'
for child in $children; do
	nok "child $child is gone" test -d "/proc/$child"
done
run sluis embedded "$dir" status
status 1 'and what it had started does not stay behind'

done_testing
