#!/bin/sh
# What parties agree to: asked, answered, put on record, and what follows.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

answer_init
person heron 'Grey Heron <heron@reporter.example>'
de_vaart

ledger() { of_case "$tag" '[.consents[] | "\(.what) \(.state) \(.how) \(.vouched) \(.holds)"] | last'; }
rows() { of_case "$tag" '.consents | length'; }
outgoing() { outbox "[.[] | select(.case == \"$tag\" and .kind == \"$1\")] | .[0] | \"\(.to) \(.state) \(.reason)\""; }
# The id of the last mail to an ADDRESS, opened as WHO.
asked_as() {
	open_as "$1" "$(mail_to "$2")"
	asked_id=$(read_mail head Message-ID <"$work/opened")
}
# An answer in clear from WHO to the last question: own lines on standard input.
says() {
	_from=$1
	shift
	{ head_of "$_from" 'Re: [...]' "In-Reply-To: $asked_id" "$@"; text; } >"$work/says.eml"
	take "$work/says.eml" rd@sluis.example "$_from" && deliver
}

# --- a reporter who says so without being asked

printf 'I found that https://portaal.devaart.example/?id=1 shows the files of others.\nPlease credit me in your hall of fame, but do not\nshare my name with them.\n\n> You may use my name\n' | text >"$work/words"
bytes application/pgp-keys key.asc <"$work/heron.asc" >"$work/key"
{ head_of heron 'A hole'; mixed "$work/words" "$work/key" | encrypted heron --sign; } >"$work/report.eml"
take "$work/report.eml" && deliver
tag=$(case_of)
is "$(of_case "$tag" '[.consents[] | "\(.what) \(.state) \(.how) \(.holds)"] | join(", ")')" \
    'name withdrawn suggestion false, credit given suggestion false' 'what a reporter seems to say is kept, and holds nothing'
like "$(receipt ann)" '^! Seems to say, credit: yes$' 'the notice says so'
like "$(receipt ann)" '^! if it is so: /consent reporter credit=yes$' 'and what puts it on record'
like "$(receipt ann)" '^! Seems to say, name: no$' 'over the end of a line as well, and a quote says nothing'

# --- asked

echo '/consent name=ask' | answers ann
is "$(outgoing consent)" 'reporter sent null' 'a question leaves at once: it is a template'
like "$(receipt ann)" 'consent: reporter name, asked' 'the receipt says so'
asked_as heron heron@reporter.example
like "$(read_mail text <"$work/opened")" 'yes or no' 'in the language of the reporter'
is "$(ledger)" 'name asked template null false' 'and stands in the ledger'

# --- answered: by whom, and what that is worth

echo yes | says 'Mallory <m@evil.example>'
is "$(ledger)" 'name asked template null false' 'T-34: an answer from another address moves nothing'
echo 'yes, of course you may' | says heron
is "$(ledger)" 'name asked template null false' 'nor does a sentence'
printf '> yes\n\nWhat do they want to know?\n' | says heron
is "$(ledger)" 'name asked template null false' 'or a quote'
echo yes | says heron 'Auto-Submitted: auto-replied'
is "$(ledger)" 'name asked template null false' 'T-54: or a robot'
printf 'Yes!\n\nGrey\n' | says heron
is "$(ledger)" 'name given answer none false' 'an unsigned yes is on record, unverified'
like "$(receipt ann)" '^! Answers name: yes \(unverified, nothing follows from it\)$' 'and the notice says what that means'
like "$(receipt ann)" '^! if it is so: /consent reporter name=yes$' 'and what to answer, which may be quoted'
echo '/consent reporter name=yes' | answers ann
is "$(ledger)" 'name given analyst null true' 'recorded by an analyst it holds'
echo '/show' | answers ann
like "$(receipt ann)" '^reporter  name: given 20[0-9-]*T[0-9:]* \(recorded by ann\) \*$' '/show has the ledger, with what holds'
like "$(receipt ann)" '^reporter  name: given 20[0-9-]*T[0-9:]* \(answer, signature none; unverified' 'and what does not'
like "$(sluis case show "$tag")" '^ *[0-9]+ +name +0 +given +- +analyst +ann .* yes$' 'and so has the tool'

# --- taken back

echo No. | says heron
is "$(ledger) $(of_case "$tag" '[.consents[] | select(.holds)] | length')" 'name withdrawn answer none false 0' 'a no counts without a signature'

# --- credit, and as what

echo '/consent reporter credit=ask' | answers ann
asked_as heron heron@reporter.example
printf 'yes\n\nThe Heron of Delft\n' | says heron
is "$(of_case "$tag" '.consents | last | .as')" 'The Heron of Delft' 'as what somebody is credited stands on the next line'
like "$(receipt ann)" '^! if it is so: /consent reporter credit="The Heron of Delft"$' 'and in the order that is proposed'
echo '/consent reporter credit="The Heron of Delft"' | answers ann
is "$(ledger) $(of_case "$tag" '.consents | last | .as')" 'credit given analyst null true The Heron of Delft' 'an analyst records it with the name'

