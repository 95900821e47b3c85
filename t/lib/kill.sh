# kill.sh - our programs, killed at many of their system calls
#
#	. "$t/lib/kill.sh"			# and chain.sh with it
#	kill_init				# chain_init, and two analysts
#	send					# a mail of its own sender, encrypted
#	traced -f -o "$work/trace" sluis-work --once
#	points "$work/trace" | while read -r point; do
#		send
#		killed "$point" sluis-work --once
#		again sluis-work finished
#	done
#
# shellcheck shell=sh
# shellcheck disable=SC2154 # $work, $t and $dir are lib.sh's and chain.sh's

# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"

# strace, where a sanitizer must not look for leaks.
traced() { strace -qq -E ASAN_OPTIONS=detect_leaks=0 "$@"; }

kill_init() {
	skip_unless strace have strace
	init_options=--no-samples chain_init
	analyst ann
	analyst bob
	person writer 'Writer <writer@writer.example>'
	n=0 killed=0
}

send() {
	n=$((n + 1))
	{ head_of "r$n@reporter.example" "report $n"; echo "number $n" | text | encrypted writer; } >"$work/mail"
	take "$work/mail"
}
finished() { [ "$(ask "select count(*) from sluis.reception where state not in ('done', 'parked')")" = 0 ]; }
all_sent() { [ "$(ask "select count(*) from sluis.outbox where state <> 'sent'")" = 0 ]; }

# due: what a death put off is due now. A key is looked for again a minute
# after a look that nobody finished.
due() {
	ask "update sluis.reception set not_before = now() where state in ('received', 'trying');
		update sluis.outbox set not_before = now() where state in ('ready', 'sending') or keyless" >/dev/null
}

# again PROGRAM CHECK: what is due, and done.
again() {
	due
	"$1" --once && "$2"
}

# points FILE [MANY]: from a trace, so many calls of its processes as what is to be
# injected: a name, and its how-manieth in that process. What a loader does is
# of no interest.
points() {
	_calls='execve|clone3?|vfork|wait4|waitid|pidfd_open|sendto|recvfrom|connect|write|rename|unlink|mkdir|flock|fsync|poll'
	grep -E "^[0-9]+ +($_calls)\\(" "$1" >"$work/.calls"
	awk -v step=$(($(wc -l <"$work/.calls") / ${2:-25} + 1)) '{ pid = $1; sub(/^[0-9]+ +/, ""); sub(/\(.*/, "")
		seen[pid, $1]++
		if (NR % step == 0) print $1 ":signal=KILL:when=" seen[pid, $1] }' "$work/.calls" | sort -u
}

# killed POINT COMMAND...: counts in $killed.
killed() {
	_point=$1
	shift
	traced -f -o "$work/.killed" -e "inject=$_point" "$@" >/dev/null 2>&1
	! grep -q 'killed by SIGKILL' "$work/.killed" || killed=$((killed + 1))
}

once_each() {
	is "$(ask 'select count(*), count(distinct case_no) from sluis.reception')" "$n|$n" "T-7: a case each"
	is "$(ask "select kind, count(*), count(distinct (case_no, target)) from sluis.outbox group by kind order by kind" | tr '\n' ' ')" \
		"ack|$n|$n notice|$((2 * n))|$((2 * n)) " "T-7: an acknowledgement and two notices each"
	is "$(ask "select count(*) from sluis.message where direction = 'in'")" "$n" "T-7: a message each"
}
