#!/bin/sh
# intake: durably in the database or 75, once, sealed, silent.
. "${0%/*}/lib.sh"
. "$t/lib/postgres.sh"
skip_unless postgres postgres_bin

pg=$work/pg
if ! { postgres_start "$pg" && postgres_schema "$pg"; } >"$work/log" 2>&1; then
	cat "$work/log" >&2
	exit 1
fi
mkdir -m 700 "$work/keys"
for key in storage.pub receipt.key; do
	head -c 32 /dev/urandom >"$work/keys/$key"
	chmod 400 "$work/keys/$key"
done
cat >"$work/sluis.yaml" <<CONF
team: {name: Test}
inboxes:
  - {address: rd@sluis.example, prefix: RD}
  - {address: cert@sluis.example, prefix: CERT}
database: {conninfo: "host=$pg dbname=sluis"}
keys: {folder: keys}
CONF
chmod 644 "$work/sluis.yaml"

cat >"$work/mail" <<'MAIL'
Received: from a by b; Mon, 23 Nov 2026 10:00:00 +0100
From: Canary-Name <canary-from@reporter.example>
Subject: canary-subject
Message-ID: <one@reporter.example>

canary-body
MAIL

intake() {
	run sluis-intake -c "$work/sluis.yaml" --recipient "${1:-rd@sluis.example}" \
		--sender canary-sender@reporter.example --queue-id 4XQ1 <"${2:-$work/mail}"
}
rows() { postgres_ask "$pg" "select count(*) from sluis.$1"; }

intake
status 0 'a mail is taken'
silent 'T-2: without a word'
is "$(rows reception)" 1 'T-4: it is there'
is "$(postgres_ask "$pg" 'select size, state, inbox from sluis.reception')" \
	"$(wc -c <"$work/mail")|received|rd@sluis.example" 'with its size and inbox'

intake
status 0 'T-5: the same mail again is taken'
is "$(rows reception) $(rows blob_part) $(rows message_key)" '1 1 1' 'T-5: and changes nothing'
intake cert+token@sluis.example
status 0 'T-5: so is the copy for the other inbox'
is "$(postgres_ask "$pg" 'select count(*), count(distinct origin), count(distinct fingerprint) from sluis.reception')" \
	'2|1|1' 'T-5: of one origin'

sed 's/by b/by c/' "$work/mail" >"$work/later"
intake rd@sluis.example "$work/later"
is "$(postgres_ask "$pg" 'select count(*), count(distinct origin), count(distinct fingerprint) from sluis.reception')" \
	'3|1|2' 'T-5: another trace on top is the same origin'
sed 's/canary-body/canary-other/' "$work/mail" >"$work/other"
intake rd@sluis.example "$work/other"
is "$(postgres_ask "$pg" 'select count(distinct origin) from sluis.reception')" 2 \
	'T-6: the same Message-ID with another text is another mail'
intake nobody@elsewhere.example "$work/later"
status 0 'mail for no inbox of ours is taken, too'

# 3 MiB and a bit: four chunks.
head -c 2400000 /dev/zero | base64 >"$work/large"
intake rd@sluis.example "$work/large"
status 0 'a large mail is taken'
is "$(postgres_ask "$pg" 'select count(*) from sluis.blob_part p join sluis.reception r using (blob) where r.size > 3000000')" \
	4 'in chunks of 1 MiB'

before=$(rows reception)
printf 'Subject: twice\n\ntext\n' >"$work/twice"
pids=
for _ in 1 2 3 4 5 6; do
	sluis-intake -c "$work/sluis.yaml" --recipient rd@sluis.example <"$work/twice" &
	pids="$pids $!"
done
bad=0
for pid in $pids; do wait "$pid" || bad=$((bad + 1)); done
is "$bad" 0 'T-5: six at once all succeed'
is "$(($(rows reception) - before))" 1 'T-5: and are one mail'

ok 'T-55: the database has no word of it' sh -c '
	pg_dump -h "$1" -U postgres sluis >"$2" && test -s "$2" && ! grep -i canary "$2"' sh "$pg" "$work/dump"
nok 'T-56: the role of intake reads no row' postgres_ask "$pg" 'select * from sluis.reception' sluis_in
nok 'T-56: and calls nothing else' postgres_ask "$pg" 'select sluis.due_receptions(1)' sluis_in

# What is wrong here is 75 and silence, and nothing is taken.
before=$(rows reception)
refused() {
	status 75 "T-1: $1 is 75"
	silent "T-2: $1 is silent"
	is "$(rows reception)" "$before" "T-4: $1 takes nothing"
}
printf 'Subject: new\n\ntext\n' >"$work/new"
new() { intake rd@sluis.example "$work/new"; }

intake rd@sluis.example /dev/null
refused 'no mail at all'
run sluis-intake -c "$work/sluis.yaml" <"$work/new"
refused 'no recipient'
run sluis-intake -c "$work/sluis.yaml" --recipient rd@sluis.example --help <"$work/new"
refused 'help among other words'
chmod 440 "$work/keys/receipt.key"
new
refused 'T-61: a key that others may read'
chmod 400 "$work/keys/receipt.key"
mv "$work/keys/storage.pub" "$work/keys/gone"
new
refused 'a missing key'
mv "$work/keys/gone" "$work/keys/storage.pub"
echo 'tipo: 1' >>"$work/sluis.yaml"
new
refused 'a typo in the settings'
sed -i '$d' "$work/sluis.yaml"
chmod 666 "$work/sluis.yaml"
new
refused 'T-61: settings that others may write'
chmod 644 "$work/sluis.yaml"

postgres_ask "$pg" 'alter system set fsync = off' >/dev/null
postgres_stop "$pg" && postgres_start "$pg"
new
refused 'T-4: a database that does not keep what it commits'
postgres_ask "$pg" 'alter system reset fsync' >/dev/null
postgres_stop "$pg"
new
status 75 'T-8: no database is 75'
silent 'T-2: and silent'
postgres_start "$pg"
new
status 0 'T-8: it is back, and the mail is taken'
is "$(rows reception)" "$((before + 1))" 'T-8: once'

done_testing
