#!/bin/sh
# intake under all that can happen to it: 0 or 75, silent, and each mail once,
# whenever it, its database or its memory is taken away.
. "${0%/*}/lib.sh"
. "$t/lib/postgres.sh"
skip_unless postgres postgres_bin
skip_unless strace have strace

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
settings() {
	cat <<-CONF
	team: {name: Test}
	inboxes:
	  - {address: rd@sluis.example, prefix: RD}
	database: {conninfo: "host=$pg dbname=sluis"}
	keys: {folder: $work/keys}
	CONF
}
settings >"$work/sluis.yaml"
chmod 644 "$work/sluis.yaml"

ask() { postgres_ask "$pg" "$1"; }
rows() { ask 'select count(*) from sluis.reception'; }
# A reception, its chunks and its key belong together, at any time.
orphans() {
	ask 'select (select count(*) from sluis.blob_part where blob not in (select blob from sluis.reception))
	    + (select count(*) from sluis.message_key where id not in (select key_id from sluis.reception))
	    + (select count(*) from sluis.reception where blob not in (select blob from sluis.blob_part))'
}

set_inbox='-c '$work/sluis.yaml' --recipient rd@sluis.example --sender a@reporter.example --queue-id 4XQ1'
# shellcheck disable=SC2086 # words
intake() { sluis-intake $set_inbox <"$work/mail"; }

# A mail of its own each time.
mails=0
new_mail() {
	mails=$((mails + 1))
	printf 'From: a@reporter.example\nSubject: %s\nMessage-ID: <%s@reporter.example>\n\ntext\n' \
		"$mails" "$mails" >"$work/mail"
}

# refused WHY COMMAND...: 75, without a word, and nothing is taken.
refused() {
	why=$1
	shift
	before=$(rows)
	run "$@"
	status 75 "T-1: $why is 75"
	silent "T-2: $why is silent"
	is "$(rows)" "$before" "T-4: $why takes nothing"
}

# once NAME: whatever was, the mail offered again is there once and whole.
once() {
	run intake
	status 0 "T-7: $1: offered again it is taken"
	is "$(rows) $(orphans)" "$taken 0" "T-5: $1: and is there once"
}

# --- the command line, the settings, the surroundings ---

new_mail
refused 'no argument' sluis-intake <"$work/mail"
refused 'an unknown option' sluis-intake --nonsense --recipient rd@sluis.example <"$work/mail"
refused 'an option without its value' sluis-intake -c "$work/sluis.yaml" --recipient <"$work/mail"
refused 'a word too many' sluis-intake -c "$work/sluis.yaml" --recipient rd@sluis.example x <"$work/mail"
refused 'an empty recipient' sluis-intake -c "$work/none.yaml" --recipient '' <"$work/mail"

odd() { sluis-intake -c "$work/odd.yaml" --recipient rd@sluis.example <"$work/mail"; }
refused 'no settings' odd
: >"$work/odd.yaml"
refused 'empty settings' odd
head -c 4096 /dev/urandom >"$work/odd.yaml"
refused 'noise for settings' odd
printf 'team:\0' >"$work/odd.yaml"
refused 'a zero byte in the settings' odd
{ settings; echo '  "unclosed'; } >"$work/odd.yaml"
refused 'broken settings' odd
settings | sed 's/^inboxes/inboxen/' >"$work/odd.yaml"
refused 'a typo in the settings' odd
settings | sed 's/dbname=sluis/dbname=nowhere/' >"$work/odd.yaml"
refused 'a database that is not there' odd
settings | sed 's/host=/hots=/' >"$work/odd.yaml"
refused 'a database that cannot be named' odd
rm "$work/odd.yaml"
mkdir "$work/odd.yaml"
refused 'a folder for settings' odd
if [ "$(id -u)" != 0 ]; then
	rmdir "$work/odd.yaml"
	settings >"$work/odd.yaml"
	chmod 000 "$work/odd.yaml"
	refused 'settings we may not read' odd
fi

# shellcheck disable=SC2086 # words
closed_input() { sluis-intake $set_inbox <&-; }
refused 'closed input' closed_input
# shellcheck disable=SC2086 # words
empty_input() { sluis-intake $set_inbox </dev/null; }
refused 'empty input' empty_input
# shellcheck disable=SC2086 # words
folder_input() { sluis-intake $set_inbox <"$work"; }
refused 'a folder for input' folder_input

