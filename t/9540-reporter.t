#!/bin/sh
# Who wrote: earlier reports of an address or a key and how they turned out, a mark
# until its day, nearly the same text, and a mass mailing in one case.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

init_options=--no-samples chain_init
setting outgoing.acks_per_sender 100
analyst ann
person heron 'Grey Heron <heron@reporter.example>'
n=0
while [ $n -lt 12 ]; do
	n=$((n + 1))
	echo "  - {name: org$n, title: Organisation $n, domains: [org$n.example]}"
done | { echo 'participants:'; cat; } >"$work/them.yaml"
sluis participant import "$work/them.yaml" >/dev/null
read_notice() { receipt ann >"$work/notice"; }

# --- earlier reports ---

{ head_of heron 'Cross-site scripting'; printf '%s\n' 'A cross-site scripting vulnerability in https://www.org1.example/?q=1' \
    'Steps to reproduce: 1. log in.' | text | encrypted heron --sign; } >"$work/report.eml"
take "$work/report.eml" && deliver
first=$(case_of)
read_notice
like "$(cat "$work/notice")" '^ +no earlier reports; signed by an unknown key' 'nobody is known at first'
unlike "$(cat "$work/notice")" 'trend|since' 'and nothing is told of the past'
printf '/triage confirmed=yes\n' | answers ann
{ head_of heron 'SQL injection'; echo 'An SQL injection in https://www.org2.example/?id=1, steps to reproduce: add a quote.' |
    text | encrypted heron --sign; } >"$work/report.eml"
take "$work/report.eml" && deliver
second=$(case_of)
read_notice
like "$(cat "$work/notice")" "^       1 earlier report since [0-9-]{10}, 1 confirmed, 1 open; last $first \(vulnerability, new\)\$" \
	'by the address: how many, and how they turned out'
like "$(cat "$work/notice")" '^       trend: more \(1 / 0\); confirmed, newest first: yes$' 'and whether there are more'
printf '/triage confirmed=no\n' | answers ann
echo /close | answers ann || :
{ head_of 'Another Name <other@elsewhere.example>' 'Path traversal'
echo 'A path traversal in https://www.org3.example/?f=../x, steps to reproduce: add dots.' | text | encrypted heron --sign
} >"$work/report.eml"
take "$work/report.eml" && deliver
read_notice
like "$(cat "$work/notice")" '^       2 earlier reports since .*, 1 confirmed, 1 refuted, .*; last '"$second" 'by the key, from another address'
{ head_of 'Heron <HERON+bugs@Reporter.example>' 'Open redirect'
echo 'An open redirect in https://www.org4.example/?u=x, steps to reproduce: follow it.' | text; } >"$work/report.eml"
take "$work/report.eml" && deliver
read_notice
like "$(cat "$work/notice")" '^       [23] earlier reports since ' 'and by the address, written otherwise'
{ head_of 'Stranger <stranger@reporter.example>' 'Clickjacking'
echo 'Clickjacking in https://www.org5.example/, steps to reproduce: frame it.' | text; } >"$work/report.eml"
take "$work/report.eml" && deliver
read_notice
like "$(cat "$work/notice")" '^ +no earlier reports; ' 'who only shares a host is another'

# --- a mark ---

run sluis reporter mark "$first" 'asks for money after each report' --until +20
status 0 'a reporter is marked'
run sluis reporter show "$second" --json
is "$(jq -r '"\(.mark) \(.who) \(.confirmed) \(.refuted)"' "$work/.stdout")" 'asks for money after each report operator 1 1' \
	'by whatever case of theirs'
report_again() {
	{ head_of heron "$1"; echo "$2" | text | encrypted heron --sign; } >"$work/report.eml"
	take "$work/report.eml" && deliver
	read_notice
}
report_again 'CSRF' 'A missing token in https://www.org6.example/form, steps to reproduce: post it.'
like "$(cat "$work/notice")" '^! marked by operator, until [0-9-]{10}: asks for money after each report$' 'analysts see it with what comes'
run sluis reporter mark "$first" 'x' --until yesterday
status 2 'a day that is past is none'
run sluis reporter mark RD-2026-NONE 'x'
status 1 'nor is there a reporter of no case'
run sluis reporter unmark "$first"
report_again 'XXE' 'An external entity in https://www.org7.example/xml, steps to reproduce: send it.'
unlike "$(cat "$work/notice")" 'marked by' 'and not when it was taken away'
psql="psql -XAtq -h $(readlink "$dir/run")/pg -U postgres sluis"
sluis reporter mark "$first" 'canary-of-the-mark' >/dev/null
is "$($psql -c 'table sluis.reporter_mark; table sluis.text_sketch; table sluis.text_band; table sluis.triage' 2>&1 | grep -c 'canary\|heron\|x63616e617279')" 0 \
	'T-55: neither mark nor text nor address is there in clear'
is "$($psql -c 'select count(*) > 0 from sluis.text_sketch' 2>/dev/null)" t 'though they are there'
$psql -c "update sluis.reporter_mark set until = now() - interval '1 day'" >/dev/null
report_again 'SSRF' 'A request to inside from https://www.org8.example/get, steps to reproduce: ask for it.'
unlike "$(cat "$work/notice")" 'marked by' 'nor when it ended'

# --- the same text, and many ---

mass() {
	{ head_of "${2:-Rob <rob@bulk.example>}" 'Your security'; text <<END
Dear sir, I am a security researcher and found that https://www.org$1.example/ has no policy for
content, so that a page can be shown in a frame of another one and clicks be stolen. Please see the
report number $1 and tell me what reward you give for such a vulnerability. I wait for your kind answer.
END
	} >"$work/mass.eml"
	take "$work/mass.eml" && deliver
}
mass 1
begun=$(case_of)
read_notice
unlike "$(cat "$work/notice")" 'this text' 'a text that is new'
mass 2
read_notice
like "$(cat "$work/notice")" "^! nearly this text came before: mail 2, participants 2; first in $begun\$" 'came before, with another host'
is "$(case_of | grep -c "$begun")" 0 'and is a case of its own'
n=2
while [ $n -lt 9 ]; do n=$((n + 1)); mass $n; done
is "$(sluis case list --json | jq '[.[] | select(.parties[0].address == "rob@bulk.example")] | length')" 9 'nine of them are nine'
before=$(count_to ann@team.example) acks=$(count_to rob@bulk.example)
mass 10
is "$(case_of)" "$begun" 'the tenth is of a mass mailing: in the case of the first'
read_notice
like "$(cat "$work/notice")" "^! mass mailing, mail 10, participants 10; first in $begun\$" 'which is told'
mass 11
mass 12
is "$(case_of) $(($(count_to ann@team.example) - before)) $(($(count_to rob@bulk.example) - acks))" "$begun 1 0" \
	'those after it go there without a word to anybody'
is "$(of_case "$begun" '"\(.participants | length) \([.messages[] | select(.direction == "in")] | length)"')" '4 4' 'counted, with whom they are about'
mass 12 'Ria <ria@bulk.example>'
is "$(case_of | grep -c "$begun")" 0 'another sender of that text has a case of its own'

done_testing
