#!/bin/sh
# A mail that waits for a key leaves exactly once when there is one, wherever
# sluis-forward and sluis-work are killed meanwhile (T-7, T-31).
. "${0%/*}/lib.sh"
. "$t/lib/kill.sh"
kill_init
send
sluis-work --once
tag=$(case_of)
person member 'Member <member@member.example>'
{ head_of ann '...'; echo 'Your portal shows the files of others.' | text; } >"$work/released"
member() {	# NAME: a participant without a key
	sluis participant add "$1" --contact "$1@member.example" >/dev/null
}
pin() { sluis participant add "$1" --contact "$1@member.example" --key "$work/member.asc" >/dev/null; }
forward() { "$@" sluis-forward --case "$tag" --to "$name" <"$work/released" >/dev/null 2>&1; }

# Filing it: the mail, the note, the call and the letters to the team, or none.
name=m0
member m0
forward traced -f -o "$work/trace"
points "$work/trace" 20 >"$work/points"
i=0
while read -r point; do
	i=$((i + 1)) name=m$i
	member "$name"
	# shellcheck disable=SC2094
	traced -f -o "$work/.killed" -e "inject=$point" sluis-forward --case "$tag" --to "$name" \
	    <"$work/released" >/dev/null 2>&1
	! grep -q 'killed by SIGKILL' "$work/.killed" || killed=$((killed + 1))
	forward env || diag "forward after $point"
done <"$work/points"
many=$((i + 1))
ok "T-7: sluis-forward is killed at $killed points" test "$killed" -gt 8
is "$(ask "select kind, count(*), count(distinct target) from sluis.outbox where kind in ('forward', 'keyless') group by 1 order by 1" | tr '\n' ' ')" \
	"forward|$many|$many keyless|$many|$many " 'T-7: each waits once, and each is asked once'
is "$(ask "select count(*) from sluis.outbox where kind = 'warning'")" "$((2 * many))" 'T-7: the team is told once of each'
is "$(ask 'select count(*), count(distinct contact) from sluis.phone_task where closed is null')" "$many|$many" 'T-7: and has to call each once'

# A key arrives.
killed=0
pin m0
traced -f -o "$work/trace" sluis-work --once
points "$work/trace" 20 | head -n "$i" >"$work/points"
j=0
while read -r point; do
	j=$((j + 1))
	pin "m$j"
	killed "$point" sluis-work --once
	due
	sluis-work --once || diag "work after $point"
done <"$work/points"
ok "T-7: sluis-work is killed at $killed points" test "$killed" -gt 8
sluis-send --once
is "$(ask "select count(*) from sluis.outbox where kind = 'forward' and state = 'sent'")" "$((j + 1))" 'T-31: with a key each leaves'
is "$(for n in $(seq 0 "$j"); do mails_to "m$n@member.example" | wc -l; done | sort | uniq -c | tr -s ' ')" " $((j + 1)) 2" \
	'T-7: once, besides the note'
is "$(ask "select count(*) from sluis.event where kind = 'released'")" "$((j + 1))" 'T-7: which the case remembers once'
is "$(ask "select count(*) from sluis.phone_task where how = 'key'")" "$((j + 1))" 'and nobody has to call them any more'

done_testing
