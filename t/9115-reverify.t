#!/bin/sh
# A key that arrives later, changes or goes: signatures are looked at again.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
chain_init
analyst ann
person it 'IT <ict@devaart.example>'
person other 'Other <other@devaart.example>'
person late 'Late <late@devaart.example>'
gpg_in "$work/late" --quick-add-key "$(fpr late)" ed25519 sign 0
gpg_in "$work/late" --armor --export "$(fpr late)" >"$work/late.asc"
sluis participant add devaart --contact other@devaart.example --key "$work/other.asc" --domain devaart.example >/dev/null
deliver

# verdict_of TAG, events_of TAG, letters: what is said of the first message.
verdict_of() { of_case "$1" '.messages[0] | "\(.signature) \(.signer)"'; }
events_of() { of_case "$1" '[.events[] | select(.kind == "verdict") | .detail | sub("^message [0-9]+: "; "")] | join("; ")'; }
letters() { outbox '[.[] | select(.kind == "verdict")] | length'; }
report() {	# WHO: content on standard input
	{ head_of "$1" 'Our portal'; cat; } >"$work/m"
	take "$work/m" && deliver
}
words() { printf 'Our portal https://portaal.devaart.example/ has a hole (IDOR), no. %s.\n' "$1" | text; }

# --- a key that is pinned later ---

words 1 | encrypted it --sign >"$work/1"; report it <"$work/1"; encrypted=$(case_of)
words 2 | signed it >"$work/2"; report it <"$work/2"; clear=$(case_of)
words 3 | gpg_in "$work/it" --clear-sign >"$work/3.txt"
text <"$work/3.txt" >"$work/3"; report it <"$work/3"; inline=$(case_of)
words 4 | signed late >"$work/4"; report late <"$work/4"; subkey=$(case_of)
words 5 | signed it | sed 's/no\. 5/no. 6/' >"$work/5"; report it <"$work/5"; bad=$(case_of)
words 6 >"$work/6"; report it <"$work/6"; none=$(case_of)
words 7 | signed other >"$work/7"; report other <"$work/7"; good=$(case_of)
cases="$encrypted $clear $inline $subkey $bad"
for tag in $cases; do like "$(verdict_of "$tag")" '^unknown-key ' "before: $tag is by an unknown key"; done
is "$(verdict_of "$none")" 'none null' 'one is not signed'
is "$(verdict_of "$good")" "good $(fpr other)" 'one is by a key that is pinned'
for tag in $cases $none; do of_case "$tag" '.parties, .participants, .status, (.messages[0] | .verified)'; done >"$work/trust"
forget_mails
before=$(outbox length)

sluis participant add devaart --contact ict@devaart.example --key "$work/it.asc" >/dev/null
deliver
is "$(verdict_of "$encrypted")" "good $(fpr it)" 'encrypted and signed: by itself, when the key is pinned'
is "$(events_of "$encrypted")" 'signature unknown-key -> good' 'and the case says what it was'
is "$(verdict_of "$clear")" "good $(fpr it)" 'signed in clear'
is "$(verdict_of "$inline")" "good $(fpr it)" 'a block in the text'
is "$(verdict_of "$bad")" "bad $(fpr it)" 'one whose text was changed is found out to be bad'
is "$(events_of "$bad")" 'signature unknown-key -> bad' 'which its case says'
like "$(verdict_of "$subkey")" '^unknown-key ' 'by another key: as before'
is "$(verdict_of "$none") $(verdict_of "$good")" "none null good $(fpr other)" 'what is not concerned is as before'
is "$(sluis reception list --json | jq -r ".[] | select(.case == \"$encrypted\") | \"\(.signature) \(.signer)\"")" \
    "good $(fpr it)" 'its reception says so too'
