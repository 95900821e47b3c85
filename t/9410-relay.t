#!/bin/sh
# What an analyst sends by mail: to whom it goes, what waits for a second word,
# and what of the other side is in it (T-40, T-43, T-44).
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

answer_init
person heron 'Grey Heron <heron@reporter.example>'
de_vaart

printf 'I found that https://portaal.devaart.example/?id=1 shows the files of others. Grey Heron\n' | text >"$work/words"
bytes application/pgp-keys key.asc <"$work/heron.asc" >"$work/key"
{ head_of heron 'A hole'; mixed "$work/words" "$work/key" | encrypted heron --sign; } >"$work/report.eml"
take "$work/report.eml" && deliver
tag=$(case_of)
outgoing() { outbox "[.[] | select(.case == \"$tag\" and .kind == \"$1\")] | .[0] | \"\(.to) \(.state) \(.reason)\""; }

# --- forward: the first mail to a party waits for a second word

answers ann <<'OWN'
/forward devaart
Wie is ingelogd op uw portaal kan de dossiers van anderen lezen.
OWN
is "$(outgoing forward)" 'ict@devaart.example held confirm: the first mail to this party' 'the first mail to a party is held'
like "$(receipt ann)" '^\| Wie is ingelogd op uw portaal kan de dossiers van anderen lezen\.$' 'and shown exactly'
like "$(receipt ann)" '[0-9]+ names, addresses and keys searched: 0 hits' 'and searched'
is "$(count_to ict@devaart.example)" 0 'nothing has left'
hash=$(of_case "$tag" '.waiting[0].hash')
like "$(receipt ann)" "HELD as $hash, devaart" 'the case says by which word it waits'
like "$(sluis case show "$tag")" "ict@devaart\.example +$hash +confirm: the first mail to this party" 'and why'
echo /confirm | answers ann
is "$(outgoing forward)" 'ict@devaart.example sent null' 'confirmed, it leaves'
ok 'encrypted to that contact' open_as vaart "$(mail_to ict@devaart.example)"
ok 'and signed by the team' signed_by "$team"
like "$(read_mail text <"$work/opened")" 'Wie is ingelogd' 'with the words that were shown'
unlike "$(cat "$work/opened")" '[Hh]eron|reporter\.example' 'T-43: and nothing of the reporter'
is "$(of_case "$tag" '[.parties[].role] | join(" ")')" 'reporter participant' 'the participant is a party'

# --- its answer, and what is passed on

ref=$(read_mail text <"$work/opened" | grep '^Ref: ')
forward_id=$(read_mail head Message-ID <"$work/opened")
{
	head_of vaart 'Re: [...]' "In-Reply-To: $forward_id"
	printf 'Donderdag is het hersteld. Welke browser gebruikt u?\n\nOp 24-11 schreef CSIRT:\n> Wie is ingelogd\n> %s\n' "$ref" |
		text | encrypted vaart --sign
} >"$work/answer-vaart.eml"
take "$work/answer-vaart.eml" rd@sluis.example ict@devaart.example && deliver
is "$(reception signature) $(case_of)" "good $tag" "the participant's answer is in the case"
answers ann <<'OWN'
/pass reporter
Thank you, we will tell you more on Friday.
OWN
mail=$(mail_to heron@reporter.example)
is "$(outgoing relay)" 'heron@reporter.example sent null' 'what is passed to who was told before leaves at once'
ok 'encrypted to the key of the reporter' open_as heron "$mail"
like "$(read_mail text <"$work/opened")" '^The organisation writes:$' 'it says whose words these are'
like "$(read_mail text <"$work/opened")" '^\| Donderdag is het hersteld' 'the new ones'
unlike "$(cat "$work/opened")" 'Wie is ingelogd|devaart|Jansen' 'T-47: without what was quoted, or who'
like "$(read_mail text <"$work/opened")" '^We write:' 'and ours'

# --- reply: bare, to the party the notice came from

