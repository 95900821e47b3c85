#!/bin/sh
# What a mail turned out to be, in the words everybody is told: each made by
# plain gpg, and sent through the whole chain.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
chain_init
analyst ann
person heron 'Heron <heron@reporter.example>'

# A contact whose key is pinned, one whose key is over, one whose is revoked.
person it 'IT <ict@devaart.example>'
sluis participant add devaart --contact ict@devaart.example --key "$work/it.asc" >/dev/null
gnupg_home "$work/expired"
gpg_in "$work/expired" --faked-system-time 20200101T000000 \
    --quick-generate-key 'Expired <security@labnoord.example>' ed25519 cert,sign 20200201T000000 2>/dev/null
gpg_in "$work/expired" --armor --export >"$work/expired.asc"
expired=$(gpg_in "$work/expired" --with-colons --list-keys | awk -F: '$1 == "fpr" { print $10; exit }')
sluis participant add labnoord --contact security@labnoord.example --key "$work/expired.asc" >/dev/null 2>&1
person revoked 'Revoked <it@maasclinic.example>'
sluis participant add clinic-maas --contact it@maasclinic.example --key "$work/revoked.asc" >/dev/null
gpg_in "$work/it" --quick-generate-key 'Other <other@devaart.example>' ed25519 sign 0 2>/dev/null
as_it='IT <ict@devaart.example>'

text >"$work/words" <<'END'
Hello, our own host https://portaal.devaart.example/ has a hole (IDOR): whoever
changes the number in the address reads the files of others. Yours.
END
sed '1,3d' "$work/words" >"$work/plain"

# verdict FROM 'ENCRYPTION SIGNATURE SIGNER' NAME: takes a mail with the content
# on standard input; judge works on all of them and looks.
verdict() {
	{ head_of "$1" 'About our portal'; cat; } >"$work/m"
	take "$work/m"
	echo "$(sha256sum <"$work/m" | cut -d ' ' -f 1)|$2|$3" >>"$work/expected"
}
judge() {
	deliver
	sluis reception list --json >"$work/receptions"
	sluis case list --json >"$work/cases"
	while IFS='|' read -r sha256 words name; do
		one=".[] | select(.sha256 == \"$sha256\")"
		is "$(jq -r "$one | \"\(.encryption) \(.signature) \(.signer)\"" "$work/receptions")" "$words" "$name"
		is "$(jq -r ".[].messages[] | select(.reception == $(jq "$one | .id" "$work/receptions")) |
		    \"\(.encryption) \(.signature) \(.signer)\"" "$work/cases")" "$words" '    and its case says so too'
	done <"$work/expected"
	mv "$work/expected" "$work/judged"
}
tag_of() {	# NAME
	jq -r ".[] | select(.sha256 == \"$(grep "|$1\$" "$work/judged" | cut -d '|' -f 1)\") | .case" "$work/receptions"
}
notice_text() {	# NAME
	open_as ann "$(notice_of "$(tag_of "$1")" ann@team.example)" && read_mail text <"$work/opened"
}
of_name() { jq -r ".[] | select(.tag == \"$(tag_of "$1")\") | $2" "$work/cases"; }	# NAME JQ

verdict "$as_it" 'none none null' 'nothing at all' <"$work/words"
encrypted heron <"$work/words" | verdict heron 'ok none null' 'encrypted'
encrypted it --sign <"$work/words" | verdict "$as_it" "ok good $(fpr it)" 'encrypted and signed by a pinned key'
signed it <"$work/words" | encrypted it | verdict "$as_it" "ok good $(fpr it)" 'signed, then encrypted'
encrypted it --sign --hidden-recipient "$team" <"$work/words" |
	verdict "$as_it" "ok good $(fpr it)" 'encrypted to a hidden recipient'
encrypted heron --sign <"$work/words" | verdict heron "ok unknown-key $(fpr heron)" 'and signed by a key nobody pinned'

