#!/bin/sh
# What machines find reaches whom it concerns, once, and nobody else.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
init_options=--no-samples
chain_init
analyst ann
for name in linde vaart; do
	person "$name" "$name <desk@$name.example>"
done
sluis participant add linde --title 'House Linde' --domain linde.example --network 192.0.2.0/27 \
	--network 2001:db8:1::/48 --contact desk@linde.example --key "$work/linde.asc" --language nl >/dev/null
sluis participant add vaart --title 'House Vaart' --domain vaart.example --network 192.0.2.32/28 \
	--contact desk@vaart.example --key "$work/vaart.asc" --language en >/dev/null

hits() { outbox "[.[] | select(.kind == \"hit\" and .to == \"desk@$1.example\")] | length"; }
observed() { sluis observation list --json | jq -r ".[] | [$1] | join(\" \")" | sort; }
field() { jq -r ".[0].$1" "$work/.stdout"; }

cat >"$work/2026-11-24-scan_rdp-netherlands-geo.csv" <<'END'
"timestamp","severity","ip","protocol","port","hostname","tag"
"2026-11-24 01:11:09","high","192.0.2.17","tcp",3389,"","rdp"
"2026-11-24 01:11:09","high","192.0.2.33","tcp",3389,"mail.vaart.example","rdp"
"2026-11-24 01:11:09","high","198.51.100.9","tcp",3389,"xvaart.example","rdp"
"2026-11-24 01:11:09","high","2001:db8:1::9","tcp",3389,"","rdp"
"2026-11-24 01:11:09","high","none","tcp",3389,"","rdp"
"2026-11-24 01:11:09","high","192.0.2.17
END
file=$work/2026-11-24-scan_rdp-netherlands-geo.csv
run sluis observe "$file" --json
status 1 'rows that are wrong are told by the status'
stderr '2 rows could not be read; the others are done' 'and in words'
is "$(jq -r '.[0] | "\(.rows) \(.matched) \(.others) \(.harmless) \(.malformed)"' "$work/.stdout")" '6 3 1 0 2' \
	'every row is accounted for'
is "$(field 'faults | map("\(.line) \(.why)") | join("; ")')" '6 no address; 7 the quotes do not fit' 'those that are wrong by their lines'
is "$(observed .participant,.type,.severity,.address,.host,.port)" 'linde scan-rdp high 192.0.2.17  3389
linde scan-rdp high 2001:db8:1::9  3389
vaart scan-rdp high 192.0.2.33 mail.vaart.example 3389' 'each has its own, by address and whole labels (T-37)'
is "$(hits linde) $(hits vaart)" '1 1' 'what is severe is told at once, in one letter'
run sluis observe "$file" --json
status 0 'the same file again'
is "$(field again) $(hits linde) $(observed .times | xargs)" 'true 1 1 1 1' 'is nothing again'

sluis-send --once
mail=$(mail_to desk@linde.example)
ok 'the letter is encrypted to the contact' open_as linde "$mail"
read_mail text <"$work/opened" >"$work/letter"
like "$(cat "$work/letter")" '192\.0\.2\.17:3389  scan-rdp  hoog' 'it says what was found, in its language'
like "$(cat "$work/letter")" 'Advies: een dienst die iedereen' 'what we advise for that'
like "$(cat "$work/letter")" 'niet aansprakelijk' 'and what we are not liable for'
is "$(grep -c 'vaart\|192\.0\.2\.33\|198\.51\.100' "$work/letter")" 0 'and nothing of anybody else (T-63)'
is "$(read_mail head Subject <"$mail")" '[...]' 'outside it says nothing'

# Repeats: seen again the next day it waits until it is over.
sed 's/2026-11-24/2026-11-25/' "$file" >"$work/2026-11-25-scan_rdp-netherlands-geo.csv"
sluis observe "$work/2026-11-25-scan_rdp-netherlands-geo.csv" >/dev/null 2>&1
is "$(observed .times | xargs) $(hits linde)" '2 2 2 1' 'what was told is not told the next day'
faked +15d sluis-clock --once
is "$(hits linde)" 1 'nor later, when it was not seen again'
printf 'ip\n192.0.2.17\n' >"$work/2026-12-25-scan_rdp-nl.csv"
faked +20d sluis observe "$work/2026-12-25-scan_rdp-nl.csv" >/dev/null
is "$(hits linde) $(hits vaart)" '2 1' 'but once more when it is still there after the time of its type'

