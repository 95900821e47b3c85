#!/bin/sh
# The published collections of attacks on OpenPGP mail and of mail that programs
# and gateways damage, each judged by the index beside it: a failure names file
# and rule. It needs $SLUIS_CORPUS, a folder with folders that have an INDEX.csv
# (file,role,expect,...) and the public keys of their set in keys/.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
skip_unless corpus test -d "${SLUIS_CORPUS:-}"
chain_init

# Every key that is one is pinned, to the address it names, and of keys that
# name none to one of ours. Secret keys go into the team's ring.
gnupg_home "$work/look"
bits_of() { awk -F: -v key="$1" '$1 == "fpr" && $10 == key { print bits; exit } $1 == "pub" { bits = $3 * ($4 < 18) }' "$work/look.list"; }
pin() {	# FILE
	gpg_in "$work/look" --with-colons --show-keys "$1" >"$work/shown" 2>/dev/null
	# A revocation alone is not what a mail of the set was signed before.
	grep -Eq '^(pub|sec)' "$work/shown" || return 0
	gpg_in "$work/look" --import "$1" 2>/dev/null
	! grep -q '^sec' "$work/shown" || take_secret "$1"
}
# Those that are given have their maker's passphrase.
take_secret() {
	gpg_in "$dir/gnupg" --import "$1" 2>/dev/null
	grep -q allow-preset "$dir/gnupg/gpg-agent.conf" || {
		echo allow-preset-passphrase >>"$dir/gnupg/gpg-agent.conf"
		GNUPGHOME=$dir/gnupg gpgconf --reload gpg-agent
	}
	awk -F: '$1 == "grp" { print $10 }' "$work/shown" | while read -r _grip; do
		echo "PRESET_PASSPHRASE $_grip -1 $(printf password | od -An -tx1 | tr -d ' \n')" |
			GNUPGHOME=$dir/gnupg gpg-connect-agent >/dev/null
	done
}
pin_all() {
	gpg_in "$work/look" --with-colons --list-keys >"$work/look.list"
	_n=0
	awk -F: '$1 == "pub" { first = 1 } $1 == "fpr" && first { key = $10; first = 0; print key, "" }
	    $1 == "uid" && match($10, /[^ <]+@[^ >]+/) { print key, substr($10, RSTART, RLENGTH) }' "$work/look.list" |
		awk '{ address[$1] = $2 != "" && address[$1] == "" ? $2 : address[$1] }
		    END { for (key in address) print key, address[key] != "" ? address[key] : tolower(substr(key, 25)) "@keys.example" }' >"$work/pins"
	while read -r _fpr _address; do
		_n=$((_n + 1))
		gpg_in "$work/look" --export "$_fpr" >"$work/key"
		sluis participant add "p$_n" --contact "$_address" --key "$work/key" >/dev/null 2>"$work/.said" ||
			diag "not pinned: $_fpr $_address: $(head -n 1 "$work/.said")"
	done <"$work/pins"
	is "$((_n > 20))" 1 "there are $_n keys to pin"
}

# A file of packets becomes the mail it would have been: what is signed is a block
# in a text, all else is called encrypted.
packets_mail() {	# FILE EXPECTATIONS
	printf '%s\n' "From: <$(awk '/@keys.example/ { print $2; exit }' "$work/pins")>" 'To: rd@sluis.example' \
	    'Subject: packets' 'MIME-Version: 1.0'
	if grep -aq '^-----BEGIN PGP' "$1"; then cat "$1"; else armoured <"$1"; fi >"$work/block"
	case $2 in SIG-*) text ;; *) wrapped ;; esac <"$work/block"
}

mark() { sed '/^\r*$/q' "$work/out" | sed -n "s/^X-Sluis-$1: //p" | tr -d '\r'; }

# Which rules of the index a verdict breaks. A good signature of a key that is too
# short is weak (T-24); what is not opened comes out as it went in.
judge() {	# EXPECTATIONS
	for _rule; do
		case $_rule/$encryption/$signature in
		SIG-FORGED/*/good) echo "$_rule: called good" ;;
		SIG-GOOD/*/good | SIG-GOOD/*/weak) ;;
		SIG-GOOD/*) case $* in *SMIME*) ;; *) echo "$_rule: called $signature" ;; esac ;;
		SIG-UNKNOWN/*/good) echo "$_rule: called good" ;;
		MULTIFROM/*/good | SMIME/*/good) echo "$_rule: called good" ;;
		DEC-OK/nokey/* | DEC-OK/ok/*) ;;
		# T-25 goes first: not the root of the mail, and said to be there.
		DEC-OK/none/*) mark Layer | grep -q 'left closed$' || echo "$_rule: called none" ;;
		DEC-OK/*) echo "$_rule: called $encryption" ;;
		DEC-NONE/ok/* | MDC-FAIL/ok/* | ENC-SPOOF/ok/* | DEC-ORACLE/ok/* | SMIME/ok/* | BOMB/ok/*)
			echo "$_rule: called ok" ;;
		ENC-SPOOF/none/*) ;;
		ENC-SPOOF/*) echo "$_rule: called $encryption" ;;
		esac
	done
	case $encryption in
	ok) ;;
	*) sed '/^X-Sluis-/d' "$work/out" | cmp -s - "$work/in" || echo 'other bytes came out' ;;
	esac
}

for folder in "$SLUIS_CORPUS"/0[1-9]*; do
	for key in "$folder"/keys/*; do pin "$key"; done
done
pin_all

good=0 opened=0
for folder in "$SLUIS_CORPUS"/0[1-9]*; do
	tail -n +2 "$folder/INDEX.csv" | tr -d '\r' >"$work/index"
	seen=0
	while IFS=, read -r file role expect _; do
		case $role in
		key) continue ;;
		packet) packets_mail "$folder/$file" "$expect" ;;
		*) cat "$folder/$file" ;;
		esac >"$work/in"
		run sluis-decrypt <"$work/in"
		cp "$work/.stdout" "$work/out"
		encryption=$(mark Encryption | cut -d ';' -f 1) signature=$(mark Signature | cut -d ';' -f 1)
		seen=$((seen + 1))
		[ "$signature" != good ] || good=$((good + 1))
		[ "$encryption" != ok ] || opened=$((opened + 1))
		# shellcheck disable=SC2086 # expectations are words
		is "$rc $(judge $expect)" '0 ' "${folder##*/}/$file: $expect"
		[ -z "${SLUIS_SHOW:-}" ] || echo "#= $file [$expect] $encryption, $signature; $(mark Because)"
	done <"$work/index"
	ok "${folder##*/}: $seen mails" test "$seen" -gt 0
done
ok "$good signatures are good, $opened mails were opened" test "$good" -gt 5 -a "$opened" -gt 3

done_testing
