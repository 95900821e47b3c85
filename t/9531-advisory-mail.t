#!/bin/sh
# An advisory by mail reaches exactly those who use the product, after a word that has
# seen it, and not before the embargo of its case is over.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

answer_init
for name in linde vaart maker; do
	person "$name" "$name <desk@$name.example>"
done
cat >"$work/members.yaml" <<END
participants:
  - {name: linde, title: House Linde, languages: [nl], products: ["Citrix ADC 13.1"], domains: [linde.example],
     contacts: [{address: desk@linde.example, keys: ["$work/linde.asc"]}]}
  - {name: vaart, title: House Vaart, languages: [en], products: [ADC], domains: [vaart.example],
     contacts: [{address: desk@vaart.example, keys: ["$work/vaart.asc"]}]}
  - {name: mute, title: House Mute, languages: [nl], products: ["citrix adc"], contacts: [{address: desk@mute.example, phone: "+31 20 555 0109"}]}
  - {name: other, title: House Other, products: ["Citrix"], contacts: [{address: desk@other.example}]}
  - {name: maker, title: The Maker, kind: supplier, contacts: [{address: desk@maker.example, keys: ["$work/maker.asc"]}]}
END
sluis participant import "$work/members.yaml" >/dev/null
cat >"$work/csaf.json" <<'END'
{"document": {"csaf_version": "2.0", "title": "Citrix ADC: code execution"},
 "product_tree": {"branches": [{"category": "vendor", "name": "Citrix", "branches": [{"category": "product_name", "name": "ADC",
  "product": {"product_id": "P1", "name": "x"}}]}]},
 "vulnerabilities": [{"cve": "CVE-2026-0001", "remediations": [{"category": "vendor_fix", "details": "Install 13.1-55."}]}]}
END
states() { outbox '[.[] | select(.kind == "advisory") | .state] | sort | join(" ")'; }

# --- a fresh mail, with a file machines read

printf '/advisory\nSubject: Citrix ADC, today\n\nWhoever reaches it runs code on it.\n' | text >"$work/words"
bytes application/json csaf.json <"$work/csaf.json" >"$work/file"
bytes application/pgp-keys ann.asc <"$work/ann.asc" >"$work/key"
{ head_of ann 'advisory'; mixed "$work/words" "$work/file" "$work/key" | encrypted ann --sign; } >"$work/order.eml"
take "$work/order.eml" rd@sluis.example ann@team.example && deliver
receipt ann >"$work/preview"
like "$(cat "$work/preview")" '^Exactly this goes to linde, mute \(no usable key\), vaart:$' 'T-40: it is shown for whom it is'
like "$(cat "$work/preview")" '^\| Whoever reaches it runs code on it\.$' 'T-40: with its words'
is "$(grep -c '^#' "$work/preview") $(grep '^#1' "$work/preview")" '1 #1 advisory-1.json application/json' 'T-45: and what travels with it, which is no key'
is "$(states)$(sluis case list --json | jq length)" 0 'T-41: without a one-time word nothing is done'
echo /confirm | answers ann
is "$(states)" 'held sent sent' 'the word lets go what was shown; T-31: without a key it is held'
tag=$(sluis case list --json | jq -r '.[0].tag')
like "$(receipt ann)" "new case $tag, advisory to 3 organisations, leaves now" 'and says so'
is "$(sluis status --json | jq .calls) $(count_to desk@other.example)$(count_to desk@maker.example)" '1 00' 'somebody is to call, and nobody else is told'
echo /confirm | answers ann
is "$(sluis case list --json | jq length) $(states)" '1 held sent sent' 'T-38: once'

ok 'it is encrypted to the contact' open_as linde "$(mail_to desk@linde.example)"
read_mail text <"$work/opened" >"$work/letter"
like "$(cat "$work/letter")" 'Citrix ADC, today' 'with its title'
like "$(cat "$work/letter")" 'niet aansprakelijk' 'and the disclaimer, in the language of who reads it'
is "$(grep -ciE 'vaart|mute' "$work/letter")" 0 'and nobody else in it'
like "$(cat "$work/opened")" 'name="?advisory-1\.json' 'what machines read is enclosed'

