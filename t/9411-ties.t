#!/bin/sh
# Cases that are begun by a talk, are one, or are not after all.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

answer_init
person heron 'Heron <heron@reporter.example>'
person stork 'Stork <stork@reporter.example>'
sluis participant add devaart --title 'De Vaart' --domain devaart.example --contact ict@devaart.example >/dev/null
report() { { head_of "$1" "$2"; echo "$3" | text | encrypted "$1" --sign; } >"$work/mail.eml"; take "$work/mail.eml" && deliver; }
with_key() { { head_of "$1" "$2"; echo "$3" | text >"$work/.t"; bytes application/pgp-keys key.asc <"$work/$1.asc" >"$work/.k"; mixed "$work/.t" "$work/.k" | encrypted "$1" --sign; } >"$work/mail.eml"; take "$work/mail.eml" && deliver; }
now() { of_case "$1" "$2"; }

with_key heron 'One hole' 'The portal shows files.' && one=$(case_of)
ack=$(read_mail head Message-ID <"$(mail_to heron@reporter.example)")
with_key stork 'Another hole' 'The same portal shows the same files.' && two=$(case_of)
second=$(read_mail head Message-ID <"$(mail_to stork@reporter.example)")

# --- merged

printf '/merge %s\n' "$one" | answers ann
like "$(receipt ann)" "this case is now also $one" 'two cases are one'
is "$(now "$two" '[.parties[].name] | join(" ")')" 'Stork Heron' 'with the parties of both'
is "$(now "$two" '[.messages[] | select(.direction == "in")] | length') $(now "$one" .status)" '2 closed' 'and what they wrote'
{ head_of heron 'Re: [...]' "In-Reply-To: $ack"; echo 'One more thing.' | text | encrypted heron --sign; } >"$work/mail.eml"
take "$work/mail.eml" && deliver
is "$(case_of)" "$two" 'an answer to a mail of the old case comes to the one it is now'
printf '/reply\nThank you.\n' | answers ann
is "$(outbox "[.[] | select(.kind == \"relay\")] | .[0].to")" heron@reporter.example 'each party has its own conversation still'

# --- and split

echo /split | answers ann
is "$(now "$one" '[.parties[].name] | join(" ")') $(now "$one" .status)" 'Heron new' 'taken back, the party and its case are as they were'
{ head_of heron 'Re: [...]' "In-Reply-To: $ack"; echo 'And another.' | text | encrypted heron --sign; } >"$work/mail.eml"
take "$work/mail.eml" && deliver
is "$(case_of)" "$one" 'an answer finds it again'
{ head_of stork 'Re: [...]' "In-Reply-To: $second"; echo 'Mine.' | text | encrypted stork --sign; } >"$work/mail.eml"
take "$work/mail.eml" && deliver
is "$(case_of)" "$two" 'and the other its own'

# --- a stray mail

report heron 'No answer to anything' 'This is about the first hole.' && stray=$(case_of)
printf '/file %s\n' "$one" | answers ann
is "$(now "$stray" .status) $(now "$one" '.messages | map(select(.text | test("about the first hole"))) | length')" 'closed 1' 'a stray mail is filed where it belongs'

# --- begun by a talk

last_id='<none@team.example>'
printf '/new devaart\nThe head of ICT called: their portal was defaced.\n' | as_answer ann
like "$(receipt ann)" 'your answer is kept, and nothing was done yet' 'a case from a talk waits for a second word'
echo /confirm | answers ann
talk=$(receipt ann | sed -n 's/.*new case \([A-Z0-9-]*\).*/\1/p')
is "$(now "$talk" '"\(.status) \(.participants | join(" "))"')" 'new devaart' 'confirmed, it is there'

done_testing
