#!/bin/sh
# Who wants to be named to nobody, and signs what they write: they stand in no list,
# are found by no word, and no earlier report of theirs tells who it is (T-49).
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

answer_init
person wren 'Wilma Wren <w.wren@shore.example>'
person vaart 'ICT De Vaart <ict@devaart.example>'
person judge 'Judge <judge@court.example>'
sluis participant add devaart --title 'Ziekenhuis De Vaart' --domain devaart.example --language nl \
    --contact ict@devaart.example --key "$work/vaart.asc" >/dev/null
names='[Ww]ilma|[Ww]\.?[Ww]ren|shore\.example'

# reports SUBJECT [FIELD...]: of Wren, from her own machine, with her key in two places.
autocrypt="Autocrypt: addr=w.wren@shore.example; keydata=$(gpg_in "$work/wren" --export "$(fpr wren)" | base64 -w 0)"
bytes application/pgp-keys key.asc <"$work/wren.asc" >"$work/key"
reports() {
	text >"$work/words"
	_subject=$1
	shift
	{ head_of wren "$_subject" "$autocrypt" "$@" | sed 's/@writer\.example/@laptop.shore.example/'
	mixed "$work/words" "$work/key" | encrypted wren --sign; } >"$work/report.eml"
	take "$work/report.eml" rd@sluis.example w.wren@shore.example && deliver
}
quarantined() { sluis key quarantine list --json | jq -r "[.[] | select(.case == \"$1\")] | .[0].$2"; }

echo 'On https://intranet.devaart.example/ anybody may write. I want to remain anonymous. A zeeprik.' | reports 'A hole'
tag=$(case_of)
echo 'I found that https://portaal.devaart.example/?id=1 shows the files of others.' | reports 'Another hole'
named=$(case_of)

# --- notices

like "$(receipt ann)" '^From +Wilma Wren <w\.wren@shore\.example>$' 'who writes by name is named'
like "$(cat "$work/ann.text")" '1 earlier report since' 'the notice says that there was another report'
unlike "$(cat "$work/ann.text")" "$tag" 'T-49: but not which: that one has no name'
echo 'On https://portaal.devaart.example/3 as well. I want to remain anonymous.' | reports 'A third'
third=$(case_of)
like "$(receipt ann)" 'the reporter, who wants to be named to nobody' 'who does not want that is not'
like "$(cat "$work/ann.text")" '2 earlier reports since' 'nor'
unlike "$(cat "$work/ann.text")" "$named" 'T-49: is told which was by name'
like "$(cat "$work/ann.text")" "^! may belong to: $tag$" 'but which was not, either'
unlike "$(cat "$work/ann.text")" "$names" 'T-49: nor whom a key is said to be of'
unlike "$(sluis reporter show "$named")" "$tag|$third" 'nor is the operator'
unlike "$(of_case "$tag" '.events[].detail')" "$named" 'nor does the case have it'

# --- lists

is "$(of_case "$tag" '.messages[] | select(.direction == "in") | "\(.from) \(.message_id)"')" 'reporter null' 'a case names neither a sender nor a Message-ID'
unlike "$(sluis case show "$tag"; of_case "$tag" .)" "$names" 'T-49: nor anything else of them'
is "$(quarantined "$tag" from) $(quarantined "$tag" address)" 'reporter null' 'nor does the list of keys that came'
id=$(quarantined "$tag" id)
unlike "$(sluis key quarantine show "$id"; sluis key quarantine show "$id" --json)" "$names" 'T-49: nor one of them, shown'
is "$(sluis key quarantine show "$id" --json | jq -r .fingerprint)" "$(fpr wren)" 'a key still goes by its fingerprint'

# --- words that are looked for

found() { sluis case search "$@" --json | jq -r '[.[].case] | unique | join(" ")'; }
is "$(found wren) $(found shore.example)" "$named $named" 'T-49: a name finds no case of who is not named'
is "$(sluis case search zeeprik --json | jq -r '.[] | "\(.case) \(.from)"')" "$tag reporter" 'what they wrote is found, not who'
echo '/find wren' | answers ann
like "$(receipt ann)" "^$named " 'nor by mail'
unlike "$(receipt ann)" "^$tag " 'T-49: does it find more'
echo '/find zeeprik' | answers ann
like "$(receipt ann)" "^$tag .*zeeprik" 'but what they wrote'
unlike "$(receipt ann)" "$names" 'without who'

# --- a mail that does not reach them

