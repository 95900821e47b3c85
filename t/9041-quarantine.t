#!/bin/sh
# T-28: keys that come in mails are kept apart until somebody has decided, and a
# reporter's own answers that reporter and nobody else.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
init_options=--no-samples
chain_init
analyst ann
for who in heron eve bob carl dora gus; do person $who "$who <$who@reporter.example>"; done
person old 'IT <it@linde.example>'
sluis participant add linde --domain linde.example --contact it@linde.example --key "$work/old.asc" --vouched-how meeting

words() { echo 'Your portal shows the files of others, https://portal.linde.example/ (IDOR).' | text; }
of_key() { sluis key quarantine --json | jq -r --arg f "$(fpr "$1")" "[.[] | select(.fingerprint == \$f)] | $2"; }
id_of() { of_key "$1" '.[0].id'; }
subkey() { gpg_in "$work/$1" --with-colons --list-keys "$(fpr "$1")" | awk -F: '$1 == "sub" { print $5 }'; }
waiting() { sluis key quarantine --json | jq '[.[] | select(.state == "waiting")] | length'; }
# A line of it that goes on below, indented, is one.
notice() {
	open_as ann "$(notice_of "$(case_of)" ann@team.example)" && read_mail text <"$work/opened" |
	    perl -0pe 's/\n +/ /g'
}
show() { sluis key quarantine show "$(id_of "$1")" --json | jq -r "$2"; }
arrives() { take "$work/m" rd@sluis.example writer@writer.example && deliver; }
autocrypt() {	# FIELD ADDRESS WHO
	echo "$1: addr=$2; prefer-encrypt=mutual; keydata="
	gpg_in "$work/$3" --export "$(fpr "$3")" | base64 | sed 's/^/ /'
}

is "$(sluis key quarantine --json)" '[]' 'there is none at first'

# Where a key can be.
words >"$work/words"
bytes application/pgp-keys key.asc <"$work/heron.asc" >"$work/attached"
{ head_of heron 'A hole'; mixed "$work/words" "$work/attached" | encrypted heron; } >"$work/m"
arrives
is "$(of_key heron '.[0] | "\(.state) \(.origin) \(.encrypted) \(.from) \(.times)"')" \
    'waiting attachment true heron@reporter.example 1' 'one that is attached, inside the encryption'
like "$(notice)" "^Key $(fpr heron) \(attached, encrypted\) answers this reporter, unverified; in quarantine for all else" \
    'the notice has its fingerprint, where it was, and what it is for'
like "$(encrypted_to "$(mail_to heron@reporter.example)")" "^$(subkey heron)\$" 'T-28: that reporter is answered with it'

gpg_in "$work/bob" --export "$(fpr bob)" | bytes application/octet-stream bob.gpg >"$work/attached"
{ head_of bob 'Another hole'; mixed "$work/words" "$work/attached"; } >"$work/m"
arrives
is "$(of_key bob '.[0] | "\(.origin) \(.encrypted)"')" 'attachment false' 'one that is a binary file, in clear'
like "$(notice)" "^Key $(fpr bob) \(attached, in clear\) in quarantine, nothing is encrypted to it" 'is told'
is "$(armour <"$(mail_to bob@reporter.example)")" '' 'T-28: and answers nobody, for anybody could have put it there'

{ head_of carl 'A hole'; { echo 'My key:'; cat "$work/carl.asc"; } | text; } >"$work/m"
arrives
is "$(of_key carl '.[0] | "\(.origin) \(.encrypted)"')" 'text false' 'one in the text'

{ head_of dora 'A hole' "$(autocrypt Autocrypt dora@reporter.example dora)"; words; } >"$work/m"
arrives
is "$(of_key dora '.[0] | "\(.origin) \(.encrypted) \(.address)"')" 'autocrypt false dora@reporter.example' 'one in an Autocrypt field'
like "$(notice)" "^Key $(fpr dora) \(Autocrypt, in clear\) said to be of dora@reporter.example in quarantine" 'whose it says it is'
is "$(armour <"$(mail_to dora@reporter.example)")" '' 'T-28: it answers nobody either'