# The worst: somebody of ours is to call.
printf 'domain,type\nwww.vaart.example,compromised-website\n' | gzip >"$work/x.csv.gz"
run sluis observe "$work/x.csv.gz" --source friends
status 0 'a packed table'
stdout 'csv, 1 rows: 1 matched, 0 not ours, 0 harmless, 0 malformed' 'is read as it flows'
is "$(sluis status --json | jq .calls)" 1 'somebody has to call for what is critical'
is "$(hits vaart)" 2 'and the contact is told'
is "$(sluis feed list --json | jq -r '.[0] | "\(.source) \(.vouched) \(.matched)"')" 'friends true 1' 'the list of feeds has it'

# What flows in is bounded.
head -c 70000000 /dev/zero | gzip >"$work/bomb.csv.gz"
run sluis observe "$work/bomb.csv.gz" --json
status 1 'T-14: a bomb is not read to its end'
is "$(field 'faults[-1].why')" 'what is packed is too much' 'T-14: and said to be one'

# By mail.
arf() {
	printf '%s\n' 'Content-Type: multipart/report; report-type=feedback-report; boundary=arf' '' \
	    '--arf' 'Content-Type: text/plain' '' 'This is a report of abuse.' '--arf' 'Content-Type: message/feedback-report' '' \
	    'Feedback-Type: abuse' 'User-Agent: x/1' 'Version: 1' "Source-IP: $1" '' \
	    '--arf' 'Content-Type: message/rfc822' '' 'From: a@b.example' 'Subject: spam' '' 'buy' '--arf--'
}
cat >>"$SLUIS_CONF" <<'END'
checker: mx.sluis.example
END
sed 's/^sources:/&\n  - {name: robot, from: ["robot@feeds.example"], proof: dmarc}/' "$SLUIS_SOURCE/conf/feeds.yaml" >"$dir/feeds.yaml"
setting folders.feeds feeds.yaml
{ echo 'Authentication-Results: mx.sluis.example; dmarc=pass header.from=feeds.example'
	head_of 'Robot <robot@feeds.example>' 'abuse report'; arf 192.0.2.20; } >"$work/listed.eml"
cases=$(sluis case list --json | jq length)
take "$work/listed.eml" rd@sluis.example robot@feeds.example && deliver
is "$(reception class) $(sluis case list --json | jq length)" "feed $cases" 'a feed of a source we know opens no case'
is "$(sluis feed list --json | jq -r '.[0] | "\(.source) \(.format) \(.vouched) \(.matched)"')" 'robot arf true 1' 'and is read'
like "$(observed .participant,.type,.severity,.address)" '^linde arf-abuse medium 192.0.2.20$' 'its findings are kept'
is "$(hits linde)" 2 'and wait for the digest'

{ head_of 'Any <any@stranger.example>' 'abuse report'; arf 192.0.2.21; } >"$work/stranger.eml"
take "$work/stranger.eml" rd@sluis.example any@stranger.example && deliver
is "$(sluis feed list --json | jq -r '.[0] | "\(.source) \(.vouched) \(.matched)"')" 'any@stranger.example false 1' 'one of a stranger is read and kept apart'
id=$(sluis feed list --json | jq '.[0].id')
shown() { sluis observation list --feed "$id" --json | jq -r '.[] | "\(.address) \(.vouched)"'; }
is "$(shown)" '192.0.2.21 false' 'as what nobody vouches for'
sluis feed accept "$id" >/dev/null
is "$(shown)" '192.0.2.21 true' 'until an operator does'
run sluis feed accept "$id"
status 1 'once'
is "$(count_to any@stranger.example)$(count_to robot@feeds.example)" 00 'no robot is answered (T-54)'

