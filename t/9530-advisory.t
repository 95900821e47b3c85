#!/bin/sh
# An advisory reaches exactly those who use the product, in two steps, and their
# answers find its case.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
init_options=--no-samples
chain_init
analyst ann
for name in linde vaart noord; do
	person "$name" "$name <desk@$name.example>"
done
cat >"$work/members.yaml" <<END
participants:
  - {name: linde, title: House Linde, languages: [nl], products: ["Citrix ADC 13.1", portal], domains: [linde.example],
     contacts: [{address: desk@linde.example, keys: ["$work/linde.asc"]}]}
  - {name: vaart, title: House Vaart, languages: [en], umbrella: roof, products: [ADC], domains: [vaart.example],
     contacts: [{address: desk@vaart.example, keys: ["$work/vaart.asc"]}]}
  - {name: noord, title: House Noord, languages: [nl], products: ["Citrix ADC 12.1"], domains: [noord.example],
     contacts: [{address: desk@noord.example, keys: ["$work/noord.asc"]}]}
  - {name: mute, title: House Mute, languages: [nl], products: ["citrix adc"], contacts: [{address: desk@mute.example, phone: "+31 20 555 0109"}]}
  - {name: other, title: House Other, products: ["Citrix ADC Online", "Citrix"]}
  - {name: maker, title: The Maker, kind: supplier, products: ["Citrix ADC"]}
END
sluis participant import "$work/members.yaml" >/dev/null
cat >"$work/csaf.json" <<'END'
{"document": {"csaf_version": "2.0", "category": "csaf_security_advisory", "title": "Citrix ADC: code execution",
  "aggregate_severity": {"text": "Critical"}, "notes": [{"category": "summary", "text": "Whoever reaches it runs code on it."}],
  "tracking": {"id": "A-1"}},
 "product_tree": {"branches": [{"category": "vendor", "name": "Citrix", "branches": [{"category": "product_name", "name": "ADC",
  "branches": [{"category": "product_version", "name": "13.1", "product": {"product_id": "P1", "name": "x"}},
   {"category": "product_version", "name": "12.1", "product": {"product_id": "P2", "name": "x"}}]}]}]},
 "vulnerabilities": [{"cve": "CVE-2026-0001", "product_status": {"known_affected": ["P1"], "known_not_affected": ["P2"]},
  "remediations": [{"category": "vendor_fix", "details": "Install 13.1-55."}]}]}
END

meant() { sluis advisory "$@" --dry-run --json | jq -r '.[].name' | xargs; }
is "$(meant "$work/csaf.json")" 'linde mute vaart' 'CSAF: who lists the product, in that version or in none'
is "$(sluis case list --json | jq length)" 0 'to look at that changes nothing'
printf 'Subject: Take care\nProduct: Citrix ADC\nVersion: 12.1\nVersion: 12\n\nDo something.\n' >"$work/text"
is "$(meant "$work/text")" 'mute noord' 'a text: by product and version'
is "$(meant "$work/text" --product portal)" linde 'what is typed counts instead'
typed() { sluis advisory "$work/text" --product 'Citrix ADC' --release "$1" --dry-run --json | jq -r '.[] | "\(.name)\(if .doubtful then "?" else "" end)"' | xargs; }
is "$(typed 'vers:generic/>=12.0|<12.5')" 'mute noord' 'a range: who has a version in it, or names none'
is "$(typed '<13.1.55')" 'linde? mute noord' 'what cannot be compared is concerned, and said to be so'
is "$(typed 'the new one')" 'linde? mute noord?' 'as where nothing can be'
sed 's/"category": "product_version", "name": "13.1"/"category": "product_version_range", "name": "vers:generic\/>=13.0|<13.1.55"/' "$work/csaf.json" >"$work/range.json"
is "$(meant "$work/range.json")" 'linde mute vaart' 'CSAF: ranges as well'
is "$(meant "$work/text" --all)" 'linde mute noord other vaart' 'all of them'
printf 'Look out.\n' >"$work/plain"
run sluis advisory "$work/plain" --dry-run
status 1 'without a product it is for nobody by itself'
is "$(meant "$work/plain" --umbrella roof)" vaart 'by umbrella'
is "$(meant "$work/plain" --kind supplier)" maker 'by kind'
run sluis advisory "$work/text" --product nothing
status 1 'nobody who uses it'
stderr 'for nobody' 'is said'

