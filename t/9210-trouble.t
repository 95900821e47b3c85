#!/bin/sh
# root: a private Postfix, and a disk of its own
#
# The database, the disk, the settings, a key are gone: mail waits in Postfix,
# nobody is told anything, and when they are back it arrives by itself, once.
. "${0%/*}/lib.sh"
. "$t/lib/user.sh"
skip_unless postfix have postfix
small=$work/small
mkdir "$small"
skip_unless kernel:tmpfs mount -t tmpfs -o size=8m tmpfs "$small"
at_exit "umount -l '$small'"

init_options=--no-samples user_init
analyst ann
user_postfix
ok 'Postfix starts' postfix_start "$postfix"

n=0
# A mail of its own through Postfix to both inboxes.
send() {
	n=$((n + 1))
	echo "The portal shows the files of others, number $n." | {
		head_of "r$n@reporter.example" "report $n"
		text
	} | postfix_send "$postfix" -f "r$n@reporter.example" rd@sluis.example cert@sluis.example
}

# Postfix repeats every second or two here; it is asked to once more.
mended() { postqueue -c "$postfix/etc" -f; wait_for 30 postfix_idle "$postfix"; }
deferrals() { postfix_count "$postfix" 'relay=sluis, .*status=deferred'; }
deferred_since() { [ "$(deferrals)" -ge $((before + ${1:-2})) ]; }
receptions() { ask 'select count(*) from sluis.reception'; }

# trouble WHAT: a mail sent now is deferred for both inboxes.
trouble() {
	before=$(deferrals)
	send
	ok "T-8: $1: deferred" wait_for 20 deferred_since
	is "$(postfix_count "$postfix" status=bounced)" 0 "T-1: $1: not bounced"
	is "$(find "$postfix/queue/bounce" "$postfix/queue/corrupt" -type f | wc -l)" 0 "$1: and nothing is noted for a bounce"
}
# healed WHAT: all that was sent has come, once for each inbox.
healed() {
	ok "T-8: $1: it arrives by itself" mended
	is "$(receptions)" $((2 * n)) "T-5: $1: once for each inbox"
}
# pipe(8) quotes in brackets what a command prints.
mute() {
	is "$(grep 'relay=sluis,' "$postfix/log/mail.log" | grep -v 'status=sent (delivered via sluis service)' |
	    grep -cv 'status=deferred (temporary failure)')" 0 "T-2: not a word of ours in Postfix's log"
}

send
healed 'no trouble at all'

# --- the database ---

sluis embedded "$dir" stop
trouble 'the database stopped'
sluis embedded "$dir" start
healed 'the database stopped'

# The chunks of mails get the disk that is too small.
as_superuser() { ask "$1" >/dev/null; }
chown $user: "$small"
chmod 700 "$small"
as_superuser "create tablespace small location '$small'"
as_superuser 'alter table sluis.blob_part set tablespace small'
as sh -c 'cat /dev/zero >"$1/ballast"' sh "$small" 2>/dev/null
n=$((n + 1))
{ head_of "r$n@reporter.example" "report $n"; head -c 1500000 /dev/urandom | bytes image/png large.png; } >"$work/large"
before=$(deferrals)
postfix_send "$postfix" -f "r$n@reporter.example" rd@sluis.example cert@sluis.example <"$work/large"
ok 'T-8: a full disk: deferred' wait_for 30 deferred_since
is "$(postfix_count "$postfix" status=bounced)" 0 'T-1: a full disk: not bounced'
as rm "$small/ballast"
healed 'a full disk'
as_superuser 'alter table sluis.blob_part set tablespace pg_default'

# --- the settings and the keys ---

cp "$SLUIS_CONF" "$work/kept.yaml"
echo 'transprot: x' >>"$SLUIS_CONF"
trouble 'a typo in the settings'
cat "$work/kept.yaml" >"$SLUIS_CONF"
healed 'a typo in the settings'

as mv "$SLUIS_CONF" "$dir/away.yaml"
trouble 'no settings'
as mv "$dir/away.yaml" "$SLUIS_CONF"
healed 'no settings'

as mv "$dir/keys/storage.pub" "$dir/keys/away"
trouble 'no storage.pub'
as mv "$dir/keys/away" "$dir/keys/storage.pub"
healed 'no storage.pub'

as chmod 440 "$dir/keys/receipt.key"
trouble 'T-61: a key others may read'
as chmod 400 "$dir/keys/receipt.key"
healed 'a key others may read'

as cp -p "$dir/keys/storage.pub" "$dir/keys/kept"
as sh -c 'chmod 600 "$1/storage.pub" && head -c 20 "$1/kept" >"$1/storage.pub" && chmod 400 "$1/storage.pub"' sh "$dir/keys"
trouble 'a key that was cut off'
as mv -f "$dir/keys/kept" "$dir/keys/storage.pub"
healed 'a key that was cut off'

is "$(find "$postfix/queue/defer" -type f | wc -l)" 0 'nothing is left of it'
mute
ok 'then they are worked on' sluis-work --once
is "$(ask 'select count(*) from sluis.cases') $(ask "select count(*) from sluis.outbox where kind = 'ack'")" \
	"$n $n" 'T-5: a case and an acknowledgement each'

done_testing