{ autocrypt Autocrypt-Gossip gus@reporter.example gus; cat "$work/words"; } >"$work/root"
{ head_of heron 'Gossip'; encrypted heron <"$work/root"; } >"$work/m"
arrives
is "$(of_key gus '.[0] | "\(.origin) \(.encrypted) \(.from) \(.address)"')" \
    'gossip true heron@reporter.example gus@reporter.example' 'one that is gossip about somebody else'
{ head_of gus 'Gossip in clear' "$(autocrypt Autocrypt-Gossip eve@reporter.example eve)"; words; } >"$work/m"
arrives
is "$(id_of eve)" null 'gossip counts inside the encryption only'

# The same again, and under another name.
before=$(waiting)
{ head_of bob 'Again'; mixed "$work/words" "$work/attached"; } >"$work/m"
arrives
is "$(waiting) $(of_key bob '.[0].times')" "$before 2" 'the same from the same sender is counted'
{ head_of eve 'His key'; mixed "$work/words" "$work/attached"; } >"$work/m"
arrives
is "$(waiting) $(of_key bob length)" "$((before + 1)) 2" 'from somebody else it is another one'
sluis reception list --json >"$work/receptions"
is "$(jq -r '.[0].id' "$work/receptions")" "$(of_key bob '.[0].reception')" 'which says in which mail it came'

# T-28: a reporter's key is never anybody else's.
bytes application/pgp-keys key.asc <"$work/heron.asc" >"$work/attached"
{ head_of eve 'With the key of another'; mixed "$work/words" "$work/attached" | encrypted eve; } >"$work/m"
arrives
like "$(notice)" "^Key $(fpr heron) \(attached, encrypted\) in quarantine, nothing is encrypted to it" \
    'T-28: a key of another address is not taken for that of the sender'
is "$(armour <"$(mail_to eve@reporter.example)")" '' 'and the answer to the sender is in clear'
gpg_in "$work/eve" --quick-add-uid "$(fpr eve)" 'it@linde.example' 2>/dev/null
gpg_in "$work/eve" --armor --export "$(fpr eve)" | bytes application/pgp-keys key.asc >"$work/attached"
{ head_of 'eve <eve@reporter.example>' 'With a user id of another'; mixed "$work/words" "$work/attached" | encrypted eve; } >"$work/m"
arrives
tag=$(case_of)
is "$(encrypted_to "$(mail_to eve@reporter.example)")" "$(subkey eve)" 'a key with two names answers the one who sent it'
sluis case forward "$tag" linde --attach 1 >/dev/null
sluis outbox release "$(outbox '[.[] | select(.kind == "forward")][0].id')" >/dev/null && deliver
is "$(encrypted_to "$(mail_to it@linde.example)")" "$(subkey old)" 'T-28: to the other name goes what is encrypted to the pinned key'
is "$(encrypted_to "$(mail_to ann@team.example)")" "$(subkey ann)" 'and to analysts what is encrypted to theirs'
{ head_of 'IT <it@linde.example>' 'Under the name of another'; mixed "$work/words" "$work/attached" | encrypted eve --sign; } >"$work/m"
forget_mails
arrives
is "$(armour <"$(mail_to it@linde.example)")" '' 'T-28: under the name of a contact it answers nobody'
like "$(notice)" "^Key $(fpr eve) \\(attached, encrypted\\) in quarantine, nothing" 'and that is told'

# T-31: taken back by its owner.
sed 's/^:-----BEGIN/-----BEGIN/' "$work/heron/openpgp-revocs.d/$(fpr heron).rev" | gpg_in "$work/heron" --import 2>/dev/null
gpg_in "$work/heron" --armor --export "$(fpr heron)" | bytes application/pgp-keys key.asc >"$work/attached"
{ head_of heron 'My key is lost'; mixed "$work/words" "$work/attached" | encrypted heron; } >"$work/m"
arrives
{ head_of heron 'Once more'; words; } >"$work/m"
arrives
is "$(armour <"$(mail_to heron@reporter.example)")" '' 'T-31: a reporter who has taken the key back is not written to with it'

# Deciding.
run sluis key accept "$(id_of bob)" --contact linde/it@linde.example
status 2 'to accept one it must be said how it was checked'
run sluis key accept "$(id_of bob)" --vouched-how meeting
status 2 'and whose it is'
run sluis key accept 9999 --contact linde --vouched-how meeting
status 1 'one that is none is refused'
run sluis key accept "$(id_of bob)" --contact linde/nobody@linde.example --vouched-how meeting
status 1 'and a contact that is none'
is "$(of_key bob '.[0].state')" waiting 'that decides nothing'

