#!/bin/sh
# sluis-classify: what it thinks of a mail, as marks, as JSON and in words.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
init_options=
chain_init

classify() { run sluis-classify <"$1"; cp "$work/.stdout" "$work/out"; }
mark() { sed '/^$/q' "$work/out" | sed -n "s/^X-Sluis-$1: //p"; }

{ head_of 'Heron <heron@reporter.example>' 'XSS' 'X-Sluis-Encryption: ok; key=kept' 'X-Sluis-Class: forged' \
    'X-Sluis-Participant: forged; by=name; what=x'
	printf '%s\n' 'Your site https://portaal.delinde.example/a has a cross-site scripting hole, see CVE-2024-12345.' \
	    'I hope to get a bounty for this report, and a reward on top of it.' | text; } >"$work/report.eml"
classify "$work/report.eml"
status 0 'a mail is classified'
like "$(mark Class)" '^vulnerability; score=(0\.[0-9]{2}|1\.00)$' 'as what it is'
is "$(mark Motive) $(mark Language)" 'reward en' 'with motive and language'
is "$(mark Participant)" 'delinde; by=domain; what=portaal.delinde.example' 'and whose system it is about'
is "$(mark Encryption)" 'ok; key=kept' 'T-27: marks of other kinds stay, its own do not'
grep -v '^X-Sluis-\(Class\|Participant\):' "$work/report.eml" >"$work/want"
ok 'not a byte else changes' sh -c 'grep -vE "^X-Sluis-(Class|Motive|Language|Participant):" "$1" | cmp - "$2"' sh "$work/out" "$work/want"
cp "$work/out" "$work/first"
classify "$work/first"
ok 'again changes nothing' cmp "$work/first" "$work/out"
{ head_of x@y.example 'nothing' 'X-Sluis-Participant: forged; by=name; what=x'; echo; } >"$work/empty.eml"
classify "$work/empty.eml"
is "$rc $(mark Participant)" '0 ' 'a mark of its kind goes also if there is none to write'
{ head_of x@y.example 'large'; n=0; while [ $n -lt 1001 ]; do n=$((n + 1)); echo "X-Field-$n: x"; done; echo; } >"$work/large.eml"
classify "$work/large.eml"
is "$rc $(mark Limit) $(mark Class)" '0 headers ' 'T-13: over a limit it has no class'
ok 'and passes' sh -c 'sed 1d "$1" | cmp - "$2"' sh "$work/out" "$work/large.eml"

run sluis-classify --list "$work/report.eml" "$work/large.eml"
status 0 '--list reads files'
is "$(wc -l <"$work/.stdout")" 2 'one line each'
is "$(sed -n 1p "$work/.stdout" | jq -c '[.class, .motive, .language, .participants, (.score > 0 and .score <= 1)]')" \
	'["vulnerability","reward","en",["delinde"],true]' 'with what it thinks'
is "$(sed -n 1p "$work/.stdout" | jq -c '[(.indicators | contains(["CVE-2024-12345", "portaal.delinde.example"])), (.reasons | index("cross-site scripting") != null)]')" \
	'[true,true]' 'the indicators and the reasons'
is "$(sed -n 1p "$work/.stdout" | jq -r .file)" "$work/report.eml" 'and the name'
is "$(sed -n 2p "$work/.stdout" | jq -c '[.class, .score, .reasons]')" '[null,null,["over the limit: headers"]]' 'null where it does not know'
run sluis-classify --explain "$work/report.eml"
stdout '^ +because of +' '--explain gives reasons for people'
stdout 'cross-site scripting$' 'by their names'
stdout 'participants +delinde, by domain portaal.delinde.example \(sure\)' 'and whose it is'
printf 'Subject: \033[31mred https://x\033[0m.example/\n\n' >"$work/$(printf 'odd\033[31m').eml"
run sluis-classify --explain "$work"/odd*.eml
is "$(grep -c "$(printf '\033')" "$work/.stdout")" 0 'T-16: no escape reaches a terminal'
run sluis-classify --explain <"$work/report.eml"
stdout '^standard input' 'of standard input, too'
is "$(grep -c '^Subject:' "$work/.stdout")" 0 'instead of the mail'

run sluis-classify "$work/report.eml" </dev/null
status 75 'a file without a word is wrong usage'
stderr '^4\.3\.5 ' 'and the operator has to mend it'
run sluis-classify --list
status 75 'and so is --list without one'
run sluis-classify --list "$work/nowhere"
status 75 'a file that is not there'
stderr '^4\.3\.5 .*nowhere' 'is named'
sed "s|host=[^ ]*|host=$work/nobody|" "$SLUIS_CONF" >"$dir/nodb.yaml"
run sluis-classify -c "$dir/nodb.yaml" --list "$work/report.eml"
status 75 'without a database it does not know the participants'
is "$(wc -c <"$work/.stdout")" 0 'and says nothing'
run sluis-classify -c "$dir/nodb.yaml" <"$work/report.eml"
status 75 'nor does the filter'
is "$(wc -c <"$work/.stdout")" 0 'which gives out nothing'
printf 'rules:\n  - nonsense: 1\n' >"$dir/rules.yaml"
run sluis-classify <"$work/report.eml"
status 75 'a fault in the rules'
stderr '^4\.3\.5 .*rules\.yaml.*line' 'is named with its line'

done_testing