taken=1
closed_output() { intake >&- 2>&-; }
run closed_output
status 0 'closed output is fine'
# What pipe(8) gives: no HOME, its own umask and folder.
# shellcheck disable=SC2086 # words
as_postfix() {
	cd / && umask 077 && env -i PATH=/usr/bin:/bin LANG=C MAIL_CONFIG=/etc/postfix \
		"$SLUIS_PREFIX/bin/sluis-intake" $set_inbox <"$work/mail"
}
new_mail
taken=2
run as_postfix
status 0 'the environment of pipe(8) is enough'
silent 'T-2: and silent'
is "$(rows)" 2 'both are there'
run sluis-intake --help
stdout '^usage: sluis-intake' '--help alone speaks'

# --- a companion that stops in the middle ---

mkfifo "$work/slow"
# Starts the gate on a mail whose end does not come; $gate and $companion.
begin_slowly() {
	# shellcheck disable=SC2086 # words
	"${1:-sluis-intake}" $set_inbox <"$work/slow" >"$work/.stdout" 2>"$work/.stderr" &
	gate=$!
	exec 9>"$work/slow"
	cat "$work/mail" >&9
	wait_for 10 started && companion=$(cat "/proc/$gate/task/$gate/children")
	companion=${companion% }
}
started() { grep -q '/libexec/sluis/intake' "/proc/$(tr -d ' ' <"/proc/$gate/task/$gate/children")/cmdline"; }
ended() { ! kill -0 "$1"; }
end_slowly() {
	wait "$gate" && rc=0 || rc=$?
	exec 9>&-
	ran='sluis-intake on a mail without end'
}

new_mail
taken=3
begin_slowly
kill -KILL "$companion"
end_slowly
status 75 'T-1: a companion killed while it reads is 75'
silent 'T-2: and silent'
begin_slowly
kill -KILL "$gate"
ok 'a companion whose gate is killed goes with it' wait_for 10 ended "$companion"
end_slowly
is "$(rows)" 2 'T-4: nothing is taken of half a mail'
if have cc >/dev/null; then
	mkdir -p "$work/short/bin" && ln -s "$SLUIS_PREFIX/libexec" "$work/short/libexec"
	cc -D_GNU_SOURCE -DDEADLINE=1 -DSLUIS_VERSION='"test"' -o "$work/short/bin/sluis-intake" \
		"$SLUIS_SOURCE/filters/sluis-intake.c" || exit 1
	begin_slowly "$work/short/bin/sluis-intake"
	end_slowly
	status 75 'T-3: a mail whose end does not come is 75 at the deadline'
	silent 'T-2: and silent'
	ok 'T-3: and the companion is gone' wait_for 10 ended "$companion"
	is "$(rows)" 2 'T-4: and nothing is taken'
fi
once 'after all that'

# --- the database ends in the middle ---

# A lock of ours keeps intake in its transaction; $holder is our session.
hold() {
	{ echo "begin; lock table sluis.reception in share mode; select pg_sleep(60);" |
		psql -X -q -h "$pg" -U postgres sluis >/dev/null 2>&1; } &
	holder=$!
	wait_for 10 held
}
held() { [ "$(ask "select count(*) from pg_locks where mode = 'ShareLock' and granted and relation = 'sluis.reception'::regclass")" = 1 ]; }
# The backends that wait for it.
waiting() { ask "select pid from pg_stat_activity where usename = 'sluis_in' and wait_event_type = 'Lock'"; }
someone_waits() { [ -n "$(waiting)" ]; }
let_go() {
	ask "select pg_terminate_backend(pid) from pg_stat_activity where query like 'begin; lock%' or query like 'select pg_sleep%'" >/dev/null
	wait "$holder"
}
begin() {
	intake >"$work/.stdout" 2>"$work/.stderr" &
	gate=$!
	ran='sluis-intake in its transaction'
	wait_for 10 someone_waits
}

new_mail
taken=4
hold
begin
backend=$(waiting)
ask "select pg_terminate_backend($backend)" >/dev/null
let_go
wait "$gate" && rc=0 || rc=$?
status 0 'T-7: a backend that is ended in the transaction: intake offers it once more'
silent 'T-2: without a word'
once 'a backend that is ended'

