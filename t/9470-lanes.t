#!/bin/sh
# Mail that is treated another way than a report: counsel, extortion, the press,
# data of persons, standard answers; and whom a case with an owner is told to.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

init_options=--no-samples chain_init
setting outgoing.delay 0s
setting team.general info@team.example
analyst ann
analyst bob
person heron 'Grey Heron <heron@reporter.example>'
person dorf 'IT <it@dorf.example>'
person law 'Mr Law <law@counsel.example>'
sluis analyst add bob --address bob@team.example --reads legal >/dev/null
is "$(sluis analyst list --json | jq -r '[.[] | "\(.name)=\(.reads | join(","))"] | join(" ")')" 'ann= bob=legal' \
	'bob reads what is for legal readers'
sluis participant add lawfirm --title 'Law and Partners' --kind counsel --domain counsel.example --language en \
    --contact law@counsel.example --key "$work/law.asc" >/dev/null
de_vaart

outgoing() { outbox "[.[] | select(.case == \"$tag\" and .kind == \"relay\")] | .[0] | \"\(.to) \(.state) \(.reason)\""; }
# report FILE SUBJECT [HEAD...]: the entity on standard input from Heron, taken and worked on.
report() {
	cat >"$work/entity"
	{ head_of heron "$1"; encrypted heron --sign <"$work/entity"; } >"$work/report.eml"
	take "$work/report.eml" && deliver
}
with_key() {
	text >"$work/words"
	bytes application/pgp-keys key.asc <"$work/heron.asc" >"$work/key"
	mixed "$work/words" "$work/key" ${1:+"$1"}
}

# --- data of persons: counted, not enclosed, held ---

{
	echo 'name;born;bsn'
	printf 'A;12-03-1951;123456782\nB;01-11-1987;111222333\nC;30-06-2011;999990019\n'
} | bytes text/csv list.csv >"$work/list"
echo 'I found that https://portaal.devaart.example/?id=1 shows the files of others, such as 123456782.' |
	with_key "$work/list" | report 'A hole'
