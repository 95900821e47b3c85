#!/bin/sh
# Who a party is: what analysts saw, and a word that is mailed and comes back.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

answer_init
person heron 'Grey Heron <heron@reporter.example>'

proofs() { of_case "$tag" '[.verifications[] | "\(.method) \(.sent) \(.how) \(.done != null)"] | join(", ")'; }
challenge_in() { grep -oE '^  [0-9a-hjkmnp-tv-z]{16}$' | tr -d ' '; }

# --- a reporter with a key

printf 'A hole in https://portaal.devaart.example/?id=1\n' | text >"$work/words"
bytes application/pgp-keys key.asc <"$work/heron.asc" >"$work/key"
{ head_of heron 'A hole'; mixed "$work/words" "$work/key" | encrypted heron --sign; } >"$work/report.eml"
take "$work/report.eml" && deliver
tag=$(case_of)
echo '/verify mailback' | answers ann
like "$(receipt ann)" 'asked: reporter mailback' 'a word is sent'
is "$(proofs)" 'mailback encrypted null false' 'and waits'
mail=$(mail_to heron@reporter.example)
ok 'it is encrypted to the key of the reporter' open_as heron "$mail"
word=$(read_mail text <"$work/opened" | challenge_in)
asked_id=$(read_mail head Message-ID <"$work/opened")
is "${#word}" 16 'there is a word in it'

answer_with() {	# FROM FIELD...: text on standard input
	_from=$1
	shift
	{ head_of "$_from" 'Re: [...]' "In-Reply-To: $asked_id" "$@"; text; } >"$work/back.eml"
	take "$work/back.eml" rd@sluis.example "$_from" && deliver
}
echo 'Yes, it is me.' | answer_with heron
is "$(proofs)" 'mailback encrypted null false' 'an answer without it proves nothing'
echo 0123456789abcdef | answer_with heron
is "$(proofs)" 'mailback encrypted null false' 'nor does another word'
echo "$word" | answer_with 'Mallory <m@evil.example>'
is "$(proofs)" 'mailback encrypted null false' 'T-34: nor does the word from somebody else'
echo "$word" | answer_with heron 'Auto-Submitted: auto-replied'
is "$(proofs)" 'mailback encrypted null false' 'T-54: nor a robot that sends back what it gets'
printf '> We want to be sure\n>   %s\n\nYes, it is me.\n' "$word" | answer_with heron
is "$(proofs)" 'mailback encrypted none true' 'its word does, in the quote as well, with what its signature was'
like "$(receipt ann)" '^Verified mail-back \(signature none\)$' 'the notice says so'
echo "again $word" | answer_with heron
is "$(proofs)" 'mailback encrypted none true' 'once'
like "$(receipt ann)" '^Verified mail-back 20[0-9-]*T[0-9:]* \(ann; encrypted, none\)$' 'later notices say since when, and how'

# --- what an analyst did

echo '/verify callback reporter' | answers ann
is "$(proofs)" 'mailback encrypted none true, callback null null true' 'what an analyst did is noted at once'
like "$(receipt ann)" 'verified: reporter callback' 'and said'
echo '/verify guess reporter' | answers ann
like "$(receipt ann)" 'no such value: guess' 'in one of the ways there are'
echo /show | answers ann
like "$(receipt ann)" '^reporter  Verified call-back 20' '/show has it'
is "$(of_case "$tag" '[.events[].kind] | map(select(. == "challenged" or . == "verified")) | join(" ")')" \
    'challenged verified verified' 'the case remembers'

# --- a reporter without a key

{ head_of 'Wren <wren@other.example>' 'Another'; echo 'A hole in https://b.example/?id=1' | text; } >"$work/second.eml"
take "$work/second.eml" rd@sluis.example wren@other.example && deliver
tag=$(case_of)
echo '/verify mailback' | answers ann
like "$(outbox '[.[] | select(.kind == "verify")][0] | "\(.to) \(.state) \(.reason)"')" \
    '^wren@other.example held confirm: not encrypted' 'T-40: in clear it waits for a second word'
echo /confirm | answers ann
mail=$(mail_to wren@other.example)
word=$(read_mail text <"$mail" | challenge_in)
is "${#word} $(read_mail head Subject <"$mail")" "16 $tag: is this you?" 'then it leaves, by a template'
reply_to=$(read_mail head From <"$mail" | grep -oE 'rd\+[0-9a-z]*@sluis.example')
{ head_of 'Wren <wren@other.example>' 'Re: is this you?'; echo "$word" | text; } >"$work/back.eml"
take "$work/back.eml" "$reply_to" wren@other.example && deliver
is "$(proofs)" 'mailback clear none true' 'and comes back to the address with the token'

done_testing
