#!/bin/sh
# What is owed in a case, and who is told when it is not done: whose case it is, then
# who has duty, each once; working days with holidays, through both changes of the clock.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
skip_unless faketime have faketime
init_options=--no-samples chain_init
analyst ann
analyst bob
person heron 'Heron <heron@reporter.example>'
ask() { psql -X -At -h "$(readlink "$dir/run")/pg" -U postgres -c "$1" sluis; }
clock() { faked "@$1" sluis-clock --once || diag "sluis-clock at $1 ended with $?"; }
told() { ask "select count(*) filter (where target = 'analyst 1') || ' ' || count(*) filter (where target = 'analyst 2')
    from sluis.outbox where kind = 'warning' and cause ~ '^clock'"; }
due() { sluis clock list --json | jq -r ".[] | select(.case == \"$tag\" and .kind == \"$1\") | \"\(.due) \(.state)\""; }
report() {	# WHEN OF OPENING
	{ head_of heron 'A hole'; echo 'https://portaal.delinde.example/?id=1 shows the files of others (IDOR).' | text | encrypted heron; } >"$work/report.eml"
	take "$work/report.eml" && deliver
	tag=$(case_of)
	ask "update sluis.cases set opened = '$1' where tag = '$tag'" >/dev/null
}

# Good Friday and Easter Monday lie between, and the clock goes forward: 2032.
report 2032-03-25T12:00:00Z
export TZ=UTC
clock '2032-03-25 12:10:00'
is "$(due acknowledge) $(due assess)" '2032-03-30T21:59:59Z met 2032-04-05T21:59:59Z runs' \
	'a working day, and five, over Easter and the change of the clock'
ask "update sluis.cases set status = 'closed'" >/dev/null
report 2032-10-29T12:00:00Z
clock '2032-10-29 12:10:00'
is "$(due assess)" '2032-11-05T22:59:59Z runs' 'and through the other one'
is "$(told)" '0 0' 'nobody is told of what runs'
run sluis clock list
stdout "^$tag +assess +2032-11-05T22:59:59Z +runs" 'the tool lists them'
is "$(sluis clock list --json | jq -r '[.[].state] | unique | join(" ")')" 'met runs' 'as JSON too'

# From here on letters leave, by a key that does not last for ever: weeks from the
# Monday after the next one on, whose Thursday is a holiday.
monday=$(date -d "$(date -d 'next monday' +%F) + 7 days" +%F)
day() { date -d "$monday + $1 days" +%F; }
printf '%s\n' 'holidays:' '- zone: Europe/Amsterdam' "  days: [$(day 3)]" >"$work/own.yaml"
chmod 644 "$work/own.yaml"
setting folders.holidays "$work/own.yaml"

# Nobody owns it and nobody has duty: all are told, once.
ask "delete from sluis.clock; update sluis.cases set status = 'closed' where tag <> '$tag'" >/dev/null
ask "update sluis.cases set opened = '$(day 0)T12:00Z' where tag = '$tag'" >/dev/null
clock "$(day 8) 20:00:00"
is "$(told)" '0 0' 'not on the fifth day, of which one is a holiday'
clock "$(day 9) 00:10:00" & one=$!
clock "$(day 9) 00:10:00" & other=$!
wait $one $other
is "$(told)" '1 1' 'then all, where it is nobody'\''s; by two at once as well once'
clock "$(day 20) 12:00:00"
is "$(told)" '1 1' 'and no more'

# Owner, and a working day later duty.
ask "delete from sluis.clock; update sluis.cases set owner = 1 where tag = '$tag'; insert into sluis.duty (analyst) values (2)" >/dev/null
clock "$(day 9) 12:00:00"
is "$(told)" '2 1' 'whose case it is hears of it first'
ask "update sluis.clock set told = '$(day 9)T12:00Z' where told is not null" >/dev/null
clock "$(day 10) 20:00:00"
is "$(told)" '2 1' 'alone, for a working day'
clock "$(day 11) 00:10:00"
is "$(told)" '2 2' 'then who has duty'
clock "$(day 9) 12:00:00"
clock "$(day 30) 00:10:00"
is "$(told)" '2 2' 'once, wherever the clock goes'
sluis-send --once
ok 'the letter is encrypted' open_as bob "$dir/outgoing/new/$(outbox '[.[] | select(.to == "bob@team.example" and .kind == "warning")][0].id').sluis"
like "$(read_mail text <"$work/opened")" "$tag: .*not assessed, and whose case it is" 'and says what, and that it was said before'

# Who did it is not told; a repair is owed from the first forward on, until a day is set.
person lab 'Lab <lab@delinde.example>'
sluis participant add delinde --domain delinde.example --contact lab@delinde.example --key "$work/lab.asc" >/dev/null 2>&1
ask "delete from sluis.clock; update sluis.cases set status = 'forwarded' where tag = '$tag'" >/dev/null
sluis case forward "$tag" delinde >/dev/null
sluis-send --once
ask "update sluis.outbox set sent = '$(day 0)T12:00Z' where kind = 'forward'; update sluis.party set heard = now() where participant is not null" >/dev/null
clock "$(day 59) 12:00:00"
like "$(due assess) $(due repair)" "^$(day 8)T2.:59:59Z met $(day 60)T2.:59:59Z runs" \
	'what is done is met; a repair is owed 60 days after they were told'
is "$(told)" '2 2' 'and nobody is told of what is met'
ask "update sluis.party set state = 'fixed' where participant is not null" >/dev/null
clock "$(day 61) 12:00:00"
like "$(due repair) $(told)" ' met 2 2$' 'what they say is repaired is'
ask "update sluis.party set state = 'own' where participant is not null" >/dev/null
ask "select sluis.set_clock((select no from sluis.cases where tag = '$tag'), 1, 'deadline', '$(day 90)T12:00:00Z')" >/dev/null
is "$(due repair)|$(due deadline)" "|$(day 90)T12:00:00Z runs" 'a day an analyst sets takes its place'
clock "$(day 61) 12:00:00"
is "$(due repair)" '' 'and it does not come back'

# An embargo has an hour; all are told when it is over, and not before.
ask "select sluis.set_clock((select no from sluis.cases where tag = '$tag'), 1, 'embargo', '$(day 62)T13:30:00Z')" >/dev/null
clock "$(day 62) 13:29:00"
is "$(told)" '2 2' 'an embargo lasts to its minute'
clock "$(day 62) 13:31:00"
is "$(told)" '3 3' 'then all are told'

# Holidays are a table; a slip in it stops nobody silently.
sed 's/12-26/12-46/' "$SLUIS_PREFIX/share/sluis/conf/holidays.yaml" >"$work/holidays.yaml"
chmod 644 "$work/holidays.yaml"
setting folders.holidays "$work/holidays.yaml"
run sluis-clock --once
status 75 'a day that is none is a fault of the setup'
stderr "expected a day such as 12-25.*not '12-46'" 'that is named'

done_testing
