#!/bin/sh
# T-28, T-31: the key a reporter is answered with. It is the first that came inside
# the encryption; whoever writes under that address later cannot change it, unless
# the first one signs what comes after it.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
init_options=--no-samples
chain_init
setting outgoing.acks_per_sender 100
analyst ann
person heron 'Heron <heron@reporter.example>'
person second 'Heron <heron@reporter.example>'
person third 'Heron <heron@reporter.example>'
person fourth 'Heron <heron@reporter.example>'
person mallory 'Heron <heron@reporter.example>'

subkey() { gpg_in "$work/$1" --with-colons --list-keys "$(fpr "$1")" | awk -F: '$1 == "sub" { print $5; exit }'; }
notice() {
	open_as ann "$(notice_of "$(case_of)" ann@team.example)" && read_mail text <"$work/opened" |
	    perl -0pe 's/\n +/ /g'
}
# A mail under that name, made by WHO, with keys in FILES: brings WHO 'OPTIONS' FILE...
n=0
brings() {
	who=$1 options=$2 n=$((n + 1))
	shift 2
	echo "Portal number $n shows the files of others." | text >"$work/words"
	for file; do
		bytes application/pgp-keys "key.asc" <"$file" >"$work/part.${file##*/}"
		set -- "$@" "$work/part.${file##*/}"
		shift
	done
	# shellcheck disable=SC2086 # options are words
	{ head_of 'Heron <heron@reporter.example>' "Hole $n"; mixed "$work/words" "$@" | encrypted "$who" $options; } >"$work/m"
	take "$work/m" rd@sluis.example heron@reporter.example && deliver
}
answered_to() { encrypted_to "$(mail_to heron@reporter.example)"; }
state_of() { sluis key quarantine --json | jq -r --arg f "$(fpr "$1")" '[.[] | select(.fingerprint == $f)][0].state'; }

brings heron '' "$work/heron.asc"
is "$(answered_to)" "$(subkey heron)" 'the first key of a reporter answers that reporter'

brings mallory '' "$work/mallory.asc"
is "$(answered_to)" "$(subkey heron)" 'T-28: another one under that name replaces nothing'
like "$(notice)" "^Key $(fpr mallory) \(attached, encrypted\) another than the key this reporter is answered with" 'the notice says so'
is "$(state_of mallory)" waiting 'and it waits for somebody to decide'
brings mallory --sign "$work/mallory.asc"
is "$(answered_to)" "$(subkey heron)" 'T-28: its own signature is none of the first key'
brings mallory --sign "$work/heron.asc" "$work/mallory.asc"
is "$(answered_to)" "$(subkey heron)" 'T-28: nor is the first one beside it'
like "$(notice)" "^Key $(fpr heron) .* answers this reporter, unverified" 'which goes on'
brings mallory '' "$work/second.asc" "$work/mallory.asc"
is "$(answered_to)" "$(subkey heron)" 'of two others neither replaces it'
gpg_in "$work/mallory" --import "$work/second.asc" 2>/dev/null
gpg_in "$work/mallory" --quick-sign-key "$(fpr second)" 2>/dev/null
gpg_in "$work/mallory" --armor --export "$(fpr second)" >"$work/by-mallory.asc"
brings mallory '' "$work/by-mallory.asc"
is "$(answered_to)" "$(subkey heron)" 'T-28: one that a stranger has signed does not'

# A mail signed by the first key brings the next.
brings heron --sign "$work/second.asc"
is "$(answered_to)" "$(subkey second)" 'one that came signed by the first takes its place'
like "$(notice)" "^Key $(fpr second) \(attached, encrypted\) answers this reporter from now on, unverified: signed by the key before it" 'and that is told'
is "$(reception signature)" unknown-key 'the verdict stays what it was'
brings heron --sign "$work/heron.asc"
is "$(answered_to)" "$(subkey second)" 'the first does not come back by its own word'

# A certificate the one before it has signed.
gpg_in "$work/second" --import "$work/third.asc" 2>/dev/null
gpg_in "$work/second" --quick-sign-key "$(fpr third)" 2>/dev/null
gpg_in "$work/second" --armor --export "$(fpr third)" >"$work/third.signed"
brings third '' "$work/third.signed"
is "$(answered_to)" "$(subkey third)" 'one that the second has certified takes its place, too'

# Its own life: a newer version, an older one, revocation.
gpg_in "$work/third" --quick-add-key "$(fpr third)" cv25519 encr 2y 2>/dev/null
gpg_in "$work/third" --armor --export "$(fpr third)" >"$work/newer"
brings third '' "$work/newer"
newer=$(answered_to)
ok 'a newer version of it is taken' test "$newer" != "$(subkey third)"
brings mallory '' "$work/third.asc"
is "$(answered_to)" "$newer" 'T-31: an older one takes nothing back'
sed 's/^:-----BEGIN/-----BEGIN/' "$work/third/openpgp-revocs.d/$(fpr third).rev" | gpg_in "$work/third" --import 2>/dev/null
gpg_in "$work/third" --armor --export "$(fpr third)" >"$work/revoked"
brings third '' "$work/revoked"
is "$(armour <"$(mail_to heron@reporter.example)")" '' 'T-31: revoked, it is used no more'
brings fourth '' "$work/fourth.asc"
is "$(answered_to)" "$(subkey fourth)" 'and another may come in its place'

done_testing
