#!/bin/sh
# T-31: what gpg --gen-revoke gives, one signature and no certificate, takes a pinned
# key back at once, whoever sends it and by which way, and nothing else does.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
init_options=--no-samples
chain_init
analyst ann
for who in eve heron gus dora; do person $who "$who <$who@reporter.example>"; done
for who in linde vaart meer; do
	person $who "IT <it@$who.example>"
	sluis participant add $who --domain $who.example --contact "it@$who.example" --key "$work/$who.asc" >/dev/null
done

# gpg writes one beside each key it makes, with a colon before it.
revocation() { sed -n 's/^:-----BEGIN/-----BEGIN/; /^-----BEGIN/,$p' "$work/$1/openpgp-revocs.d/$(fpr "$1").rev"; }
state() { sluis participant show "$1" --json | jq -r '.contacts[0].keys[0] | "\(.unusable) \(.encryption)"'; }
subkey() { gpg_in "$work/$1" --with-colons --list-keys "$(fpr "$1")" | awk -F: '$1 == "fpr" { f = $10 } END { print f }'; }
id_of() { fpr "$1" | tail -c 17; }
notice() {
	open_as ann "$(notice_of "$(case_of)" ann@team.example)" && read_mail text <"$work/opened" |
	    perl -0pe 's/\n +/ /g'
}
echo 'The portal shows the files of others (IDOR).' | text >"$work/words"
arrives() {	# WHO: with $work/part beside words
	{ head_of "$1" 'See this'; mixed "$work/words" "$work/part"; } >"$work/m"
	take "$work/m" && deliver
}

# One that does not hold, one of a key nobody has pinned.
revocation linde >"$work/rev.asc"
gpg --dearmor <"$work/rev.asc" 2>/dev/null | perl -0777 -pe 'substr($_, -3, 1) ^= "\x01"' >"$work/changed.gpg"
bytes application/octet-stream rev.gpg <"$work/changed.gpg" >"$work/part"
arrives eve
like "$(notice)" "^Key $(id_of linde) \(attached, in clear\) a revocation that is not by its owner" 'one that was changed is told as none'
revocation eve | bytes application/pgp-keys rev.asc >"$work/part"
arrives eve
like "$(notice)" "^Key $(id_of eve) .* of a key that is not pinned: nothing has changed" 'and that of a key that is not pinned'
is "$(state linde)" "null $(subkey linde)" 'T-31: nothing has changed'
is "$(sluis key quarantine --json)" '[]' 'nor is it kept as a key'

# T-31: of one that waits in quarantine, by mail and handed in; and before it comes.
waiting() { sluis key quarantine --json | jq -r --arg f "$(fpr "$1")" '[.[] | select(.fingerprint == $f)][0].id'; }
refused() { sluis key quarantine show "$(waiting "$1")" --json | jq -r '.refused // "no"' | cut -d : -f 1; }
for who in eve gus; do
	bytes application/pgp-keys key.asc <"$work/$who.asc" >"$work/part"
	arrives heron
done
is "$(refused eve)" 'its owner has revoked it' 'T-31: a revocation that came first is heeded when its key comes'
is "$(refused gus)" no 'another key waits as it is'
run sluis key accept "$(waiting eve)" --contact linde --vouched-how meeting
status 1 'T-31: the one cannot be accepted'
stderr 'is refused: its owner has revoked it' 'and that is said'
run sluis participant add spaar --domain spaar.example --contact it@spaar.example --key "$work/eve.asc"
status 0 'nor is it of use when somebody hands it in'
stderr 'is refused, mail to it will be held: its owner has revoked it' 'which is told'
is "$(state spaar)" 'revoked null' 'T-31: it is revoked from the first moment'
revocation gus | gpg --dearmor 2>/dev/null | perl -0777 -pe 'substr($_, -3, 1) ^= "\x01"' >"$work/changed.gpg"
run sluis key revoke "$work/changed.gpg"
status 1 'handed in for one that waits it must hold'
is "$(refused gus)" no 'else nothing changes'
revocation gus >"$work/of-gus.asc"
run sluis key revoke "$work/of-gus.asc"
status 0 'T-31: the true one is taken'
stdout "$(fpr gus) waits in quarantine, is revoked, and cannot be accepted" 'and said'
is "$(refused gus)" 'its owner has revoked it' 'T-31: and it is'

# By mail, in clear, from anybody.
bytes application/pgp-keys rev.asc <"$work/rev.asc" >"$work/part"
arrives eve
tag=$(case_of)
is "$(state linde)" 'revoked null' 'T-31: the true one acts at once, whoever sends it'
like "$(notice)" "^Key $(id_of linde) \(attached, in clear\) taken back by its owner: nothing is encrypted to it any more" 'and is told'
run sluis case forward "$tag" linde --json
is "$(jq -r '.[0] | "\(.state) \(.reason)"' "$work/.stdout")" 'held revoked' 'T-31: mail to it is held'
sluis participant add linde --contact it@linde.example --key "$work/linde.asc" >/dev/null 2>&1
is "$(state linde)" 'revoked null' 'T-31: the key as it was takes nothing of it back'
{ echo 'Lost my key:'; revocation vaart; } | text >"$work/part"
arrives eve
is "$(state vaart)" 'revoked null' 'in the text it counts as well'

# Of a reporter.
bytes application/pgp-keys key.asc <"$work/heron.asc" >"$work/key"
{ head_of heron 'A hole'; mixed "$work/words" "$work/key" | encrypted heron; } >"$work/m"
take "$work/m" && deliver
ok 'a reporter is answered with the key that came' open_as heron "$(mail_to heron@reporter.example)"
revocation heron | bytes application/pgp-keys rev.asc >"$work/part"
{ head_of heron 'Lost'; mixed "$work/words" "$work/part"; } >"$work/m"
take "$work/m" && deliver
is "$(armour <"$(mail_to heron@reporter.example)")" '' 'T-31: and not any more when it is taken back'
like "$(notice)" "^Key $(id_of heron) .* taken back by its owner" 'which is told'

# Handed in.
run sluis key revoke "$work/meer.asc"
status 1 'a certificate is none'
stderr 'no revocation as gpg --gen-revoke writes it' 'and is told where it goes'
revocation dora >"$work/of-dora.asc"
run sluis key revoke "$work/of-dora.asc"
status 1 'nor is one about a key that is not pinned'
stderr "no key that ends in $(id_of dora) is pinned or waits in quarantine" 'which is named'
revocation meer | gpg --dearmor >"$work/rev.gpg" 2>/dev/null
perl -0777 -pe 'substr($_, -3, 1) ^= "\x01"' <"$work/rev.gpg" >"$work/changed.gpg"
run sluis key revoke "$work/changed.gpg"
status 1 'nor one that was changed'
stderr 'not by the key it is about' 'which is seen'
is "$(state meer)" "null $(subkey meer)" 'T-31: none of them does anything'
run sluis key revoke "$work/rev.gpg"
status 0 'the true one is taken'
stdout "$(fpr meer) is revoked, and mail to it is held" 'and said'
is "$(state meer)" 'revoked null' 'T-31: it is revoked'

done_testing