# WHO answers the last letter with NUMBER.
chooses() {
	open_as "$1" "$(mail_to "desk@$1.example")"
	{ head_of "$1" 'Re: [...]' "In-Reply-To: $(read_mail head Message-ID <"$work/opened")"
		printf '%s\n' "$2" | text | encrypted "$1" --sign; } >"$work/answer.eml"
	take "$work/answer.eml" rd@sluis.example "desk@$1.example" && deliver
}
parties() { of_case "$1" '[.parties[] | select(.role == "participant") | "\(.name) \(.state)"] | sort | join(", ")'; }
chooses linde 1
chooses vaart 3
is "$(parties "$tag")" 'linde affected, mute none, vaart not-ours' 'each answer moves its own party'
is "$(sluis case list --json | jq length)" 1 'in the case of the advisory'

digest() { sluis-digest --preview "$1" | tr -d '\n'; }
like "$(digest linde)" "$tag" 'T-63: the case is in the digest of who was told'
unlike "$(digest linde)" 'vaart|mute' 'and nobody else in it'
sluis-clock --once
is "$(sluis clock list --json | jq -r "[.[] | select(.case == \"$tag\" and .state == \"runs\") | .kind] | join(\" \")")" '' 'nobody owes an assessment of what we warn of ourselves'

# --- in a case of a supplier, under embargo

{ head_of 'Grey Heron <heron@reporter.example>' 'A hole in ADC'; printf 'ADC runs code of whoever asks it to.\n' | text; } >"$work/report.eml"
take "$work/report.eml" && deliver
tag=$(case_of)
printf '/open supplier maker\n/embargo +3 12:00\n' | answers ann
printf '/advisory product="Citrix ADC" version=13.1 product=ADC\nTake it off the internet until Friday.\n' | answers ann
like "$(receipt ann)" 'HELD as [0-9a-f]{8}, 3 organisations \(an advisory\)' 'in answer to a notice the letters are held'
held() { outbox "[.[] | select(.case == \"$tag\" and .kind == \"advisory\") | .state] | sort | join(\" \")"; }
is "$(held)" 'held held held' 'all of them'
receipt ann | sed -n 's/.*HELD as \([0-9a-f]*\),.*/\1/p' >"$work/hash"
printf '/confirm %s\n' "$(cat "$work/hash")" | answers ann
like "$(receipt ann)" 'leaves when the embargo is over, .* 12:00' 'confirmed, they wait for the hour'
sluis-work --once && sluis-send --once
is "$(held) $(sluis status --json | jq .calls)" 'held ready ready 1' 'nothing leaves before it, and nobody is to be called'
open_as vaart "$(mail_to desk@vaart.example)"
unlike "$(read_mail text <"$work/opened")" 'until Friday' 'nobody has heard of it'

unlike "$(digest vaart)" "$tag" 'nor does a digest say so'

printf 'Take it off the internet now.\n' >"$work/now"
run sluis advisory "$work/now" --product ADC --case "$tag" --json
status 0 'the operator does the same'
hash=$(jq -r .confirm "$work/.stdout")
like "$(jq -r .embargo "$work/.stdout")" '^20' 'and is told of the embargo'
is "$(sluis advisory "$work/now" --product ADC --case "$tag" --confirm "$hash" --json | jq .released)" 1 'and lets go this one alone'
sluis-send --once
is "$(held)" 'held ready ready ready' 'which waits as well'

printf '/advisory product=ADC early\nIt is abused already: take it off now.\n' | answers ann
like "$(receipt ann)" 'HELD as [0-9a-f]{8}, 1 organisations \(it would leave before the embargo is over\)' 'before its hour it needs a word for that'
receipt ann | sed -n 's/.*HELD as \([0-9a-f]*\),.*/\1/p' >"$work/hash"
printf '/confirm %s\n' "$(cat "$work/hash")" | answers ann
is "$(held)" 'held ready ready ready sent' 'and then leaves'

ask "update sluis.clock set due = now() - interval '1 minute' where kind = 'embargo'" >/dev/null
deliver
is "$(held) $(sluis status --json | jq .calls)" 'held sent sent sent sent 2' 'when it is over the others leave, and who has no key is to be called'

# --- what is none

printf '/advisory\nLook out.\n' | answers ann
like "$(receipt ann)" 'it names no product' 'without a product it is for nobody by itself'
printf '/advisory product=nothing\nLook out.\n' | answers ann
like "$(receipt ann)" 'nobody in the directory uses that' 'nor with one nobody uses'
printf '/advisory produkt=x\nLook out.\n' | answers ann
like "$(receipt ann)" 'produkt=x' 'a slip refuses'
printf '/advisory all\n' | answers ann
like "$(receipt ann)" 'a text must follow' 'and so does nothing to tell'

done_testing
