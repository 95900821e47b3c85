#!/bin/sh
# The resident programs: woken, several at once, four at an agent, asked to end
# with a mail in hand, left by their database.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"

init_options=--no-samples chain_init
analyst ann
setting work.sweep 60s
setting work.processes 12

n=0
send() {
	n=$((n + 1))
	{ head_of "r$n@reporter.example" "report $n"; echo "number $n" | text; } >"$work/mail"
	take "$work/mail"
}
state() { ask "select count(*) from sluis.reception where state = '$1'"; }
finished() { [ "$(state 'done')" = "$n" ]; }
left() { [ "$(find "$dir/outgoing/new" -type f | wc -l) $(count_to ann@team.example)" = "$((2 * n)) $n" ]; }
once_each() {
	is "$(ask 'select count(*) from sluis.cases') $(count_to ann@team.example) $(ask "select count(distinct case_no) from sluis.outbox where kind = 'ack' and state = 'sent'")" \
		"$n $n $n" "$1: a case, a notice, an acknowledgement each"
	is "$(ask 'select max(tries) from sluis.reception')" 1 "$1: at the first try"
}
seconds() { perl -MTime::HiRes=time -e 'printf "%.3f\n", time'; }

# --- woken ---

sluis-work &
one=$!
at_exit "kill $one"
sluis-send &
sender=$!
at_exit "kill $sender"
listening() { [ "$(ask "select count(*) from pg_stat_activity where usename in ('sluis_work', 'sluis_out') and state = 'idle' and query not like '%begin%'")" -ge "$1" ]; }
wait_for 10 listening 2
# The first look of all is over when the first mail is through.
send
wait_for 30 left
began=$(seconds)
send
ok 'a mail is worked on long before the next sweep' wait_for 20 finished
between=$(seconds)
ok 'and what it caused has left' wait_for 20 left
diag "$(echo "$began $between $(seconds)" | awk '{ printf "worked on after %.2f s, sent after %.2f s", $2 - $1, $3 - $1 }')"

# --- several at once ---

sluis-work &
two=$!
at_exit "kill $two"
for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do send; done
sluis-work --once &
three=$!
sluis-send --once &
four=$!
ok 'two that stay and one that does not' wait_for 40 finished
ok 'and two that send' wait_for 40 left
wait $three $four
once_each 'T-5: several at once'

# --- four at an agent ---

# hold: nothing can be filed until it is let go; ten seconds are the most.
hold() {
	mkfifo "$work/hold"
	psql -X -q -h "$(readlink "$dir/run")/pg" -U postgres sluis <"$work/hold" >/dev/null &
	holder=$!
	exec 8>"$work/hold"
	rm "$work/hold"
	echo 'begin; lock table sluis.party in exclusive mode;' >&8
	wait_for 10 held
}
held() { [ "$(ask "select count(*) from pg_locks where mode = 'ExclusiveLock' and granted and relation = 'sluis.party'::regclass")" = 1 ]; }
let_go() {
	echo 'rollback;' >&8
	exec 8>&-
	wait $holder
}
waiting() { ask "select count(*) from pg_stat_activity where usename = 'sluis_work' and wait_event_type = 'Lock'"; }
waits() { [ "$(waiting)" -ge "$1" ]; }

hold
for _ in 1 2 3 4 5 6 7 8; do send; done
ok 'four are worked on' wait_for 8 waits 4
nok 'and no more, of two workers with room for twelve each' wait_for 1 waits 5
is "$(state trying)" 4 'the others are still due'
let_go
ok 'then the others follow' wait_for 40 finished
once_each 'four at once'

# --- asked to end ---

kill $two
wait $two && rc=0 || rc=$?
is "$rc" 0 'SIGTERM ends an idle worker'
hold
for _ in 1 2 3 4 5 6; do send; done
wait_for 8 waits 4
kill $one
nok 'SIGTERM: a worker with mails in hand stays' wait_for 1 sh -c "! kill -0 $one"
let_go
wait $one && rc=0 || rc=$?
is "$rc" 0 'until they are finished'
is "$(state 'done') $(state received) $(state trying)" "$((n - 2)) 2 0" 'and takes no other'
ok 'the others are left to the next one' sluis-work --once
ok 'which finishes them' finished
once_each 'asked to end'

# --- the database is restarted ---

sluis-work &
one=$!
at_exit "kill $one"
sluis embedded "$dir" stop
sluis embedded "$dir" start
send
ok 'T-8: the database restarted: work goes on' wait_for 30 finished
ok 'T-8: so does send' wait_for 30 left
once_each 'restarted'
kill $one $sender
wait $one && rc=0 || rc=$?
is "$rc" 0 'and they end when asked to'

done_testing