# --- what is no order

before=$(rows)
echo '/consent reporter name=perhaps' | answers ann
like "$(receipt ann)" 'no such value: perhaps' 'yes, no or ask'
echo '/consent reporter contact=yes' | answers ann
like "$(receipt ann)" 'name the party' 'a contact is with somebody'
echo '/consent reporter colour=yes' | answers ann
like "$(receipt ann)" 'too few or too many words' 'other matters there are none'
is "$(rows)" "$before" 'refused, nothing is written'

# --- what holds crosses, and nothing else

printf '/forward devaart\nWie is ingelogd op uw portaal kan dossiers van anderen lezen.\n' | answers ann
echo /confirm | answers ann
printf '/reply devaart\nDit is gevonden door The Heron of Delft.\n' | answers ann
is "$(outgoing relay)" 'ict@devaart.example sent null' 'a credit that holds is no secret'
printf '/reply devaart\nDit is gevonden door Grey Heron.\n' | answers ann
like "$(outgoing relay)" 'ict@devaart.example held leak' 'T-47: a name nobody may know holds the letter'
like "$(receipt ann)" '^\| Dit is gevonden door Grey Heron' 'with the line'
printf '/drop\n/consent reporter name=yes\n' | answers ann
printf '/reply devaart\nDit is gevonden door Grey Heron.\n' | answers ann
is "$(outgoing relay)" 'ict@devaart.example sent null' 'with a yes on record it crosses'
printf '/reply devaart\nSchrijf aan heron@reporter.example.\n' | answers ann
like "$(outgoing relay)" 'ict@devaart.example held leak' 'the address does not: a name is no address'
printf '/drop\n/consent reporter name=no credit=no\n' | answers ann
printf '/reply devaart\nDit is gevonden door The Heron of Delft.\n' | answers ann
like "$(outgoing relay)" 'ict@devaart.example held leak' 'taken back, a credit is held as well'
echo /drop | answers ann

# --- two parties meet

