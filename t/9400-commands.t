#!/bin/sh
# An analyst's answer that is carried out: what it may do, and what it says back.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

chain_init
analyst ann
analyst bob
person heron 'Heron <heron@reporter.example>'

{ head_of heron 'A hole'; echo 'On https://portaal.delinde.example/ the files of others are seen.' | text; } >"$work/report.eml"
take "$work/report.eml" && deliver
tag=$(case_of)
now() { of_case "$tag" "$1"; }

# --- what is set

answers ann <<'OWN'
/assign me
/class leak
/severity CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:L/A:L

/status triage

/title Files of others
/note
Looks real to me.
OWN
is "$(now '"\(.owner) \(.class) \(.severity) \(.status) \(.title)"')" 'ann leak 8.6 triage Files of others' 'all of it is done, and the vector is scored'
like "$(receipt ann)" '^[0-2][0-9]:[0-5][0-9] ann: assigned to ann, class leak, severity 8.6, status triage, HELD as [0-9a-f]{8}, reporter \(how the case stands\), title set, note kept\.$' \
	'and the receipt says so'
ok 'encrypted and signed by the team' signed_by "$team"

# --- the receipt is answered like a notice

echo /undo | answers ann
is "$(now .status)" new 'what was set last is taken back'
echo /help | answers ann
like "$(receipt ann)" '^/forward PARTICIPANT \[#n \.\.\.\] +tell a participant' 'help lists the verbs'
like "$(receipt ann)" '^==== write above or below this line = '"$tag"' = [0-9a-z]{16} ====$' 'with a fresh one-time word'

# --- all or nothing

printf '/class spam\n/asign me\n' | answers ann
is "$(now .class)" leak 'T-39: one line wrong, and nothing is done'
like "$(receipt ann)" 'nothing was done: there is no /asign me' 'the receipt names the line'
like "$(receipt ann)" 'It is written: /assign ANALYST' 'and the nearest verb'
printf '/status disclosed\n' | answers ann
like "$(receipt ann)" 'cannot go there: new -> disclosed' 'an unlawful move is refused'
printf '/class nonsense\n' | answers ann
like "$(receipt ann)" 'no such value: nonsense \(vulnerability, leak' 'and a class that is none'

# --- what was found, days that count, parties

{ head_of heron 'Another hole'; echo 'It is the same on the second portal.' | text; } >"$work/other.eml"
take "$work/other.eml" && deliver
other=$(case_of) first=$tag
sluis participant add maker --title 'Maker of portals' --kind supplier --contact help@maker.example >/dev/null
printf '/triage confirmed=maybe\n' | answers ann
like "$(receipt ann)" 'no such value: confirmed=maybe \(yes, no, partly\)' 'a finding that is none is refused'
printf '/triage confirmed=yes impact="all files"\n/deadline +5\n/embargo 2030-02-01 14:00\n/remind 2030-01-02 Ask them\n/open supplier maker\n/called maker\nThey know of it.\n/link %s\n' "$tag" | answers ann
like "$(receipt ann)" 'findings kept, deadline .*, not public before 1 February 2030, 14:00, you hear of it again at 2 January 2030, 23:59, note kept, opened a party: maker, talk noted, linked to '"$tag" 'they all are written down'
printf '/triage data=patients scope=in public=no contacted=yes credibility=credible engagement=unresponsive cardinality=one utility=laborious\n' | answers ann
like "$(receipt ann)" 'findings kept, SSVC track / coordinate; still open: safety' 'what may follow, and on what it hangs'
printf '/triage safety=Significant\n' | answers ann
like "$(receipt ann)" 'findings kept, SSVC coordinate\.$' 'and what follows'
is "$(of_case "$other" '"\(.ssvc.decision) \(.triage.safety) \(.triage.confirmed) \(.triage.scope)"')" 'coordinate significant yes in' 'the case says so'
sluis case show "$other" >"$work/shown"
ok 'for people too' grep -Eq '^may follow +coordinate$' "$work/shown"
printf '/triage utility=great\n' | answers ann
like "$(receipt ann)" 'no such value: utility=great \(laborious, efficient, super-effective\)' 'an answer that is none is refused'
printf '/deadline yesterday\n' | answers ann
like "$(receipt ann)" 'this is no day to come: yesterday' 'a day that is none is refused'
printf '/told maker phone 09:50 Spoke to M. de Wit\n' | answers ann
like "$(receipt ann)" 'told another way: maker, .*' 'what a party heard by telephone'
is "$(of_case "$other" '[.parties[].name] | join(" ")')" 'Heron maker' 'the supplier is a party'
is "$(of_case "$other" '"\(.triage.confirmed) \(.triage.impact) \([.clocks[].kind] | sort | join(" ")) \(.links | join(" ")) \(.notes | length)"')" \
	"yes all files deadline embargo remind $first 3" 'the case has them all'
like "$(sluis case show "$other")" '^  impact +all files$' 'and shows what was found'
like "$(sluis case show "$other")" '^  deadline +20[-0-9T:Z]+ +ann' 'which days count'
like "$(sluis case show "$other" | grep -A1 '^called ann')" '^  They know of it\.$' 'and what was noted'
tag=$other

