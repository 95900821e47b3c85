#!/bin/sh
# What an operator sees and does: status, pause, retry, search, unseal.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
chain_init
analyst ann

# report N TEXT
report() {
	head_of "Heron <heron$1@reporter.example>" "Report $1" >"$work/mail.eml"
	echo "$2" | text >>"$work/mail.eml"
	take "$work/mail.eml" rd@sluis.example "heron$1@reporter.example"
}
of_status() { sluis status --json | jq -r "$1"; }

report 1 'A lamprey in https://portaal.delinde.example/dossier?id=1 and more.'
report 2 'Een ZEEPRIK in https://portaal.devaart.example/ en CAFÉ.'
is "$(of_status '"\(.waiting) \(.ready) \(.waiting_since == null) \(.last_sent)"')" '2 0 false null' \
	'status: two mails wait to be worked on'
run sluis status
stdout '^to be worked on +2  oldest: [0-9]+ s$' 'on a screen as well'
sluis-work --once
is "$(of_status '"\(.waiting) \(.ready) \(.open_cases) \(.held) \(.failed) \(.parked)"')" '0 4 2 0 0 0' \
	'status: acknowledgements and notices wait to leave'

run sluis pause
status 0 'pause'
sluis-send --once
is "$(find "$dir/outgoing/new" -type f | wc -l)" 0 'nothing leaves'
is "$(of_status .paused_all)" true 'and status says so'
report 3 'This is the third one.'
sluis-work --once
is "$(sluis case list --json | jq length)" 3 'intake and work go on'
run sluis resume all
sluis-send --once
is "$(find "$dir/outgoing/new" -type f | wc -l)" 6 'resumed, all leaves'
report 4 'This is the fourth one.'
report 5 'This is the fifth one.'
sluis-work --once
tag=$(sluis case list --json | jq -r '.[0].tag')
run sluis pause "$tag"
run sluis pause "$tag"
stdout 'as before' 'a pause twice is one'
sluis-send --once
is "$(outbox "[.[] | select(.case == \"$tag\").state] | unique | join(\" \")")" ready 'nothing leaves of one case'
is "$(outbox "[.[] | select(.case != \"$tag\").state] | unique | join(\" \")")" sent 'of the other all did'
run sluis resume "$tag"
sluis-send --once
is "$(outbox '[.[].state] | unique | join(" ")')" sent 'until it is resumed'
like "$(of_case "$tag" '[.events[].kind] | join(" ")')" 'paused resumed' 'and the case remembers'
run sluis pause RD-2026-XXXXX
status 1 'no such case'

# Searching.
is "$(sluis case search ZeePrik --json | jq -r '.[].from')" heron2@reporter.example 'found, in whatever letters'
is "$(sluis case search lamprey portaal --json | jq length)" 1 'all words must be there'
is "$(sluis case search lamprey zeeprik --json | jq length)" 0 'not one of them'
is "$(sluis case search café --json | jq length)" 1 'also with accents'
is "$(sluis case search heron3@reporter.example --json | jq -r '[.[].direction] | sort | join(" ")')" 'in out' \
	'senders and recipients count'
run sluis case search lamprey
stdout '^RD-20.* in +heron1@reporter.example +Report 1 .*lamprey' 'a line for people'

# Parked mails.
for n in 1 2 3; do
	{ head_of "Heron <heron@reporter.example>" "Parked $n"; yes 'X-Header: x' | head -n 1200; echo; echo x; } |
	    sed '/^MIME-Version/d' >"$work/parked.eml"
	take "$work/parked.eml"
done
sluis-work --once
is "$(of_status .parked)" 3 'three mails are over a limit'
setting limits.headers 5000
id=$(reception id)
run sluis reception retry "$id"
status 0 'one is tried again'
sluis-work --once
is "$(of_status .parked)" 2 'and read this time'
run sluis reception retry --parked
stdout '^2 are tried again' 'the others all at once'
sluis-work --once
is "$(of_status .parked)" 0 'and all are read'
run sluis reception retry "$id"
status 1 'what is not parked is left alone'
run sluis reception retry
status 2 'which one must be said'
run sluis reception retry "$id" --parked
status 2 'not both'

# Without the database.
{ head_of 'Heron <heron@reporter.example>' Large; head -c 3000000 /dev/urandom | bytes application/octet-stream x; } >"$work/large.eml"
take "$work/large.eml"
take "$work/mail.eml" cert@sluis.example
for id in $(sluis reception list --json | jq '.[0, 1].id'); do
	sluis reception raw "$id" >"$work/raw"
	sluis reception raw "$id" --sealed >"$work/sealed"
	ask "select k.wrapped from sluis.reception r join sluis.message_key k on k.id = r.key_id where r.id = $id" >"$work/hex"
	ask "select p.bytes from sluis.reception r join sluis.blob_part p on p.blob = r.blob where r.id = $id order by n" >>"$work/hex"
	nok "$id is sealed" grep -q 'Heron' "$work/sealed"
	eval "raw$id=\$(sha256sum <\"$work/raw\")"
	cp "$work/sealed" "$work/sealed.$id"
	cp "$work/hex" "$work/hex.$id"
done
ask "select k.wrapped from sluis.message m join sluis.message_key k on k.id = m.key_id where m.id = 1" >"$work/extract"
ask "select extract from sluis.message where id = 1" >>"$work/extract"
sluis embedded "$dir" stop >/dev/null
for id in $(find "$work" -name 'sealed.*' | sed 's/.*\.//'); do
	wanted=''
	eval "wanted=\$raw$id"
	is "$(sluis unseal "$work/sealed.$id" | sha256sum)" "$wanted" "reception $id opens without the database"
	is "$(sluis unseal "$work/hex.$id" | sha256sum)" "$wanted" 'also as psql prints it'
	is "$(sluis -c /nonexistent unseal --keys "$dir/keys" "$work/sealed.$id" | sha256sum)" "$wanted" 'and without settings'
done
like "$(sluis unseal "$work/extract" | jq -r .text)" 'lamprey|ZEEPRIK' 'an extract as well'
head -c -10 "$work/sealed.$id" >"$work/cut"
run sluis unseal "$work/cut"
status 1 'a cut one is refused'
stderr 'damaged, or not whole' 'and said to be'
is "$(wc -c <"$work/.stdout")" 0 'and nothing of it shown'
run sluis unseal "$work/mail.eml"
status 1 'what is not sealed'
stderr 'nothing sealed' 'is told what is wanted'
mkdir "$work/none"
run sluis unseal --keys "$work/none" "$work/sealed.$id"
stderr 'no key in .*/none opens it' 'no key, nothing'

done_testing