open_as ann "$(notice_of "$tag" ann@team.example)" && read_mail text <"$work/opened" >"$work/ann.text"
last_id=$(read_mail head Message-ID <"$work/opened")
{ printf '/reply\nThank you, we look into it.\n'; sed 's/^/> /' "$work/ann.text"; } | as_answer ann
echo /confirm | answers ann
mail=$(mail_to w.wren@shore.example)
ok 'a letter leaves' open_as wren "$mail"
{
	printf '%s\n' 'From: MAILER-DAEMON@mx.shore.example' "To: $(read_mail head Return-Path <"$mail" | tr -d '<>')" \
	    'Subject: Undeliverable: w.wren@shore.example' "Date: $(date -R)" 'Auto-Submitted: auto-replied' 'MIME-Version: 1.0' \
	    'Content-Type: multipart/report; report-type=delivery-status; boundary="dsn"' '' \
	    '--dsn' 'Content-Type: text/plain' '' '<w.wren@shore.example>: no such user' '' \
	    '--dsn' 'Content-Type: message/delivery-status' '' 'Reporting-MTA: dns; mx.shore.example' '' \
	    'Final-Recipient: rfc822; w.wren@shore.example' 'Action: failed' 'Status: 5.1.1' '' \
	    '--dsn' 'Content-Type: text/rfc822-headers' '' "Message-ID: $(read_mail head Message-ID <"$mail")" '' '--dsn--'
} >"$work/dsn.eml"
take "$work/dsn.eml" "$(read_mail head Return-Path <"$mail" | tr -d '<>')" '' && deliver
like "$(receipt ann)" '^! came back: relay [0-9]+, (the )?reporter; 5\.1\.1' 'that it came back is told'
unlike "$(read_mail text <"$work/opened"; cat "$work/opened")" "$names" "T-49: without the bounce's words, which have the address"
echo /show | answers ann
unlike "$(receipt ann)" "$names" '/show leaves them out'
unlike "$(sluis case show "$tag"; of_case "$tag" .)" 'w\.wren|no such user' 'and so does the case'

# --- somebody else's mail with their address on it

printf '/forward devaart\nIedereen kan schrijven op uw intranet.\n' | answers ann
echo /confirm | answers ann
forward_id=$(read_mail head Message-ID <"$(mail_to ict@devaart.example)")
{ head_of vaart 'Re: [...]' "In-Reply-To: $forward_id" 'Cc: w.wren@shore.example, chef@devaart.example'; echo 'Wij kijken ernaar.' | text | encrypted vaart --sign; } >"$work/cc.eml"
take "$work/cc.eml" rd@sluis.example ict@devaart.example && deliver
like "$(receipt ann)" '^Also to +(the )?reporter, chef@devaart\.example' 'who else got a mail is told by that name'
unlike "$(cat "$work/ann.text")" "$names" 'T-49: and no other'

# --- as evidence

evidence() {	# [OPTION...]: its text
	sluis case export "$tag" --key "$work/judge.asc" "$@" >"$work/evidence.eml" && open_as judge "$work/evidence.eml"
	read_mail text <"$work/opened"
}
case_json() { perl -MMIME::Base64 -0777 -ne 'print decode_base64($1) if /filename="?case\.json.*?\r?\n\r?\n(.*?)\r?\n--/s' "$work/opened"; }
like "$(evidence)" '^kept back  mail-[0-9]+\.eml$' 'their mails are no part of it unless that is asked for'
unlike "$(cat "$work/opened"; case_json)" "$names" 'T-49: and nothing of it names them'
is "$(case_json | jq -r .tag)" "$tag" 'the case is'
unlike "$(evidence --unveil)" '^kept back' 'asked for, they are'
like "$(of_case "$tag" '[.events[] | select(.kind == "exported") | .detail] | last')" ", unveiled$" 'which is on record'

# --- a case that is merged

open_as ann "$(notice_of "$named" ann@team.example)" && read_mail text <"$work/opened" >"$work/ann.text"
last_id=$(read_mail head Message-ID <"$work/opened")
{ printf '/merge %s\n' "$tag"; sed 's/^/> /' "$work/ann.text"; } | as_answer ann
! receipt ann | grep -q 'your answer is kept' || echo /confirm | answers ann
is "$(of_case "$named" '.parties[0] | "\(.name) \(.hidden)"')" 'reporter true' 'T-49: one of two cases that become one is enough'

done_testing
