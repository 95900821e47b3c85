#!/bin/sh
# Who hears of an owned case because they want to; what counsel gets to see; and a
# standard answer to who has a key.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

init_options=--no-samples chain_init
setting outgoing.delay 0s
setting team.general info@team.example
for who in ann bob cas; do analyst "$who"; done
person heron 'Grey Heron <heron@reporter.example>'
person law 'Mr Law <law@counsel.example>'
sluis participant add lawfirm --title 'Law and Partners' --kind counsel --domain counsel.example --language en \
    --contact law@counsel.example --key "$work/law.asc" >/dev/null

echo 'On https://portaal.devaart.example/?id=1 the files of others are seen.' | text >"$work/words"
bytes application/pgp-keys key.asc <"$work/heron.asc" >"$work/key"
base64 -d <<'END' | bytes image/png heron-screen.png >"$work/picture"
iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
END
{ head_of heron '...'; mixed "$work/words" "$work/key" "$work/picture" | encrypted heron --sign; } >"$work/report.eml"
take "$work/report.eml" rd@sluis.example heron@reporter.example && deliver

# --- watchers

echo /assign me | answers ann
echo /watch | answers bob
echo /confirm | answers bob
like "$(receipt bob)" 'you hear of it from now on' 'an analyst wants to hear of a case'
before_bob=$(count_to bob@team.example) before_cas=$(count_to cas@team.example)
open_as heron "$(mail_to heron@reporter.example)"
ref=$(read_mail head Message-ID <"$work/opened")
{ head_of heron 'Re: ...' "In-Reply-To: $ref"
  echo 'And those of everybody else.' | text | encrypted heron --sign; } >"$work/again.eml"
take "$work/again.eml" rd@sluis.example heron@reporter.example && deliver
is "$(($(count_to bob@team.example) - before_bob)) $(($(count_to cas@team.example) - before_cas))" '1 0' \
	'who watches gets its notices, who does not gets none'
like "$(receipt bob)" '^\| And those of everybody else\.$' 'with what was written'
like "$(receipt ann)" '^! this is the case of ann$' 'its owner does as well'
printf '/note\nSeen by who watches.\n' | answers bob
like "$(receipt bob)" 'bob: note kept' 'and that notice can be answered'

# --- counsel sees an attachment, and no more of the report

{ head_of heron 'Re: ...' "In-Reply-To: $ref"
  mixed "$work/words" "$work/picture" | encrypted heron --sign; } >"$work/third.eml"
take "$work/third.eml" rd@sluis.example heron@reporter.example && deliver
printf '/legal lawfirm #9\nMay we?\n' | answers ann
like "$(receipt ann)" 'nothing was done: .*no attachment 9' 'an attachment that is not there is refused'
printf '/legal lawfirm #1\nMay we show this picture to the supplier?\n' | answers ann
like "$(receipt ann)" '^#1 attachment-1\.png image/png$' 'the question is shown with the picture'
echo /confirm | answers ann
ok 'counsel gets it' open_as law "$(mail_to law@counsel.example)"
is "$(read_mail parts <"$work/opened" | tr '\n' ' ')" 'text/plain - image/png attachment-1.png ' 'T-44: under a name of ours'
like "$(read_mail text <"$work/opened")" '^May we show this picture' 'with our words'
unlike "$(cat "$work/opened")" '[Hh]eron|files of others' 'T-47: and none of the report'

# --- a standard answer to who has a key

echo /decline duplicate | answers ann
is "$(outbox '[.[] | select(.kind == "relay")] | .[0] | "\(.to) \(.state)"')" 'heron@reporter.example sent' 'a standard answer leaves'
mail=$(mail_to heron@reporter.example)
unlike "$(cat "$mail")" 'Somebody told us' 'T-31: not in clear'
ok 'encrypted to the key of the reporter' open_as heron "$mail"
ok 'signed by the team' signed_by "$team"
like "$(read_mail text <"$work/opened")" 'Somebody told us of this before' 'by its template'
like "$(read_mail text <"$work/opened")" '^Ref: [0-9a-z]{38}$' 'an answer to it finds back'

done_testing