direct() { of_case "$tag" '[.parties[].direct] | join(" ")'; }
# Both answer what they were asked last; vaart with its key.
reporter_says() { asked_as heron heron@reporter.example; says heron; }
vaart_says() {
	asked_as vaart ict@devaart.example
	{ head_of vaart 'Re: [...]' "In-Reply-To: $asked_id"; text | encrypted vaart --sign; } >"$work/says.eml"
	take "$work/says.eml" rd@sluis.example ict@devaart.example && deliver
}
echo '/invite devaart' | answers ann
like "$(receipt ann)" 'consent: devaart contact, asked' 'both sides are asked'
is "$(outbox "[.[] | select(.case == \"$tag\" and .kind == \"consent\" and .state == \"sent\")] | length")" 4 'each by a letter'
echo '/invite devaart' | answers ann
like "$(receipt ann)" 'not introduced; no yes on record of devaart \(asked, no answer\), reporter \(asked, no answer\)' 'nobody has answered: refused, with the reason'
echo ja | vaart_says
is "$(ledger)" 'contact given answer signature true' 'a yes by the pinned key holds'
echo '/invite devaart' | answers ann
like "$(receipt ann)" 'no yes on record of reporter \(asked, no answer\)' 'one yes is not enough'
echo yes | reporter_says
echo '/invite devaart' | answers ann
like "$(receipt ann)" 'no yes on record of reporter \(yes, unverified\)' 'T-49: nor is one nobody vouches for'
printf '/consent reporter contact=yes\n' | answers ann
is "$(direct)" 'false false' 'they are not in contact yet'
echo '/invite' | answers ann
is "$(outbox "[.[] | select(.case == \"$tag\" and .kind == \"introduce\") | \"\(.to) \(.state) \(.reason)\"] | sort | join(\", \")")" \
    'ict@devaart.example held confirm: an introduction, reporter held confirm: an introduction' 'two yeses: an introduction to each, held'
like "$(receipt ann)" '^\|   Grey Heron <heron@reporter\.example>$' 'and shown'
echo nee | vaart_says
is "$(outbox "[.[] | select(.case == \"$tag\" and .kind == \"introduce\") | \"\(.state) \(.reason)\"] | unique | join(\", \")")" \
    'dropped consent withdrawn' 'a no before it has left drops both'
echo '/invite devaart' | answers ann
like "$(receipt ann)" 'no yes on record of devaart \(no\)' 'withdrawn: refused'
printf '/consent devaart contact=yes\n/invite\n/consent devaart contact=no\n/invite\n' | answers ann
like "$(receipt ann)" 'no yes on record of devaart \(no\)' 'T-39: order by order, and all or nothing'
is "$(ledger)" 'contact withdrawn answer signature false' 'nothing of it is on record'
printf '/consent devaart contact=yes\n/invite\n' | answers ann
like "$(receipt ann)" 'ann: consent: devaart contact, given, HELD as [0-9a-f]{8}, devaart \(an introduction\)' 'put on record and followed in one answer'
echo /confirm | answers ann
is "$(outbox "[.[] | select(.case == \"$tag\" and .kind == \"introduce\" and .state == \"sent\")] | length")" 2 'one word lets both go'
ok 'T-46: each to one key' open_as vaart "$(mail_to ict@devaart.example)"
like "$(read_mail text <"$work/opened")" 'Grey Heron <heron@reporter\.example>' 'the organisation hears of the reporter'
ok 'encrypted to the reporter' open_as heron "$(mail_to heron@reporter.example)"
like "$(read_mail text <"$work/opened")" 'P\. Jansen <ict@devaart\.example>' 'and the reporter of the organisation'
is "$(direct)" 'true true' 'the case knows'
printf '/reply devaart\nVraag het aan heron@reporter.example.\n' | answers ann
is "$(outgoing relay)" 'ict@devaart.example sent null' 'and neither is hidden from the other any more'

# --- who is thanked when it is public

for status in triage resolved; do echo "/status $status" | answers ann; done
echo '/status disclosed' | answers ann
like "$(receipt ann)" '^\| Wie het vond wordt door niemand genoemd\.$' 'without a credit that holds nobody is named'
printf '/undo\n' | answers ann
printf '/consent reporter credit="The Heron of Delft"\n' | answers ann
echo '/status disclosed' | answers ann
like "$(receipt ann)" '^\| Wie het vond wil bedankt worden als: The Heron of Delft$' 'with one by that name'
hash=$(of_case "$tag" ".waiting[] | select(.to == \"ict@devaart.example\") | .hash")
echo "/confirm $hash" | answers ann
ok 'the organisation opens it' open_as vaart "$(mail_to ict@devaart.example)"
like "$(read_mail text <"$work/opened")" '^Wie het vond wil bedankt worden als: The Heron of Delft$' 'T-49: and reads whom to thank'

# --- in Dutch, by who has no key, vouched for by our own checker

sed -i '/^checker:/d' "$SLUIS_CONF"
echo 'checker: mx.sluis.example' >>"$SLUIS_CONF"
{ head_of 'Sam Snip <sam@snip.example>' 'Een gat'; echo 'Op https://portaal.devaart.example/?id=2 staan dossiers van anderen. Ik wil graag met naam genoemd worden en ik hoef niet bedankt te worden.' | text; } >"$work/snip.eml"
take "$work/snip.eml" rd@sluis.example sam@snip.example && deliver
tag=$(case_of)
like "$(of_case "$tag" '[.consents[] | "\(.what) \(.state) \(.how)"] | join(", ")')" 'credit withdrawn suggestion' 'what is said in Dutch is heard, and a no outweighs a yes'
printf '/forward devaart\nDit is ook zo voor nummer 2.\n' | answers ann
echo /confirm | answers ann
snip_says() {	# LINE [FIELD...]
	asked_id=$(read_mail head Message-ID <"$(mail_to sam@snip.example)")
	_line=$1
	shift
	printf '%b\n' "$_line" | says 'Sam Snip <sam@snip.example>' "$@"
}
theirs='Authentication-Results: mx.other.example; dmarc=pass header.from=snip.example'
ours='Authentication-Results: mx.sluis.example; dmarc=pass header.from=snip.example'
echo '/consent reporter name=ask' | answers ann
like "$(read_mail text <"$(mail_to sam@snip.example)")" 'ja of nee' 'asked in Dutch'
snip_says 'Ja, graag!' "$theirs"
is "$(ledger)" 'name given answer none false' "T-27: another one's checker vouches for nothing"
echo '/consent reporter name=ask' | answers ann
snip_says 'Jazeker.\n\nGroet, Sam' "$ours"
is "$(ledger)" 'name given answer dmarc true' 'T-27: our own does'
snip_says 'Liever niet' "$theirs"
is "$(ledger)" 'name withdrawn answer none false' 'a no needs nobody'
echo '/consent reporter name=ask' | answers ann
before=$(rows)
snip_says 'Nou ja, misschien' "$ours"
is "$(rows)" "$before" 'and perhaps is no answer'

# --- who has no key is introduced to nobody

printf '/consent devaart contact=yes\n/consent reporter contact=yes\n/invite\n' | answers ann
like "$(receipt ann)" 'nothing was done: .*reporter' 'T-49: an introduction would name both in clear: refused'
is "$(outbox "[.[] | select(.case == \"$tag\" and .kind == \"introduce\")] | length") $(of_case "$tag" '[.consents[] | select(.what == "contact")] | length')" '0 0' \
	'with nothing written, and nothing on record'

done_testing