gpg_in "$work/gus" --import "$work/old.asc" 2>/dev/null
person new 'IT <it@linde.example>'
gpg_in "$work/new" --armor --export "$(fpr new)" | gpg_in "$work/old" --import 2>/dev/null
gpg_in "$work/old" --local-user "$(fpr old)" --quick-sign-key "$(fpr new)" >/dev/null 2>&1
gpg_in "$work/old" --armor --export "$(fpr new)" | bytes application/pgp-keys new.asc >"$work/attached"
echo 'Our new key.' | text >"$work/words2"
{ head_of old 'Our new key'; mixed "$work/words2" "$work/attached" | encrypted old --sign; } >"$work/m"
arrives
like "$(notice)" "^Key $(fpr new) \(attached, encrypted\) signed by the key that is pinned for the sender" \
    'a new key that the pinned one has signed is told as such'
is "$(show new '"\(.signed_by) \(.user_ids[0]) \(.pinned_for | length) \(.refused)"')" "$(fpr old) IT <it@linde.example> 0 null" \
    'and shown, with all that speaks for it'
is "$(show bob .signed_by)" null 'which no other one is'
run sluis key accept "$(id_of new)" --contact linde/it@linde.example --vouched-by ann --vouched-how old-key
status 0 'it is accepted'
silent 'without a word'
is "$(sluis participant show linde --json | jq -r --arg f "$(fpr new)" \
    '.contacts[0].keys[] | select(.fingerprint == $f) | "\(.vouched_by) \(.vouched_how)"')" 'ann old-key' 'and pinned, on that word'
is "$(of_key new '.[0].state') $(show new '.pinned_for[0]')" 'accepted linde it@linde.example' 'which is shown'
run sluis key accept "$(id_of new)" --contact linde --vouched-how meeting
status 1 'once'
run sluis key refuse "$(id_of new)"
status 1 'and cannot be refused any more'
run sluis key refuse "$(id_of carl)"
status 0 'another one is refused'
is "$(of_key carl '.[0].state')" refused 'and is'
sluis key accept "$(id_of eve)" --analyst ann --vouched-how meeting
is "$(sluis analyst show ann --json | jq '.keys | length')" 2 'an analyst may have it as well'

# What is of no use, and what takes a pinned one back.
gpg_in "$work/dora" --quick-generate-key 'signs <signs@reporter.example>' ed25519 sign never 2>/dev/null
gpg_in "$work/dora" --with-colons --list-keys signs@reporter.example | awk -F: '$1 == "fpr" { print $10; exit }' >"$work/signs.fpr"
gpg_in "$work/dora" --armor --export "$(fpr signs)" | bytes application/pgp-keys key.asc >"$work/attached"
{ head_of dora 'My other key'; mixed "$work/words" "$work/attached"; } >"$work/m"
arrives
run sluis key accept "$(id_of signs)" --contact linde/it@linde.example --vouched-how meeting
status 1 'T-31: one that cannot be encrypted to is not accepted'
stderr 'is refused: it can sign and not be encrypted to: ask its owner to add a subkey' 'and says why'
sed 's/^:-----BEGIN/-----BEGIN/' "$work/new/openpgp-revocs.d/$(fpr new).rev" | gpg_in "$work/new" --import 2>/dev/null
gpg_in "$work/new" --armor --export "$(fpr new)" | bytes application/pgp-keys new.asc >"$work/attached"
{ head_of eve 'Found this'; mixed "$work/words" "$work/attached"; } >"$work/m"
arrives
is "$(show new .refused | cut -d : -f 1)" 'its owner has revoked it' 'one that is pinned comes revoked'
sluis key accept "$(id_of new)" --contact linde/it@linde.example --vouched-how website
is "$(sluis participant show linde --json | jq -r --arg f "$(fpr new)" '.contacts[0].keys[] | select(.fingerprint == $f) | .unusable')" \
    revoked 'T-31: accepted, it is of no use from then on'

diag "T-28: $(sluis key quarantine --json | jq length) keys kept apart"

done_testing
