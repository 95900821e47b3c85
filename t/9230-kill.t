#!/bin/sh
# sluis-work, its children and their gpg are killed wherever it hurts, and run
# again: nothing is lost and nothing is doubled (T-7). A mail that is too much
# for whoever reads it is parked, and no other waits for it (T-10).
. "${0%/*}/lib.sh"
. "$t/lib/kill.sh"
kill_init

# What is injected is so in each process, every gpg of a mail included; what one
# says then is no matter here.
send
traced -f -o "$work/trace" sluis-work --once
points "$work/trace" 20 >"$work/points"
while read -r point; do
	send
	killed "$point" sluis-work --once
	again sluis-work finished || again sluis-work finished || diag "not finished after $point"
done <"$work/points"
ok "T-7: work is killed at $killed points, of $(wc -l <"$work/trace") system calls" test "$killed" -gt 10
ok 'T-7: and finishes all' finished
once_each
sluis-work --once
is "$(find "$(readlink "$dir/run")" -name 'gpg-*')" '' 'no private folder is left behind'

# --- a mail that costs too much (T-10) ---

setting work.sweep 1s
# Words without end, and a processor for one second: the limit of the operator
# is the child's as well, and it dies of it.
lines=110000
[ "${SLUIS_KIND:-plain}" = plain ] || lines=20000	# which is as much for a slower build
sluis_work=$(command -v sluis-work)
{
	head_of bad@reporter.example 'A long story'
	perl -e 'for (1 .. shift) { print "http://h$_.a.example/ and 192.0.2." . $_ % 256 . " and CVE-2026-$_ and then some more words\n" }' "$lines" | text
} >"$work/bad"
prlimit --cpu=1 "$sluis_work" &
worker=$!
at_exit "kill $worker"
take "$work/bad"
bad=$(ask 'select max(id) from sluis.reception')
died() { [ "$(ask "select reason from sluis.reception where id = $bad")" = died ]; }
ok 'T-10: a mail that costs too much is ended' wait_for 20 died
send
good=$(ask 'select max(id) from sluis.reception')
finished_good() { [ "$(ask "select state from sluis.reception where id = $good")" = 'done' ]; }
parked() {
	ask "update sluis.reception set not_before = now() where id = $bad" >/dev/null
	[ "$(ask "select state from sluis.reception where id = $bad")" = parked ]
}
began=$(date +%s)
ok 'T-10: another does not wait for it' wait_for 10 finished_good
diag "it was finished after $(($(date +%s) - began)) s"
ok 'T-10: after some tries it is parked' wait_for 40 parked
run sluis reception show "$bad" --json
is "$(jq -r '"\(.state) \(.reason) \(.case)"' "$work/.stdout")" 'parked tries null' 'T-10: for its tries, without a case'
is "$(ask "select tries from sluis.reception where id = $bad")" 4 'T-10: which were three, and one to park it'
is "$(ask "select count(*), count(distinct target) from sluis.outbox where kind = 'warning'")" '2|2' \
	'T-10: the analysts are told, each once'
is "$(ask "select count(*) from sluis.outbox where kind = 'ack' and cause = 'reception $bad'")" 0 'and its sender is not'
sluis reception raw "$bad" >"$work/raw"
ok 'T-12: it is kept as it came' cmp "$work/raw" "$work/bad"
kill $worker
{ wait $worker; } 2>/dev/null
ok 'a worker that may take longer' sluis reception retry "$bad"
sluis-work --once
is "$(ask "select state from sluis.reception where id = $bad")" 'done' 'finishes it'

done_testing
