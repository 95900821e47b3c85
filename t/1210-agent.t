#!/bin/sh
# The agent, and whose gpg it is: dozens at once, one that hangs, and options,
# homes and helpers of somebody else (T-3, T-9, T-20).
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
init_options=--no-samples
chain_init
home=$dir/gnupg

person manager 'Manager <manager@victim.example>'
person mallory 'Mallory <mallory@evil.example>'
sluis participant add victim --contact manager@victim.example --key "$work/manager.asc" >/dev/null
{ head_of manager 'A hole'; echo 'The hole.' | text | encrypted manager --sign; } >"$work/mail"
{ head_of mallory 'A hole'; echo 'The hole.' | text | signed mallory; } >"$work/unknown"
mark() { sed -n "s/^X-Sluis-$1: //p; /^\$/q" "$2"; }
good="ok; key=$team, good; key=$(fpr manager)"
said() { echo "$(mark Encryption "$1"), $(mark Signature "$1")"; }

# Many at once. A key of RSA-4096 in the team's ring is what exhausts the memory
# of an agent; the parallel ones here are bare, and know nothing of our slots.
is "$(grep -c '^auto-expand-secmem' "$home/gpg-agent.conf")" 1 'T-9: the secure memory of the agent grows'
gpg_in "$home" --quick-generate-key 'Old <old@sluis.example>' rsa4096 cert,sign 0 2>/dev/null
old=$(gpg_in "$home" --with-colons --list-keys =old@sluis.example '=Old <old@sluis.example>' 2>/dev/null |
	awk -F: '$1 == "fpr" { print $10; exit }')
gpg_in "$home" --quick-add-key "$old" rsa4096 encr 0 2>/dev/null
gpg_in "$home" --export "$old" | gpg_in "$work/manager" --import 2>/dev/null
echo 'A secret.' | gpg_in "$work/manager" --encrypt --recipient "$old" >"$work/rsa.gpg"
# What they say of a lock another one took away at that instant is no failure.
cat >"$work/bare" <<'END'
said=$(GNUPGHOME=$1 gpg --batch --no-tty --quiet --decrypt "$2" 2>&1) && rc=0 || rc=$?
[ $rc = 0 ] && echo "$said" | grep -v lockfile || echo "$rc $said"
END
is "$(seq 128 | xargs -P 64 -I{} sh "$work/bare" "$home" "$work/rsa.gpg" | sort | uniq -c | sed 's/^ *//')" '128 A secret.' \
	'T-9: of 128 decryptions with RSA-4096, 64 at once, none is without its secret key'
{ head_of manager 'A hole'; echo 'The hole.' | text | encrypted manager --sign --recipient "$old"; } >"$work/old"
cat >"$work/ours" <<'END'
sluis-decrypt <"$1" | sed -n 's/^X-Sluis-Encryption: \([a-z]*\).*/\1/p'
END
is "$(seq 48 | xargs -P 24 -I{} sh "$work/ours" "$work/old" | sort | uniq -c | sed 's/^ *//')" '48 ok' \
	'T-9: nor of 48 by sluis-decrypt, 24 at once'

# An agent that hangs.
sluis embedded "$dir" start >/dev/null
agent=$(gpg-connect-agent --homedir "$home" 'GETINFO pid' /bye | sed -n 's/^D //p')
at_exit "kill -CONT $agent"
kill -STOP "$agent"
began=$(date +%s)
run sluis-decrypt <"$work/mail"
status 75 'T-3: an agent that hangs: deferred'
stderr '^4\.3\.0 ' 'T-9: as a trouble, and not as a verdict'
is "$(wc -c <"$work/.stdout")" 0 'with nothing on standard output'
ok 'T-3: long before the deadline' test $(($(date +%s) - began)) -lt 60
kill -CONT "$agent"
run sluis-decrypt <"$work/mail"
is "$(said "$work/.stdout")" "$good" 'it goes on, and so do we'
is "$(gpg-connect-agent --homedir "$home" 'GETINFO pid' /bye | sed -n 's/^D //p')" "$agent" 'by the same agent'

# Somebody else's options. Each of them would be seen: in the verdict, in what is
# fetched, in what is written.
hostile=$work/hostile
mkdir -p "$hostile/.gnupg"
chmod 700 "$hostile/.gnupg"
gpg_in "$work/mallory" --export "$(fpr mallory)" >"$hostile/.gnupg/pubring.gpg"
printf '%s\n' "keyring $hostile/.gnupg/pubring.gpg" "logger-file $hostile/log" 'auto-key-retrieve' \
	'keyserver hkp://127.0.0.1:1' 'auto-key-locate keyserver,wkd,dane' "status-file $hostile/status" \
	'skip-verify' "trusted-key $(fpr mallory)" 'no-such-option' >"$hostile/.gnupg/gpg.conf"
printf '%s\n' 'pinentry-program /bin/false' 'no-such-option' >"$hostile/.gnupg/gpg-agent.conf"
find "$hostile" -type f -exec sha256sum {} + | sort >"$work/before"
under() { env HOME="$hostile" GNUPGHOME="$hostile/.gnupg" GPG_AGENT_INFO="$hostile/none:0:1" XDG_RUNTIME_DIR="$hostile" "$@"; }
run under sluis-decrypt <"$work/mail"
is "$(said "$work/.stdout")" "$good" "T-20: somebody else's home and options: the words are the same"
run under sluis-decrypt <"$work/unknown"
is "$(said "$work/.stdout")" "none, unknown-key; key=$(fpr mallory)" 'T-20: and whom he knows we do not'
is "$(find "$hostile" -type f -exec sha256sum {} + | sort | cmp - "$work/before")" '' 'T-20: nothing is written there'
nok 'T-20: no agent is there' sh -c "find '$hostile' -type s | grep -q ."

# Traced: which files are read, which sockets are made, who is started. Of a
# process that cannot be dumped strace sees no strings; gpg is none.
trace() { under strace -f -Y -qq -e trace=execve,socket,open,openat -o "$work/trace" sluis-decrypt <"$1" >"$work/traced"; }
if strace -Y -o /dev/null true 2>/dev/null; then
	for mail in mail unknown; do
		trace "$work/$mail"
		is "$(grep -cE ' socket\(AF_(INET|INET6|NETLINK|PACKET)' "$work/trace")" 0 "T-20: $mail: no socket but local ones"
		is "$(grep "$hostile" "$work/trace" | grep -v ENOENT)" '' "T-20: $mail: nothing of somebody else is opened"
		is "$(sed 's/^[0-9]*<\([^>]*\)>.*/\1/' "$work/trace" | sort -u | grep -vE '^(env|strace|sluis-decrypt)$' | xargs)" gpg \
			"T-20: $mail: gpg is started, no dirmngr, and nothing else where the agent answers"
		ok 'the options that are read are ours' grep -qE "<gpg>.*\"$(readlink -f "$dir/run")?[^\"]*/gpg-[0-9]+-[^\"]*/gpg.conf\"" "$work/trace"
	done
fi
gpg-connect-agent --homedir "$home" --dirmngr --no-autostart /bye >"$work/dirmngr" 2>&1
ok 'T-20: dirmngr does not run for the ring' grep -q 'no dirmngr running' "$work/dirmngr"

done_testing
