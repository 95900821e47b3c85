#!/bin/sh
# The figures of a year: from real mails and what analysts did with them, as tables
# and as one page that asks for nothing and names nobody.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

init_options=--no-samples chain_init
analyst ann
person heron 'Grey Heron <heron@reporter.example>'
cat >"$work/them.yaml" <<'END'
participants:
  - {name: one, title: Ziekenhuis Een, umbrella: 'Zorg & <b>Co</b>', domains: [een.example]}
  - {name: two, title: Ziekenhuis Twee, umbrella: 'Zorg & <b>Co</b>', domains: [twee.example]}
  - {name: three, title: Ziekenhuis Drie, umbrella: 'Zorg & <b>Co</b>', domains: [drie.example]}
  - {name: alone, title: Kliniek Alleen, umbrella: Bond der Enkelen, domains: [alleen.example]}
END
sluis participant import "$work/them.yaml" >/dev/null

for host in een twee drie; do
	{ head_of heron 'Cross-site scripting'; printf '%s\n' "A cross-site scripting vulnerability in https://www.$host.example/?q=1" \
	    'Steps to reproduce: 1. log in.' | text | encrypted heron; } >"$work/report.eml"
	take "$work/report.eml" && deliver
	printf '/severity high\n/status triage\n' | answers ann
	echo /status resolved | answers ann
	tag=$(case_of)
done
{ head_of 'Rob <rob@elsewhere.example>' 'Cross-site scripting'
text <<'END'
A cross-site scripting vulnerability in https://www.alleen.example/?q=1, steps to reproduce: 1. log in.
END
} >"$work/report.eml"
take "$work/report.eml" && deliver
is "$(sluis case show "$tag" --json | jq -r .status)" resolved 'analysts did their work'

run sluis report --json
status 0 'the figures of this year'
cp "$work/.stdout" "$work/json"
figure() { jq -c "$1" "$work/json"; }
is "$(figure '[.year, .reports]')" "[$(date +%Y),4]" 'how many came'
is "$(figure '[.class[] | [.key, .n]]')" '[["vulnerability",4]]' 'by class'
is "$(figure '[.umbrella[] | [.key, .n, .part]]')" '[["Zorg & <b>Co</b>",3,3],["other",1,1]]' \
	'by umbrella; one of few is not named'
is "$(figure '[.acknowledge[] | [.n, .median_hours < 1]] | unique')" '[[4,true]]' 'until the acknowledgement'
is "$(figure '[.assess[], .fix[] | [.n, .median_hours < 1]] | unique')" '[[3,true]]' 'the assessment and the repair'
is "$(figure '[.encrypted[] | [.n, .part]]')" '[[4,3]]' 'three of four came encrypted'

run sluis report --html "$work/page.html"
status 0 'one page'
page() { grep -Eo "$1" "$work/page.html" | wc -l; }
is "$(page '<svg role="img"') $(page '<title id=') $(page '<desc id=')" '8 8 8' 'each picture has a title and says what is in it'
is "$(page '<(script|link|img|iframe|object|form|a)[ >]') $(page 'https?://|url\(|@import|javascript:| on[a-z]+=| style=')" '0 0' \
	'it runs nothing and asks for nothing'
ok 'and forbids both' grep -q "Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'" "$work/page.html"
is "$(page '<b>Co') $(page 'Zorg &amp; &lt;b&gt;Co')" '0 3' 'names are text, in the picture, in what it says, and in the table'
is "$(page 'heron|reporter\.example|elsewhere|Ziekenhuis|alleen|Enkelen|ann@|RD-2')" 0 'and none is of a person or of a member'
ok 'it can be read by night and on paper' test "$(page 'prefers-color-scheme: dark|@media print')" -ge 2
if have xmllint; then
	sed 's/<meta [^>]*>//; s/<!DOCTYPE html>//' "$work/page.html" >"$work/page.xml"
	ok 'its elements end where they should' xmllint --noout "$work/page.xml"
fi
is "$(sluis report --html - | sed 's/[Mm]ade on .*//')" "$(sed 's/[Mm]ade on .*//' "$work/page.html")" 'the same to standard output'
setting team.language nl
sluis report --html "$work/page.html"
ok 'in the language of the team' grep -q '<html lang="nl">' "$work/page.html"
is "$(page '<title id="month-t">Meldingen per maand')" 1 'with its words'

run sluis report --csv
stdout '^topic,key,n,part,median_hours,most_hours' 'as a table for programs'
stdout '^"class","vulnerability","4",' 'a row each'
run sluis report --year 1999
status 0 'a year with nothing in it'
stdout '^1999: 0 reports$' 'has nothing'
run sluis report --year 1999 --html "$work/page.html"
status 0 'also as a page'
run sluis report --year soon
status 2 'what is no year is wrong'
run sluis report
stdout '^ *vulnerability +4' 'tables for people'

done_testing