# --- which cases there are

echo '/list due' | answers ann
like "$(receipt ann)" '^none$' 'what is due in five working days is not yet'
echo '/deadline +2' | answers ann
echo '/list Due' | answers ann
like "$(receipt ann)" '^deadline: [0-9].*, 23:59$' 'what is due in two is, with its day'
like "$(receipt ann)" "^  $other  new  -  " 'and its case'
is "$(grep -c "^  $other" "$work/ann.text")" 1 'once: the other days are far, or over for another'
echo '/list mine' | answers ann
like "$(receipt ann)" "^$first  " 'hers'
unlike "$(receipt ann)" "^$other  " 'and not the other'
echo '/list all' | answers ann
like "$(receipt ann)" 'no such value: all' 'another list there is not'

# --- without a good word it is kept

echo /watch | answers bob
like "$(receipt bob)" "your answer is kept, and nothing was done yet: the case has changed" \
	'T-41: on a case changed since, an answer is kept whole'
like "$(receipt bob)" 'It would be: you hear of it from now on' 'with a preview'
echo '/list held' | answers bob
like "$(receipt bob)" "^$tag  " 'what waits for a word is in a list'
unlike "$(receipt bob)" "^$first  " 'and nothing else'
echo '/list held' | answers ann
like "$(receipt ann)" '^none$' 'nor what waits for another one'
echo /confirm | answers bob
like "$(receipt bob)" 'bob: you hear of it from now on' 'confirmed, it is carried out'
echo /confirm | answers bob
like "$(receipt bob)" 'nothing of that name waits for you' 'once'

# --- who may not

echo '/class spam' | answer_options='' answers ann
like "$(receipt ann)" 'it was not signed' 'T-38: unsigned, nothing is done, and its analyst is told how'

person mallory 'ann <ann@team.example>'
read_last ann
{ echo '/class spam'; grep '^====' "$work/ann.text"; } | { answer_from='ann <ann@team.example>' as_answer mallory; }
like "$(receipt ann)" 'it was signed by a key that is not pinned|its signature is not a good one' "T-38: a stranger's signature gives no right"
echo /help | answers ann
read_last ann
{ echo '/class incident'; grep '^====' "$work/ann.text"; } | as_answer ann
is "$(now .class)" incident 'her own does'
sed 's/^Message-ID: .*/Message-ID: <again@writer.example>/' "$work/answer.eml" >"$work/again.eml"
count=$(sluis outbox list --json | jq length)
take "$work/again.eml" && deliver
is "$(sluis reception list --json | jq -r '.[0].state')" 'done' 'the same answer in another mail'
like "$(receipt ann)" 'this very answer was carried out or kept before' 'T-38: has no effect again'

# --- what can be read in two ways

# An entity on standard input that ann has signed and encrypted, with her one-time word.
twofold() {
	{ cat; cat "$work/word"; } >"$work/.own"
	sed "/^@/{
		r $work/.own
		d
	}" "$1" | { head_of ann 'Re: [...]' "In-Reply-To: $last_id"; encrypted ann --sign; } >"$work/answer.eml"
	take "$work/answer.eml" rd@sluis.example ann@team.example && deliver
}
# NAME LINE...: is refused, and told. A command stands where @ is.
is_refused() {
	name=$1
	shift
	printf '%s\n' "$@" >"$work/entity"
	echo '/class spam' | twofold "$work/entity"
	is "$(now .class)" incident "T-17: $name is no command"
	like "$(receipt ann)" 'two readers could see different things in it|its signature is not a good one' 'and she is told'
}
echo /help | answers ann
read_last ann
grep '^====' "$work/ann.text" >"$work/word"
text='Content-Type: text/plain; charset=utf-8'
is_refused 'what says twice what it is' "$text" 'Content-Type: text/html' '' @
is_refused 'twice the same' "$text" "$text" '' @
is_refused 'what is encoded twice' "$text" 'Content-Transfer-Encoding: 8bit' 'Content-Transfer-Encoding: base64' '' @
is_refused 'what has two charsets' "$text; charset=utf-7" '' @
is_refused 'what says twice how it is shown' "$text" 'Content-Disposition: inline' 'Content-Disposition: attachment' '' @
is_refused 'a part that says twice what it is' 'Content-Type: multipart/mixed; boundary=b' '' --b "$text" \
	'Content-Type: text/html' '' @ --b--
is_refused 'one two levels down' 'Content-Type: multipart/mixed; boundary=b' '' --b \
	'Content-Type: multipart/related; boundary=c' '' --c "$text" 'Content-Type: text/html' '' @ --c-- --b--
is_refused 'what is protected twice' "$text; hp=cipher; hp=clear" '' @
printf '%s\n' "$text" '' @ >"$work/entity"
echo '/class question' | twofold "$work/entity"
is "$(now .class)" question 'the same said once is'
echo '/class incident' | answers ann

sluis analyst remove ann >/dev/null
count=$(sluis outbox list --json | jq length)
echo '/class spam' | answers ann
is "$(now .class) $(sluis outbox list --json | jq length)" "incident $count" 'T-42: a removed analyst can do nothing from the next mail on, and is told nothing'

done_testing