for tag in $cases $none; do of_case "$tag" '.parties, .participants, .status, (.messages[0] | .verified)'; done >"$work/trust-now"
ok 'nothing else has changed: neither party nor trust' cmp "$work/trust" "$work/trust-now"
is "$(outbox length)" "$((before + 4))" 'nothing is caused but a letter a case'
is "$(letters) $(count_to ann@team.example)" '4 4' 'to the analyst'
ok 'which is for her' open_as ann "$dir/outgoing/new/$(outbox "[.[] | select(.kind == \"verdict\" and .case == \"$bad\") | .id] | max").sluis"
read_mail text <"$work/opened" >"$work/letter"
like "$(read_mail head Subject <"$work/opened")" "^$bad: " 'about the case'
like "$(cat "$work/letter")" "^message [0-9]+: unknown-key -> bad, key $(fpr it)\$" 'with both words and the key'
is "$(grep -ac -e 'no\.' -e portaal "$work/opened")" 0 'and not a word of the mail'
like "$(of_case "$encrypted" '.messages[0].text')" 'no\. 1' 'the extract has all it had'
made=$(of_case "$encrypted" '.messages[0].signed | fromdate')
ok 'and when it was signed' test "$(($(date +%s) - made))" -lt 600
is "$(of_case "$none" '.messages[0].signed')" null 'where it was'
like "$(sluis case show "$encrypted")" 'unknown-key -> good' 'the operator sees it'

sluis participant add devaart --contact late@devaart.example --key "$work/late.asc" >/dev/null
deliver
is "$(verdict_of "$subkey")" "good $(fpr late)" 'by a subkey for signing: good, too'
is "$(letters)" 5 'one more letter'

# --- again changes nothing ---

deliver
sluis participant add devaart --contact ict@devaart.example --key "$work/it.asc" >/dev/null
deliver
sluis case reverify "$encrypted" >"$work/.stdout"
like "$(cat "$work/.stdout")" '^1 message to be verified again' 'an operator may ask for a case'
sluis case reverify "$encrypted" >/dev/null
deliver
is "$(letters)" 5 'the same key again, and the same question twice: nothing new'
is "$(events_of "$encrypted")" 'signature unknown-key -> good' 'nor in the case'
run sluis case reverify RD-2026-00000
status 1 'there is no such case'
stderr 'there is no case' 'which is said'

# --- analysts, imports, imported mail ---

person bob 'Bob <bob@team.example>'
words 8 | encrypted bob --sign >"$work/8"; report bob <"$work/8"; colleague=$(case_of)
like "$(verdict_of "$colleague")" '^unknown-key ' 'before bob is an analyst'
sluis analyst add bob --address bob@team.example --key "$work/bob.asc" >/dev/null
deliver
is "$(verdict_of "$colleague")" "good $(fpr bob)" "an analyst's key does the same"

person crane 'Crane <sec@labnoord.example>'
words 9 | encrypted crane --sign >"$work/9"
{ head_of crane 'Our portal'; cat "$work/9"; } >"$work/m"
{ echo 'From crane Mon Nov  2 10:00:00 2026'; sed 's/^From />&/' "$work/m"; echo; } >"$work/mbox"
sluis import "$work/mbox" >/dev/null
deliver
imported=$(case_of)
like "$(verdict_of "$imported")" '^unknown-key ' 'a mail of an old mailbox'
count=$(letters)
cat >"$work/members.yaml" <<-END
	participants:
	  - name: labnoord
	    title: Lab Noord
	    contacts:
	      - address: sec@labnoord.example
	        keys: [crane.asc]
END
run sluis participant import "$work/members.yaml"
status 0 'a directory is imported'
deliver
is "$(verdict_of "$imported")" "good $(fpr crane)" 'by import, too'
is "$(letters)" "$count" 'and nobody is written to about old mail'

# --- a key that is revoked, or removed ---

revoke() {
	sed 's/^:\(-----BEGIN\)/\1/' "$work/$1/openpgp-revocs.d/$(fpr "$1").rev" | gpg_in "$work/$1" --import 2>/dev/null
	gpg_in "$work/$1" --armor --export "$(fpr "$1")" >"$work/$1.asc"
}
revoke it
sluis participant add devaart --contact ict@devaart.example --key "$work/it.asc" >/dev/null 2>&1
deliver
is "$(verdict_of "$encrypted")" "revoked $(fpr it)" 'a revocation that is pinned: the new word'
is "$(events_of "$encrypted")" 'signature unknown-key -> good; signature good -> revoked' 'both stay among the events'
is "$(sluis reception list --json | jq -r ".[] | select(.case == \"$clear\") | .signature")" revoked 'of each mail it signed'

is "$(verdict_of "$good")" "good $(fpr other)" 'as long as a key is there'
sluis participant remove devaart >/dev/null
sluis case reverify "$good" >/dev/null
deliver
like "$(verdict_of "$good")" '^unknown-key ' 'one that was removed: unknown'
is "$(events_of "$good")" 'signature good -> unknown-key' 'which the case says'

done_testing