printf 'sha256\nabcdef\n' >"$work/signs.csv"
run sluis advisory "$work/range.json" --attach "$work/signs.csv" --json
status 0 'the first step'
tag=$(jq -r .case "$work/.stdout") hash=$(jq -r .confirm "$work/.stdout")
states() { outbox "[.[] | select(.kind == \"advisory\") | .state] | sort | join(\" \")"; }
is "$(states)" 'held held held' 'T-40: holds all letters'
sluis advisory "$work/range.json" --attach "$work/signs.csv" >/dev/null
is "$(sluis case list --json | jq length) $(states)" '1 held held held' 'again nothing more'
run sluis advisory "$work/range.json" --attach "$work/signs.csv" --all --confirm "$hash"
status 1 'T-40: a word for other addressees lets nothing go'
run sluis advisory "$work/range.json" --confirm "$hash"
status 1 'T-40: nor does one with something else attached'
is "$(states)" 'held held held' 'all of it is held'
sluis advisory "$work/range.json" --attach "$work/signs.csv" --confirm "$hash" >/dev/null
deliver
is "$(states)" 'held sent sent' 'the second step lets them go; T-31: without a key it is held'
is "$(sluis status --json | jq .calls)" 1 'and somebody is to call'
is "$(count_to desk@noord.example)$(count_to desk@maker.example)" 00 'nobody else is told'

mail=$(mail_to desk@linde.example)
ok 'it is encrypted to the contact' open_as linde "$mail"
cp "$work/opened" "$work/linde.opened"
read_mail text <"$work/opened" >"$work/letter"
like "$(cat "$work/letter")" 'Install 13.1-55' 'with what to do'
like "$(cat "$work/letter")" '^Advies: een zwakke plek in iets wat u gebruikt:$' 'and what is advised to who uses it, in the language of who reads it'
like "$(cat "$work/letter")" '^Advies: een dienst die iedereen op internet' 'and for such a weakness'
like "$(cat "$work/letter")" '^Kijkt u het zelf na: .* In uw lijst: Citrix ADC 13\.1$' 'that it could not be told whether it is meant'
like "$(cat "$work/letter")" 'niet aansprakelijk' 'and what we are not liable for'
is "$(grep -ciE 'vaart|noord|mute' "$work/letter")" 0 'and nobody else in it'
like "$(cat "$work/opened")" 'name="?advisory\.json' 'what machines read is enclosed'
like "$(cat "$work/opened")" 'name="?advisory-1\.csv' 'all of it'
is "$(read_mail head Subject <"$mail")" '[...]' 'outside it says nothing'

ref=$(sed -n 's/^\(Ref: .*\)/\1/p' "$work/letter")
id_of=$(read_mail head Message-ID <"$mail")
{ head_of linde "Re: $tag" "In-Reply-To: $id_of" "References: $id_of"
	printf '1\n\n%s\n' "$ref" | text | encrypted linde --sign; } >"$work/answer.eml"
take "$work/answer.eml" rd@sluis.example desk@linde.example && deliver
is "$(of_case "$tag" '.parties[] | select(.name == "linde") | .state')" affected 'an answer moves its party: concerned'
is "$(sluis case list --json | jq length)" 1 'and finds the case'
mail=$(mail_to desk@vaart.example)
open_as vaart "$mail"
ref=$(read_mail text <"$work/opened" | sed -n 's/^\(Ref: .*\)/\1/p')
{ head_of vaart "Re: $tag" "In-Reply-To: $(read_mail head Message-ID <"$mail")"
	printf '2\n\n%s\n' "$ref" | text | encrypted vaart --sign; } >"$work/answer.eml"
take "$work/answer.eml" rd@sluis.example desk@vaart.example && deliver
is "$(of_case "$tag" '[.parties[] | select(.role == "participant") | "\(.name) \(.state)"] | sort | join(", ")')" \
	'linde affected, mute none, vaart fixed' 'each party has a state of its own'
ok 'its answer is noted' open_as vaart "$(mail_to desk@vaart.example)"
like "$(read_mail text <"$work/opened")" 'it is solved with you' 'in the words of an advisory'

done_testing