signed it <"$work/words" | verdict "$as_it" "none good $(fpr it)" 'signed by a pinned key'
signed it <"$work/words" | crlf | verdict "$as_it" "none good $(fpr it)" 'with the other line ends'
signed it <"$work/words" | verdict 'IT <ict@elsewhere.example>' "none partly $(fpr it)" 'under another From'
encrypted it <"$work/words" >"$work/around"
signed it <"$work/around" | verdict "$as_it" "ok good $(fpr it)" 'encrypted, then signed around'
{
	printf '%s\n' 'Content-Type: multipart/mixed; boundary="list"' '' --list 'Content-Type: text/plain' '' '' --list
	encrypted it --sign <"$work/words"
	printf '\n--list--\n'
} | verdict "$as_it" "ok repaired $(fpr it)" 'rewritten by a mail server'
{ printf '%s\n' 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m' 'Content-Transfer-Encoding: base64' ''
	echo 'MIAGCSqGSIb3DQEHA6CAMIACAQAx'; } | verdict heron 'nokey none null' 'encrypted with S/MIME'
sed '1,3d' "$work/words" | gpg_in "$work/heron" --encrypt --recipient "$(fpr heron)" | bytes application/octet-stream report.gpg >"$work/file"
text <"$work/plain" >"$work/part"
mixed "$work/part" "$work/file" | verdict "$as_it" 'none none null' 'an encrypted file beside a text'
signed heron <"$work/words" | verdict heron "none unknown-key $(fpr heron)" 'signed by a key nobody pinned'
signed it <"$work/words" | sed 's/^Hello/Hallo/' | verdict "$as_it" "none bad $(fpr it)" 'other words than were signed'
signed it --local-user "$(fpr it)" --local-user other@devaart.example <"$work/words" |
	verdict "$as_it" 'none several null' 'two signatures'
signed expired --faked-system-time 20200115T000000 <"$work/words" 2>/dev/null |
	verdict 'Lab <security@labnoord.example>' "none expired $expired" 'a key that is over'
signed it --faked-system-time "$(($(date +%Y) + 2))0101T000000" <"$work/words" 2>/dev/null |
	verdict "$as_it" "none future $(fpr it)" 'a signature of the year after next'
signed revoked <"$work/words" >"$work/before"
verdict 'Clinic <it@maasclinic.example>' "none good $(fpr revoked)" 'a key before it is revoked' <"$work/before"
{
	printf '%s\n' 'Content-Type: multipart/mixed; boundary="list"' '' --list
	signed it <"$work/words"
	printf '%s\n' '' --list 'Content-Type: text/plain' '' 'A line of the list.' --list--
} | verdict "$as_it" "none partly $(fpr it)" 'something beside what is signed'
signed it <"$work/words" |
	perl -pe 's/^(--signed--)$/--signed\nContent-Type: text\/plain\n\nA third part\n$1/' |
	verdict "$as_it" 'none malformed null' 'a signed mail of three parts'

inline() { printf '%s\n' 'Content-Type: text/plain; charset=utf-8' ''; cat; }
inline_sealed() { gpg_in "$work/it" --armor --sign --encrypt --recipient "$team" <"$work/plain"; }
inline_signed() { gpg_in "$work/it" --clear-sign <"$work/plain"; }
inline_sealed | inline | verdict "$as_it" "ok good $(fpr it)" 'inline, encrypted and signed'
inline_signed | inline | verdict "$as_it" "none good $(fpr it)" 'inline, signed'
{ echo 'Before.'; inline_signed; } | inline | verdict "$as_it" "none partly $(fpr it)" 'inline, signed, and words before it'
{ echo 'Before.'; inline_sealed; } | inline | verdict "$as_it" 'none none null' 'inline, encrypted, and words before it'

encrypted heron --recipient "$(fpr heron)" <"$work/words" | verdict heron 'nokey none null' 'encrypted to another key'
encrypted heron --symmetric --passphrase secret <"$work/words" |
	verdict heron 'nokey none null' 'encrypted to a password'
judge

is "$(of_name 'encrypted and signed by a pinned key' '.parties[] | "\(.role) \(.name)"')" 'participant devaart' \
    'a good signature makes its participant the party'
like "$(notice_text 'encrypted and signed by a pinned key')" \
    "^How we know: encryption ok \($team\) / signature good $(fpr it) / " 'the notice says how we know'
