#!/bin/sh
# What is due by the clock: keys that expire soon, calls that are late; each told
# once, however often it is looked, and wherever that ends.
. "${0%/*}/lib.sh"
. "$t/lib/kill.sh"
skip_unless faketime have faketime
kill_init
sluis analyst remove bob

expiring() {	# NAME DAYS: a participant of one contact, whose key lasts so long
	person "$1" "$1 <$1@member.example>" '' "$2d"
	sluis participant add "$1" --title "House $1" --contact "$1@member.example" --key "$work/$1.asc" >/dev/null
}
clock() { faked "$1" sluis-clock --once || diag "sluis-clock at $1 ended with $?"; }
warnings() { outbox "[.[] | select(.kind == \"warning\" and .to == \"$1\")] | length"; }
both() { echo "$(warnings "$1@member.example") $(warnings ann@team.example)"; }

expiring vaart 45
expiring linde 400
clock +0
is "$(both vaart) $(warnings linde@member.example)" '1 1 0' 'a key that has 45 days is warned of, one of 400 is not'
clock +0
is "$(both vaart)" '1 1' 'once'
sluis participant add vaart --contact vaart@member.example --key "$work/vaart.asc" >/dev/null
clock +0
is "$(both vaart)" '1 1' 'also when the same key is pinned again'
clock +14d
is "$(both vaart)" '1 1' 'with 31 days left nothing is due'
clock +16d & one=$!
clock +16d & other=$!
wait $one $other
is "$(both vaart)" '2 2' 'with 29 days left the next step is, by two at once as well'
clock +2d
is "$(both vaart)" '2 2' 'a clock that jumps back warns nobody'
clock +32d
is "$(both vaart)" '3 3' 'two weeks before'
clock +44.5d
is "$(both vaart)" '4 4' 'a day before; the week that was missed is made up for once'
clock +44.8d
is "$(both vaart)" '4 4' 'and not again'
clock +46d
is "$(both vaart)" '4 4' 'when it is over there is nothing to warn of'

sluis-send --once
ok 'the warning is encrypted to that key' open_as vaart "$(mail_to vaart@member.example)"
ok 'and signed by the team' signed_by "$team"
like "$(read_mail text <"$work/opened")" "$(fpr vaart)" 'it names the key'
is "$(read_mail head Subject <"$(mail_to vaart@member.example)")" '[...]' 'and says nothing outside'
ok 'the team has a letter' open_as ann "$(mail_to ann@team.example)"
like "$(read_mail text <"$work/opened")" 'vaart  vaart <vaart@member.example>|vaart  - <vaart@member.example>' 'that says whose'

# The encryption subkey may be over sooner; a key that lasts is reason for none.
gnupg_home "$work/sub"
gpg_in "$work/sub" --quick-generate-key 'Sub <sub@member.example>' ed25519 cert,sign 0 2>/dev/null
gpg_in "$work/sub" --with-colons --list-keys | awk -F: '$1 == "fpr" { print $10; exit }' >"$work/sub.fpr"
gpg_in "$work/sub" --quick-add-key "$(fpr sub)" cv25519 encr 20d 2>/dev/null
gpg_in "$work/sub" --armor --export >"$work/sub.asc"
sluis participant add sub --contact sub@member.example --key "$work/sub.asc" >/dev/null
expiring old 20
person new 'old <old@member.example>'
sluis participant add old --contact old@member.example --key "$work/old.asc" --key "$work/new.asc" >/dev/null
clock +0
is "$(warnings sub@member.example) $(warnings old@member.example)" '1 0' 'a subkey counts; who has another key that lasts is not warned'
person carl 'carl <carl@team.example>' '' 10d
sluis analyst add carl --address carl@team.example --key "$work/carl.asc" >/dev/null
before=$(warnings ann@team.example)
clock +0
is "$(warnings carl@team.example) $(warnings ann@team.example)" "2 $((before + 1))" 'an analyst is warned too, as one of the team as well'
sluis analyst remove carl

# Two that become due within one second are two letters: the clock stands still for them.
still=$(date -u -d '+1 hour' '+%F %T')
before=$(warnings ann@team.example)
expiring eerst 20
clock "$still"
expiring tweed 20
clock "$still"
is "$(warnings ann@team.example)" "$((before + 2))" 'the team is told of both of two in one second'

# A call that is late.
person writer2 'Writer <writer2@writer.example>'
cat >"$work/members.yaml" <<'END'
participants:
- name: mute
  title: House Mute
  umbrella: linde
  contacts:
  - address: mute@member.example
    name: M. Mute
    phone: +31 20 555 0107
  - address: deputy@member.example
    name: D. Mute
    deputy_of: mute@member.example
    receives: [advisories]
END
sluis participant import "$work/members.yaml" >/dev/null
send
sluis-work --once
tag=$(case_of)
sluis case forward "$tag" mute >/dev/null
late() { outbox '[.[] | select(.to == "ann@team.example" and (.cause | startswith("calls ")))] | length'; }
asked() { outbox "[.[] | select(.kind == \"keyless\" and .to == \"$1\")] | length"; }
clock +0
is "$(late) $(asked linde@member.example)" '0 0' 'a call that is not late is nothing to be told of'
clock +10d
is "$(late) $(asked linde@member.example)" '1 1' \
	'a late one is, and the organisation behind is asked'
clock +10d
is "$(late) $(asked linde@member.example)" '1 1' 'once a day'
clock +9d
is "$(late)" 1 'not by a clock that went back'
clock +11d
is "$(late) $(asked linde@member.example)" '2 1' 'and the next day again; the others only once'
sluis-send --once
open_as ann "$dir/outgoing/new/$(outbox '[.[] | select(.cause | startswith("calls "))][0].id').sluis"
like "$(read_mail text <"$work/opened")" "^$tag mute" 'the letter says which case'
like "$(read_mail text <"$work/opened")" 'M\. Mute .*0107' 'and whom'
like "$(of_case "$tag" '.events[].kind')" '^overdue$' 'the case remembers'
sluis case told "$tag" mute person >/dev/null
clock +12d
is "$(late)" 2 'who was told is no more to be called'

# It stays, and ends when it is asked to.
setting work.sweep 1s
expiring late 5
sluis-clock & pid=$!
ok 'without --once it stays, and looks' wait_for 20 sh -c "sluis outbox list --json | jq -e '.[] | select(.to == \"late@member.example\")'"
kill "$pid"
wait "$pid"
is "$?" 0 'and ends when it is told to'
setting work.sweep 60s

# Killed wherever it hurts.
told() { ask "select count(*), count(distinct target) from sluis.outbox where kind = 'warning' and target ~ 'contact'"; }
expiring kill0 20
traced -f -o "$work/trace" sluis-clock --once
points "$work/trace" 20 >"$work/points"
i=0
while read -r point; do
	i=$((i + 1))
	expiring "kill$i" 20
	killed "$point" sluis-clock --once
	sluis-clock --once || diag "after $point"
done <"$work/points"
ok "T-7: sluis-clock is killed at $killed points" test "$killed" -gt 10
is "$(ask "select count(*), count(distinct target) from sluis.outbox o join sluis.contact c on o.target = 'contact ' || c.id
    where o.kind = 'warning' and c.address ~ '^kill'")" "$((i + 1))|$((i + 1))" 'T-7: each is warned once'
is "$(ask "select count(*) from sluis.key_warning k join sluis.contact c on k.target = 'contact ' || c.id
    where c.address ~ '^kill'")" "$((i + 1))" 'and known to be'

done_testing
