#!/bin/sh
# A trial shows how an analyst's mail program answers, and what to change in it.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

chain_init
analyst ann
analyst bob

found() { sluis analyst list --json | jq -r ".[] | select(.name == \"$1\") | \"\\(.tested != null) \\(.test_signed) \\(.test_encrypted) \\(.test_nonce) \\(.test_subject)\""; }
is "$(found ann)" 'false null null null null' 'who was never tried shows nothing'
like "$(sluis analyst test nobody 2>&1)" 'there is no active analyst nobody' 'nobody is tried who is none'
like "$(sluis analyst test ann && sluis-send --once)" '^A trial goes to ann@team.example' 'a trial is sent'
is "$(outbox '.[0] | "\(.kind) \(.to) \(.state)"')" 'test ann@team.example sent' 'as a mail of a kind of its own'
receipt ann >"$work/trial"
ok 'signed by the team' signed_by "$team"
like "$(cat "$work/trial")" '^==== write above or below this line = TEST = [0-9a-z]{16} ====$' 'with a one-time word'
is "$(found ann)" 'false null null null null' 'nothing is known before it is answered'
cp "$work/ann.text" "$work/first"

# answer TEXT: the trial, answered as the mail program of the test does.
trial_again() { cp "$work/first" "$work/ann.text"; cat "$work/first"; }

{ echo 'It works.'; trial_again | sed 's/^/> /'; } | answer_options='' as_answer ann
is "$(found ann)" 'true false true true false' 'unsigned: that is found'
like "$(receipt ann)" '^signed by you: no$' 'and she is told, encrypted'
for program in Thunderbird neomutt Outlook 'Apple Mail'; do
	like "$(cat "$work/ann.text")" "^  $program.*[Ss]ign" "    with the remedy for $program"
done

{ echo 'It works.'; trial_again | sed 's/^/> /'; } | as_answer ann
is "$(found ann)" 'true true true true false' 'signed'
like "$(receipt ann)" 'ann: it is noted how your mail program answers' 'the receipt says so'
like "$(cat "$work/ann.text")" '^the Subject was protected: no$' '    and that neomutt tells the Subject'

protected() {
	printf '%s\n' 'Content-Type: text/plain; charset=utf-8; protected-headers="v1"' 'Subject: a trial' ''
	cat
}
{ head_of ann '...' "In-Reply-To: $last_id"
  { echo /watch; trial_again; } | protected | encrypted ann --sign; } >"$work/answer.eml"
take "$work/answer.eml" rd@sluis.example ann@team.example && deliver
is "$(found ann)" 'true true true true true' 'with a protected Subject, and answered once more'
like "$(receipt ann)" '^the Subject was protected: yes$' 'an order in it is none'
is "$(sluis audit list --json | jq -r '.[0] | "\(.who) \(.what)"')" 'ann done' 'and the audit has it'
like "$(sluis analyst list)" 'ann .* yes  *yes  *yes  *yes' 'for people, too'

# --- the word of a trial gives no right

{ head_of heron 'A hole'; echo 'On https://portaal.delinde.example/ the files of others are seen.' | text; } >"$work/report.eml"
take "$work/report.eml" && deliver
tag=$(case_of)
{ echo '/class spam'; trial_again; } | as_answer ann
unlike "$(of_case "$tag" .class)" spam 'T-41: with the word of a trial nothing is ordered in a case'
{ echo '/class spam'; trial_again; } | as_answer bob
unlike "$(of_case "$tag" .class)" spam '    nor by another analyst'
is "$(found bob)" 'false null null null null' '    and nothing is noted of bob'

# --- a program that does not quote

sluis analyst test bob >/dev/null && sluis-send --once
read_last bob
echo 'It works.' | as_answer bob
is "$(found bob)" 'true true true false false' 'no word came back: that is found'

# --- a wrong answer to a notice is told with the same remedy

notice=$(notice_of "$tag" ann@team.example)
open_as ann "$notice" && read_mail text <"$work/opened" >"$work/ann.text"
{ echo /watch; cat "$work/ann.text"; } | answer_options='' as_answer ann
like "$(receipt ann)" 'it was not signed' 'T-42: an unsigned answer is told to its analyst'
like "$(cat "$work/ann.text")" '^  neomutt: set crypt_autosign' '    with the remedy'
ok '    encrypted' test -s "$work/opened"

done_testing