like "$(notice_text 'other words than were signed')" "^How we know: encryption none / signature bad " 'whatever it is'
like "$(notice_text 'under another From')" '^! From does NOT fit' 'a From that is not the signer is told'
like "$(notice_text 'encrypted, then signed around')" '^Layer 1: signature good; .*; at=20' 'of two layers both are told'
like "$(notice_text 'encrypted, then signed around')" '^Layer 2: encryption ok' 'the outer one first'
like "$(notice_text 'an encrypted file beside a text')" '^#1 application/octet-stream .*, encrypted with OpenPGP' 'a file is called what it is'
like "$(notice_text 'encrypted with S/MIME')" '^! OpenPGP: encrypted with S/MIME' 'and why it could not be opened is told'

# Who wrote what we cannot open hears how to write to us; nobody else does.
ack_of() { echo "$dir/outgoing/new/$(outbox "[.[] | select(.kind == \"ack\" and .case == \"$(tag_of "$1")\") | .id] | max").sluis"; }
for name in 'encrypted to another key' 'encrypted to a password' 'encrypted with S/MIME'; do
	like "$(read_mail text <"$(ack_of "$name")")" "^$team" "$name: our key is in the answer"
	like "$(read_mail head Subject <"$(ack_of "$name")")" 'cannot open it' 'which says what is wrong'
done
unlike "$(read_mail head Subject <"$(ack_of 'rewritten by a mail server')")" 'cannot open' 'what was opened is just acknowledged'
in_text='.messages[] | select(.direction == "in") | .text'
is "$(of_name 'inline, encrypted and signed' "$in_text")" "$(cat "$work/plain")" 'of an inline block the text is what was inside'
like "$(of_name 'inline, encrypted, and words before it' "$in_text")" '^-----BEGIN PGP MESSAGE' \
    'what has words around it stays closed (T-25)'

# Revoked, and told to us.
sed 's/^:-----/-----/' "$work/revoked/openpgp-revocs.d/$(fpr revoked).rev" |
	gpg_in "$work/revoked" --import 2>/dev/null
gpg_in "$work/revoked" --armor --export "$(fpr revoked)" >"$work/revoked.asc"
sluis participant add clinic-maas --contact it@maasclinic.example --key "$work/revoked.asc" >/dev/null 2>&1
verdict 'Clinic <it@maasclinic.example>' "none revoked $(fpr revoked)" 'a key after it is revoked' <"$work/before"

# T-21: what is broken is not read, and T-14: nor is what is more than it may be.
canary=kwikstaart$$
{ echo "$canary"; head -c 3000 /dev/urandom | od -An -tu1; echo "$canary"; } | text >"$work/long"
crlf <"$work/long" | gpg_in "$work/it" --sign --encrypt --compress-algo none --recipient "$team" >"$work/whole"
while IFS='|' read -r name command; do
	sh -c "$command" <"$work/whole" | armoured | wrapped | verdict "$as_it" 'broken none null' "T-21: $name"
done <<'END'
a bit flipped near the end|perl -0777 -pe 'substr($_, -100, 1) ^= "\x04"'
a bit flipped in the middle|perl -0777 -pe 'substr($_, length() / 2, 1) ^= "\x04"'
a bit flipped in the last byte|perl -0777 -pe 'substr($_, -1, 1) ^= "\x01"'
the end cut off|head -c 3500
END
setting limits.opened 1M
{ printf 'Content-Type: text/plain\r\n\r\n%s\r\n' "$canary"; head -c 20000000 /dev/zero | tr '\0' x; } |
	gpg_in "$work/it" --sign --encrypt --compress-algo zlib --recipient "$team" | armoured | wrapped |
	verdict "$as_it" 'bomb none null' 'T-14: a bomb'
judge
in_notices() {
	for _mail in $(mails_to ann@team.example); do
		open_as ann "$_mail"
		read_mail text <"$work/opened"
	done | grep -c "$canary"
}
is "$(shown | grep -c "$canary")" 0 'T-21: nothing of them is shown anywhere'
is "$(in_notices)" 0 'nor in a notice'
# With a session key of its own, since this one has been in other cases (T-26).
crlf <"$work/long" | gpg_in "$work/it" --sign --encrypt --compress-algo none --recipient "$team" | armoured | wrapped |
	verdict "$as_it" "ok good $(fpr it)" 'and unchanged it is whole'
judge
nok 'and shown' test "$(shown | grep -c "$canary")" = 0
like "$(notice_text 'and unchanged it is whole')" "^\| $canary" 'and told'

done_testing