{
	head_of heron 'Re: [...]' "In-Reply-To: $(read_mail head Message-ID <"$work/opened")"
	echo 'Firefox, the newest.' | text | encrypted heron --sign
} >"$work/second.eml"
take "$work/second.eml" && deliver
printf '/reply\nThank you for looking again.\n' | answers ann
is "$(outgoing relay)" 'heron@reporter.example sent null' 'a reply goes to whom the notice was about'
printf '/reply nobody\nHello.\n' | answers ann
like "$(receipt ann)" 'there is no party of that name in this case: nobody' 'a party that is none is refused'

# --- what follows a receipt is about the message its notice was about

{
	head_of heron 'Re: [...]' "In-Reply-To: $(read_mail head Message-ID <"$(mail_to heron@reporter.example)")"
	echo 'Is there anything else you need?' | text | encrypted heron --sign
} >"$work/third.eml"
take "$work/third.eml" && deliver
printf '/severity high\n' | answers ann
printf '/reply\nNothing more, thank you.\n' | answers ann
is "$(outgoing relay)" 'heron@reporter.example sent null' 'a reply to a receipt goes to whom the notice was about'
like "$(receipt ann)" 'mail to reporter, leaves now' 'and says so'
printf '/pass devaart\nEen vraag van de melder.\n' | answers ann
is "$(outgoing relay)" 'ict@devaart.example sent null' 'and its message can be passed on'

# --- what names somebody else is held, whoever wrote it

printf '/reply devaart\nGrey Heron uses Firefox, ask heron@reporter.example for more.\n' | answers ann
like "$(outgoing relay)" 'ict@devaart.example held leak' 'T-47: a text that names the reporter is held'
like "$(receipt ann)" '^! ' 'the receipt shows what'
like "$(receipt ann)" '^\| Grey Heron uses Firefox' 'in which line'
printf '/reply devaart\nHet is een recente browser.\n' | answers ann
is "$(outbox "[.[] | select(.state == \"dropped\" and .reason == \"replaced\")] | length")" 1 'another text takes the place of the held one'
is "$(outgoing relay)" 'ict@devaart.example sent null' 'and leaves'

# --- what waits can be called back

setting outgoing.delay 1h
printf '/reply devaart\nDit is te vroeg.\n' | answers ann
is "$(outgoing relay)" 'ict@devaart.example ready null' 'a mail waits its time'
echo /drop | answers ann
is "$(outgoing relay)" 'ict@devaart.example dropped null' 'and can be stopped until then'

# --- looked at

echo /list | answers ann
like "$(receipt ann)" "^$tag  new  " 'the cases that are open'
echo /find firefox | answers ann
like "$(receipt ann)" "^$tag  .*firefox, the newest" 'messages with a word'
echo /show | answers ann
like "$(receipt ann)" '^devaart  participant  nl  told$' 'the parties of a case'
like "$(receipt ann)" '^\| Donderdag is het hersteld' 'and what they wrote'

# --- in clear, to who has no key: never at once

setting outgoing.delay 0s
person stork 'Stork <stork@reporter.example>'
{ head_of stork 'Question'; echo 'Where do I report?' | text; } >"$work/clear.eml"
take "$work/clear.eml" && deliver
tag=$(case_of)
printf '/reply clear\nHere you do.\n' | answers ann
like "$(receipt ann)" 'in clear only what is TLP:CLEAR or GREEN; this case is AMBER' 'in clear goes only what may'
printf '/tlp GREEN\n' | answers ann
printf '/reply clear\nHere you do, thank you.\n' | answers ann
is "$(outgoing relay)" 'stork@reporter.example held confirm: not encrypted' 'T-40: and it waits for a word always'
before=$(count_to stork@reporter.example)
echo /confirm | answers ann
is "$(outgoing relay) $(count_to stork@reporter.example)" "stork@reporter.example sent null $((before + 1))" 'T-53: confirmed, the guard lets just that pass'
mail=$(mail_to stork@reporter.example)
like "$(read_mail text <"$mail")" '^Here you do, thank you\.$' 'in clear'
like "$(read_mail head From <"$mail")" 'rd\+[0-9a-z]{38}@sluis.example' 'with an address a plain answer finds back by'

done_testing