tag=$(case_of)
like "$(receipt ann)" '^! 4 numbers pass the BSN test$' 'numbers that pass the eleven-test are counted'
like "$(receipt ann)" '^! 3 lines of a table with dates of birth$' 'and so are dates of birth'
like "$(receipt ann)" '^#2 text/csv .*not enclosed: data of persons' 'an attachment with them is not enclosed'
unlike "$(cat "$work/opened")" 'MDEtMTEtMTk4' 'and is not'
printf '/forward devaart\n' | answers ann
is "$(outbox "[.[] | select(.kind == \"forward\")] | .[0].reason")" 'personal: the text has data of persons' \
	'what has them is held when it is to leave'
echo /drop | answers ann
printf '/reply\nIs 111222333 a number you saw?\n' | answers ann
is "$(outgoing)" 'heron@reporter.example held personal: the text has data of persons' 'whoever wrote it'
printf '/reply\nThank you for this.\n' | answers ann
is "$(outgoing)" 'heron@reporter.example sent null' 'and what has not leaves'

# --- counsel: for legal readers only ---

printf '/legal devaart\nMay we?\n' | answers ann
like "$(receipt ann)" 'there is no counsel devaart' 'who is no counsel is asked nothing'
printf '/legal\nMay we?\n' | answers ann
like "$(receipt ann)" 'it is not said which counsel' 'nor nobody in particular'
printf '/legal lawfirm\nMay we tell the supplier of this?\n' | answers ann
is "$(outgoing)" 'law@counsel.example held confirm: the first mail to this party' 'the first question waits for a second word'
echo /confirm | answers ann
is "$(outgoing)" 'law@counsel.example sent null' 'and is asked'
ok 'encrypted to counsel' open_as law "$(mail_to law@counsel.example)"
like "$(read_mail text <"$work/opened")" 'May we tell the supplier' 'in our words'
is "$(of_case "$tag" '[.parties[] | select(.role == "legal") | .name] | join(" ")')" lawfirm 'counsel is a party'
asked=$(read_mail head Message-ID <"$work/opened")
before=$(count_to ann@team.example)
counsel() {
	{ head_of law 'Re: [...]' "In-Reply-To: $asked"; text | encrypted law --sign; } >"$work/law.eml"
	take "$work/law.eml" rd@sluis.example law@counsel.example && deliver
}
printf 'In my opinion you may tell the supplier, as the\ncontract says nothing against it.\n' | counsel
is "$(case_of)" "$tag" 'the answer is in the case'
is "$(($(count_to ann@team.example) - before))" 0 'who is no legal reader hears nothing of it'
like "$(receipt bob)" '^\| In my opinion you may tell the supplier' 'a legal reader reads it'
printf '/pass reporter\n' | answers bob
like "$(receipt bob)" 'what counsel wrote is passed on to nobody' 'it is passed on by nobody'
printf '/advise reporter\nWe may tell them, as the contract\nsays NOTHING against it, they say.\n' | answers bob
like "$(outgoing)" "heron@reporter.example held counsel: " 'a text with a run of its words is held, however its lines are broken'
like "$(receipt bob)" '^\| as the contract says nothing$' 'and the words are shown'
printf '/advise reporter\nYou are free to speak with the maker of the product.\n' | answers bob
is "$(outgoing)" 'heron@reporter.example sent null' 'our own advice leaves'
ok 'encrypted' open_as heron "$(mail_to heron@reporter.example)"
like "$(read_mail text <"$work/opened")" 'We advise you on this matter' 'as advice'
printf '/note\nCounsel sees no CANARY-NOTE.\n' | answers bob
echo /show | answers bob
like "$(receipt bob)" 'CANARY-NOTE' 'what a legal reader notes beside it is there for legal readers'
printf '/note\nCalled them, CANARY-OPEN.\n' | answers ann
! receipt ann | grep -q 'your answer is kept' || echo /confirm | answers ann
echo /show | answers ann
unlike "$(receipt ann)" 'In my opinion|May we tell' '/show leaves it out for others'
unlike "$(cat "$work/ann.text")" 'CANARY-NOTE' 'with what was noted beside it'
like "$(cat "$work/ann.text")" 'CANARY-OPEN' 'and nothing else'
like "$(receipt ann)" '^\| You are free to speak' 'and shows the rest'
echo /find opinion | answers ann
unlike "$(receipt ann)" 'opinion you may' '/find too'
echo /find opinion | answers bob
like "$(receipt bob)" "^$tag .*opinion" 'but not for a legal reader'

evidence() {	# [OPTION...]: case.json of it
	sluis case export "$tag" --key "$work/dorf.asc" "$@" >"$work/evidence.eml" && open_as dorf "$work/evidence.eml"
	perl -MMIME::Base64 -0777 -ne 'print decode_base64($1) if /filename="?case\.json.*?\r?\n\r?\n(.*?)\r?\n--/s' "$work/opened"
}
unlike "$(evidence)" 'In my opinion|May we tell|CANARY-NOTE' "counsel's words are no evidence"
like "$(evidence | jq -r '.notes[].text')" 'CANARY-OPEN' 'the rest is'
like "$(read_mail text <"$work/opened")" '^kept back  mail-[0-9]+\.eml$' 'which its text says'
like "$(evidence --counsel)" 'In my opinion.*CANARY-NOTE' 'unless that is asked for'
like "$(of_case "$tag" '[.events[] | select(.kind == "exported") | .detail] | last')" ', with counsel$' 'and then it is on record'

# --- a case with an owner: its owner, duty, watchers ---

analyst cas
echo /assign me | answers ann
before=$(count_to bob@team.example)
again() {
	{ head_of heron 'Re: [...]' "In-Reply-To: $(read_mail head Message-ID <"$work/opened")"
	text | encrypted heron --sign; } >"$work/again.eml"
	take "$work/again.eml" && deliver
}
open_as heron "$(mail_to heron@reporter.example)"
echo 'I looked again.' | again
like "$(receipt ann)" '^! this is the case of ann$' 'the owner of a case hears of it'
is "$(($(count_to bob@team.example) - before)) $(count_to cas@team.example)" '0 0' 'others do not'
printf '/duty bob\n' | answers ann
open_as heron "$(mail_to heron@reporter.example)"
echo 'And once more.' | again
like "$(receipt bob)" '^! you have duty; this is the case of ann$' 'but who has duty'

# --- extortion: nothing automatic, few readers, the original kept ---

acks=$(outbox '[.[] | select(.kind == "ack")] | length')
printf '%s\n' 'I have the database of your portal. Pay 5 bitcoin within 48 hours or I publish all of it and sell the files.' |
	text | report 'Pay or we publish'
tag=$(case_of)
is "$(of_case "$tag" .class)" extortion 'it is seen as extortion'
is "$(outbox '[.[] | select(.kind == "ack")] | length')" "$acks" 'nothing is answered'
like "$(receipt bob)" "SHA-256 $(sha256sum <"$work/report.eml" | cut -d ' ' -f 1)" 'the notice has the hash of the original'
like "$(receipt bob)" '^\| I have the database' 'who has duty reads it'
like "$(receipt bob)" 'Suggested: /legal' 'counsel is suggested'
like "$(receipt ann)" '^! Its words are for few' 'others hear that it came'
unlike "$(cat "$work/ann.text")" 'bitcoin|heron' 'and no more'
like "$(of_case "$tag" '[.events[].kind] | join(" ")')" 'frozen' 'that it is kept is on record'
echo /show raw | answers ann
like "$(receipt ann)" 'its words are for others' 'raw neither'
echo /show | answers ann
unlike "$(receipt ann)" 'bitcoin' 'nor by /show'
echo /assign me | answers ann
echo /show | answers ann
like "$(receipt ann)" '^\| I have the database' 'whose case it is reads it'

# --- standard answers ---

echo 'How do I reset the password of my mail account? I cannot log in at my telephone.' |
	text >"$work/words"
{ printf '%s\n' 'From: Lost User <lost@user.example>' 'To: rd@sluis.example' 'Subject: Question' "Date: $(date -R)" \
    'Message-ID: <lost@user.example>' 'MIME-Version: 1.0'; cat "$work/words"; } >"$work/lost.eml"
take "$work/lost.eml" && deliver
tag=$(case_of)
is "$(of_case "$tag" .class)" question 'a question'
like "$(receipt ann)" 'Maybe an end user: /decline enduser' 'the notice says what may be done'
echo /decline nonsense | answers ann
like "$(receipt ann)" 'there are: duplicate, enduser, lowvalue, noanswer, outside' 'an unknown one is refused with the list'
echo /decline outside | answers ann
like "$(receipt ann)" 'not set in the settings: team.national' 'and one that lacks a setting'
echo /decline enduser | answers ann
is "$(outgoing)" 'lost@user.example sent null' 'a standard answer leaves in clear where there is no key'
like "$(read_mail text <"$(mail_to lost@user.example)")" 'info@team.example' 'by its template'
like "$(read_mail head From <"$(mail_to lost@user.example)")" 'rd\+' 'an answer to it finds back'
echo /class leak | answers ann
echo /decline enduser | answers ann
like "$(receipt ann)" "no end user's business" 'a leak is no end user'\''s business'

# --- the press ---

press() {
	{ printf '%s\n' "From: Press <$1@paper.example>" 'To: rd@sluis.example' 'Subject: Press inquiry: interview' "Date: $(date -R)" \
	    "Message-ID: <$1@paper.example>" 'MIME-Version: 1.0'
	echo 'I am a journalist at a newspaper writing an article. Can your spokesperson comment? My deadline is Friday.' | text; } >"$work/press.eml"
	take "$work/press.eml" && deliver
	tag=$(case_of)
}
press one
is "$(of_case "$tag" .class)" media 'a question of the press'
is "$(count_to one@paper.example)" 0 'without anybody to name it hears nothing'
unlike "$(receipt ann)" 'assessment by' 'and is owed no assessment'
setting team.press press@team.example
press two
like "$(read_mail text <"$(mail_to two@paper.example)")" 'press@team\.example' 'else whom to ask'
unlike "$(read_mail text <"$(mail_to two@paper.example)")" 'what we think' 'and no promise'

# --- German falls back to English ---

sluis participant add dorf --title 'Klinik Dorf' --domain dorf.example --language de \
    --contact it@dorf.example --key "$work/dorf.asc" >/dev/null
printf '/forward dorf\nSomebody can read the files of others at your portal, please look.\n' | answers ann
echo /confirm | answers ann
ok 'a German party gets its mail' open_as dorf "$(mail_to it@dorf.example)"
like "$(read_mail text <"$work/opened")" 'Somebody reported a weakness of yours' 'in English, where there is no German text'

done_testing