new_mail
taken=5
hold
begin
kill -KILL "$(waiting)"
wait "$gate" && rc=0 || rc=$?
like "$rc" '^(0|75)$' 'T-1: a backend that is killed: 0 or 75'
silent 'T-2: and silent'
wait "$holder"
recovered() { ask 'select 1'; }
ok 'the server recovers' wait_for 30 recovered
once 'a backend that is killed'

new_mail
taken=6
hold
begin
kill -KILL "$gate"
wait "$gate"
let_go
once 'a gate that is killed in the transaction'

# --- killed at a system call, and failing ones ---

# strace, where a sanitizer must not look for leaks.
traced() { strace -qq -E ASAN_OPTIONS=detect_leaks=0 "$@"; }

# injected WHAT: intake with this injected into the companion.
# shellcheck disable=SC2086 # words
injected() {
	traced -f -o /dev/null -e "inject=$1" "$SLUIS_PREFIX/libexec/sluis/intake" $set_inbox \
		<"$work/mail" >/dev/null 2>&1 && rc=0 || rc=$?
}

new_mail
# shellcheck disable=SC2086 # words
traced -f -o "$work/trace" "$SLUIS_PREFIX/libexec/sluis/intake" $set_inbox <"$work/mail"
calls=$(wc -l <"$work/trace")
taken=7

# Each line of the trace as a call and its how-manieth; most of the loader's are
# left out, and every third after it connects is taken.
awk '{ sub(/^[0-9]+ +/, ""); sub(/\(.*/, ""); if ($1 !~ /^[a-z_0-9]+$/) next }
	/^connect/ { near = 1 }
	{ seen[$1]++; n++ }
	n % (near ? 3 : 40) == 0 { print $1 ":signal=KILL:when=" seen[$1] }' "$work/trace" >"$work/points"
killed=0 bad=0
while read -r point; do
	new_mail
	taken=$((taken + 1))
	injected "$point"
	[ "$rc" = 137 ] && killed=$((killed + 1))
	intake >/dev/null 2>&1 || bad=$((bad + 1))
done <"$work/points"
ok "T-7: killed at $killed of $calls system calls" test "$killed" -gt 10
is "$bad" 0 'T-7: each of these mails is taken afterwards'
is "$(rows) $(orphans)" "$taken 0" 'T-5: and each is there once'

# An answer that does not come: to the connection, the query, the commit. Reads
# that fail before the connection are those of settings, keys and the mail.
bad=0 tried=0
for what in recvfrom:error=ECONNRESET connect:error=ECONNREFUSED \
    read:error=EIO openat:error=EMFILE openat:error=ENOSPC; do
	for n in 1 2 3 4 5 8 12 20; do
		new_mail
		taken=$((taken + 1)) tried=$((tried + 1))
		injected "$what:when=$n"
		case $rc in 0 | 75 | 127) ;; *) bad=$((bad + 1)); diag "$what, $n: $rc" ;; esac
		[ "$rc" != 0 ] || [ "$(rows)" = "$taken" ] || { bad=$((bad + 1)); diag "$what, $n: 0 and lost"; }
		intake >/dev/null 2>&1 || bad=$((bad + 1))
	done
done
is "$bad" 0 "T-1: $tried failing calls: 75, or 0 and durable"
is "$(rows) $(orphans)" "$taken 0" 'T-5: and each mail is there once'

# --- size ---

rss() { measure -i "$work/mail" sluis-intake "$@" | awk '{ print $4 == 0 ? $3 : "failed" }'; }
measure() { "$SLUIS_PREFIX/t/measure" "$@"; }
new_mail
taken=$((taken + 1))
# shellcheck disable=SC2086 # words
small=$(rss $set_inbox)
{ cat "$work/mail"; head -c 18700000 /dev/urandom | base64; } >"$work/large"
mv "$work/large" "$work/mail"
size=$(($(wc -c <"$work/mail") / 1024))
taken=$((taken + 1))
# shellcheck disable=SC2086 # words
large=$(rss $set_inbox)
is "$(rows)" "$taken" "a mail of $size KiB is taken"
if [ "${SLUIS_KIND:-}" = plain ]; then
	ok "intake needs $small KiB, no more than 16 MiB" test "$small" -le 16384
	ok "and $large KiB, no more than 16 MiB and the mail once" test "$large" -le $((16384 + size))
fi
once 'a large mail'

done_testing
