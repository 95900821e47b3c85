#!/bin/sh
# A reporter who wants to be named to nobody, with no key, by webmail: called by
# another name everywhere, answered, and heard again (T-49).
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

answer_init
reporter='Wilma Wren <w.wren@webmail.example>'
names='[Ww]ilma|[Ww]\.wren|webmail\.example'

{ head_of "$reporter" 'A hole'; printf 'https://portaal.devaart.example/?id=1 shows the files of others.\nI want to remain anonymous.\n' | text; } >"$work/report.eml"
take "$work/report.eml" rd@sluis.example w.wren@webmail.example && deliver
tag=$(case_of)

# --- by another name

like "$(receipt ann)" '^From +the reporter, who wants to be named to nobody$' 'the first notice has no name'
unlike "$(cat "$work/opened")" "$names" 'T-49: nor has anything else in it'
is "$(of_case "$tag" '.parties[0] | "\(.name) \(.address) \(.hidden)"')" 'reporter null true' 'the case calls them reporter'
is "$(of_case "$tag" '[.messages[] | if .direction == "in" then .from else .to end] | unique | join(" ")')" reporter 'and so do its messages'
unlike "$(shown)" "$names" 'T-49: nothing people are shown names them'

# --- answered, in clear, by an address that finds back

mail=$(mail_to w.wren@webmail.example)
like "$(read_mail text <"$mail")" "^Its number is $tag\.$" 'the acknowledgement is read in any webmail'
unlike "$(read_mail text <"$mail")" "$names" 'and names nobody'
reply_to=$(read_mail head From <"$mail" | grep -oE 'rd\+[0-9a-z]*@sluis.example')
like "$reply_to" '^rd\+[0-9a-z]{38}@' 'it comes from an address of this reporter alone'
# An answer in webmail: own words above a quote, to the address it came from.
webmail() {
	{
		head_of "$reporter" "Re: $tag: news"
		{ cat; printf '\nOn Tue, CSIRT wrote:\n'; sed 's/^/> /' "$work/last"; } | text
	} >"$work/webmail.eml"
	take "$work/webmail.eml" "$reply_to" w.wren@webmail.example && deliver
}
read_mail text <"$mail" >"$work/last"
echo 'I found one more.' | webmail
is "$(case_of) $(of_case "$tag" '.messages | last | "\(.direction) \(.from)"')" "$tag in reporter" 'an answer finds back by it'
like "$(receipt ann)" 'the reporter, who wants to be named to nobody' 'its notice has no name either'
unlike "$(cat "$work/opened")" "$names" 'T-49: anywhere'
printf '/tlp GREEN\n' | answers ann
printf '/reply clear\nThank you, which page is it?\n' | answers ann
like "$(receipt ann)" '^Exactly this goes to reporter:' 'the receipt says to whom by that name'
unlike "$(receipt ann)" "$names" 'T-49: and no other'
echo /confirm | answers ann
like "$(read_mail text <"$(mail_to w.wren@webmail.example)")" '^Thank you, which page is it\?$' 'the answer arrives in clear'

# --- asked, and answering, without a key

echo '/consent reporter credit=ask' | answers ann
mail=$(mail_to w.wren@webmail.example)
is "$(read_mail head Subject <"$mail")" "$tag: may we thank you by name?" 'a question is a template, in clear'
asked_id=$(read_mail head Message-ID <"$mail")
credit() { of_case "$tag" '[.consents[] | select(.what == "credit")] | last | "\(.state) \(.how) \(.signature) \(.as) \(.holds)"'; }
answer() {
	{ head_of "$1" 'Re: may we thank you by name?' "In-Reply-To: $asked_id"; printf 'yes\nThe Wren\n' | text; } >"$work/yes.eml"
	take "$work/yes.eml" "$reply_to" "${2-w.wren@webmail.example}" && deliver
}
answer 'Mallory <m@evil.example>' m@evil.example
is "$(credit)" 'asked template null null false' 'T-34: the right address and word from somebody else moves nothing'
answer "$reporter"
is "$(credit)" 'given answer none The Wren false' 'a yes by webmail is on record, unverified'
echo '/consent reporter credit="The Wren"' | answers ann
is "$(credit)" 'given analyst null The Wren true' 'and holds once an analyst says so'
echo '/invite' | answers ann
like "$(receipt ann)" 'name the party' 'with nobody to meet there is no introduction'
is "$(of_case "$tag" .parties[0].hidden)" true 'a credit by another name unveils nobody'
unlike "$(shown)" "$names" 'T-49: in the end as in the beginning'
echo '/consent reporter name=yes' | answers ann
is "$(of_case "$tag" '.parties[0].name')" 'Wilma Wren' 'who says yes to the name is called by it again'

done_testing