# An answer opens a case of that participant; what else answers comes there.
count_cases() { sluis case list --json | jq length; }
opened_id() { open_as "$1" "$2" && read_mail head Message-ID <"$work/opened"; }
# FROM FIELD [TEXT]: somebody writes, in clear.
says() {
	{ head_of "$1 <desk@$1.example>" 'Re: [...]' "$2"; printf '%s\n' "${3:-It is a test.}" | text; } >"$work/says.eml"
	take "$work/says.eml" rd@sluis.example "desk@$1.example" && deliver
}
deliver
cases=$(count_cases)
first=$(mails_to desk@linde.example | head -n 1) last=$(mail_to desk@linde.example)
{ head_of 'vaart <desk@vaart.example>' 'Re: [...]' "In-Reply-To: $(opened_id vaart "$(mail_to desk@vaart.example)")" 'Auto-Submitted: auto-replied'
	echo 'I am out of office.' | text; } >"$work/away.eml"
take "$work/away.eml" rd@sluis.example desk@vaart.example && deliver
is "$(count_cases)" "$cases" 'a machine that answers opens no case (T-54)'
says linde "In-Reply-To: $(opened_id linde "$first")"
tag=$(case_of)
is "$(count_cases) $(of_case "$tag" '[.parties[] | "\(.role) \(.name)"] | join(", ")')" "$((cases + 1)) participant linde" 'an answer opens a case of the participant'
is "$(outbox "[.[] | select(.kind == \"ack\" and .case == \"$tag\")] | length")" 0 'which is no report: it is not acknowledged as one'
open_as ann "$(mail_to ann@team.example)"
like "$(read_mail text <"$work/opened")" '^Answers what we told at once of scan-rdp \(' 'analysts see what it answers'
says linde "In-Reply-To: $(opened_id linde "$last")"
is "$(count_cases) $(case_of)" "$((cases + 1)) $tag" 'an answer to another letter about the same comes there'
open_as linde "$first"
{ head_of linde 'About that' 'X-Any: thing'; { echo 'Solved.'; read_mail text <"$work/opened" | grep '^Ref: '; } | text | encrypted linde --sign; } >"$work/ref.eml"
take "$work/ref.eml" rd@sluis.example desk@linde.example && deliver
is "$(count_cases) $(case_of)" "$((cases + 1)) $tag" 'and one that has nothing but the token inside'
says vaart "In-Reply-To: $(opened_id linde "$first")"
is "$(case_of) $(of_case "$tag" '[.parties[] | select(.name == "vaart")] | length')" "$tag 0" 'T-34: who has the id of another one is a note there, and no party'
says vaart "In-Reply-To: $(opened_id vaart "$(mails_to desk@vaart.example | head -n 1)")"
is "$(count_cases) $(of_case "$(case_of)" '[.parties[].name] | join(" ")')" "$((cases + 2)) vaart" 'T-63: each has a case of its own'

# What of others' feeds there is.
if [ -d "${SLUIS_CORPUS:-}/30-abuse-reports" ]; then
	set --
	while IFS=, read -r name _; do
		set -- "$@" "$SLUIS_CORPUS/30-abuse-reports/$name"
	done <"$SLUIS_CORPUS/30-abuse-reports/INDEX.csv"
	shift
	sluis observe --json "$@" >"$work/corpus" 2>"$work/null" || :
	is "$(jq length "$work/corpus")" $# 'all of the corpus is read'
	is "$(jq -r '.[] | select(.again | not) | select(.rows != .matched + .others + .harmless + .malformed or .rows == 0) | .file' "$work/corpus")" \
		'' 'and all rows are accounted for'
	jq -r '.[] | select(.malformed > 0 and (.again | not)) | .file | sub(".*/"; "")' "$work/corpus" >"$work/malformed"
	# Four are mails of text alone, where nothing says what is what.
	is "$(grep '^[^,]*,[^,]*,ABUSE' "$SLUIS_CORPUS/30-abuse-reports/INDEX.csv" | cut -d , -f 1 | grep -cFxf "$work/malformed")" 4 \
		'what is a report is no malformed one'
	diag "$# files of the corpus, $(wc -l <"$work/malformed") malformed"
fi

done_testing
