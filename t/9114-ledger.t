#!/bin/sh
# A ciphertext that came before, elsewhere, is known however it is wrapped, and
# causes nothing but an alarm (T-26).
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
skip_unless openssl have openssl
chain_init
analyst ann
person heron 'Heron <heron@reporter.example>'
person eve 'Eve <eve@attacker.example>'
person crane 'Crane <crane@reporter.example>'
person it 'IT <ict@devaart.example>'
sluis participant add devaart --contact ict@devaart.example --key "$work/it.asc" --domain devaart.example >/dev/null

# The mail that eve saw pass by. Its words are nowhere else.
text >"$work/report" <<'END'
Canary-7c41: in https://portaal.devaart.example/dossier?id=1041 whoever changes
the number in the address reads the files of others (IDOR).
END
{ crlf <"$work/report" | gpg_in "$work/heron" --encrypt --recipient "$team"; } >"$work/c"
{ head_of heron 'A hole'; armoured <"$work/c" | wrapped; } >"$work/original"
original_id=$id
{ echo words | gpg_in "$work/heron" --encrypt --recipient "$(fpr heron)"; } >"$work/for-heron"
{ crlf <"$work/report" | gpg_in "$work/crane" --encrypt --recipient "$team"; } >"$work/of-crane"
take "$work/original" && deliver
first=$(case_of)
is "$(count_to heron@reporter.example)" 1 'the report is acknowledged'
is "$(sluis case show "$first" --json | jq -r '.messages[0].replayed')" false 'it is the first of its kind'
session_key=$(gpg_in "$dir/gnupg" --show-session-key --decrypt "$work/c" 2>&1 >/dev/null |
	sed -n "s/.*session key: '\(.*\)'.*/\1/p")
like "$session_key" '^9:[0-9A-F]{64}$' 'gpg says its session key'

rewrap() { perl "$t/lib/rewrap" "$@" <"$work/c"; }
attached() { printf 'Have a look at this.\n' | text >"$work/.1"; bytes "$1" "$2" >"$work/.2"; mixed "$work/.1" "$work/.2"; }
as_mail() { printf '%s\n' 'Content-Type: message/rfc822' ''; cat; }

# variant NAME [FROM [INBOX [FIELD...]]]: takes a mail with the content on
# standard input, of which the alarm is expected.
variant() {
	_name=$1 _who=${2:-eve} _inbox=${3:-rd@sluis.example}
	shift; [ $# -eq 0 ] || shift; [ $# -eq 0 ] || shift
	{ head_of "$_who" 'About a case' "$@"; cat; } >"$work/m"
	take "$work/m" "$_inbox"
	echo "$(sha256sum <"$work/m" | cut -d ' ' -f 1)|$_name" >>"$work/variants"
}

# Other bytes, the same session key: as PGP/MIME, and as text.
for how in $(perl "$t/lib/rewrap" list); do
	rewrap "$how" | armoured | wrapped | variant "$how, PGP/MIME"
	rewrap "$how" | armoured | text | variant "$how, in text"
	rewrap "$how" | attached application/octet-stream note.gpg | variant "$how, attached"
done
for how in others-before others-behind; do
	rewrap $how "$work/for-heron" | armoured | wrapped | variant "$how, PGP/MIME"
	rewrap $how "$work/for-heron" | attached application/pgp-encrypted note.pgp | variant "$how, attached"
done
printf '%s\n' 'Content-Type: text/plain' '' 'Canary-7c41, other words for the same key.' >"$work/other"
rewrap rewritten "$session_key" "$work/other" >"$work/rewritten"
ok 'the same session key for another text is fine for gpg' gpg_in "$dir/gnupg" --decrypt "$work/rewritten"
armoured <"$work/rewritten" | wrapped | variant 'another text for the same session key'
rewrap same >"$work/same"

# Other cloth.
armoured <"$work/same" | sed '1a Comment: mine' | wrapped | variant 'a comment in the armour'
armoured <"$work/same" | crlf | wrapped | variant 'line ends'
{ echo 'They wrote:'; armoured <"$work/same"; echo 'What is it?'; } | text | variant 'in the middle of a text'
{ armoured <"$work/of-crane"; echo; armoured <"$work/same"; } | text | variant 'behind another one'
{ armoured <"$work/same" | attached text/plain note.asc; } | variant 'armoured, attached'
as_mail <"$work/original" | variant 'the mail itself, attached'
{ text </dev/null >"$work/.1"; as_mail <"$work/original" >"$work/.2"; mixed "$work/.1" "$work/.2"; } | variant 'the mail itself, among others'
{ armoured <"$work/same" | attached application/octet-stream x.asc; } | encrypted eve --sign | variant 'within what eve encrypted'
as_mail <"$work/original" | encrypted eve | variant 'the mail itself within what eve encrypted'
{ text </dev/null >"$work/.1"; armoured <"$work/same" | wrapped >"$work/.2"; mixed "$work/.1" "$work/.2"; } | variant 'as a gateway wraps it'

# Other senders, another inbox.
armoured <"$work/same" | wrapped | variant 'from heron, as eve says' heron
armoured <"$work/same" | wrapped | variant 'from a participant, as eve says' 'IT <ict@devaart.example>'
armoured <"$work/same" | wrapped | variant 'to the other inbox' eve cert@sluis.example
armoured <"$work/same" | wrapped | variant 'with our acknowledgement as reference' eve rd@sluis.example \
    "References: <$original_id>"

deliver
sluis-send --once
sluis reception list --json >"$work/receptions"
total=0
while IFS='|' read -r sha256 name; do
	total=$((total + 1))
	tag=$(jq -r ".[] | select(.sha256 == \"$sha256\") | .case" "$work/receptions")
	of_case "$tag" . >"$work/case"
	notice=$(notice_of "$tag" ann@team.example)
	open_as ann "$notice" && read_mail text <"$work/opened" >"$work/notice"
	result=$(jq -r '"\(.messages[0].replayed) \(.messages[0].verified) \(.participants | length) \(.messages | length) " +
	    ([.events[] | select(.kind == "replayed") | .detail] | join(" "))' "$work/case")
	is "$result $(grep -c "^Came first  *$first\$" "$work/notice") $(grep -ac Canary-7c41 "$work/opened")" \
	    "true false 0 1 $first 1 0" "T-26: $name"
	ok '    said in the other case as well' test "$(of_case "$first" \
	    "[.events[] | select(.kind == \"replayed\" and .detail == \"$tag\")] | length")" = 1
done <"$work/variants"
diag "T-26: $total variants raised the alarm"
ok 'T-26: at least sixty of them' test "$total" -ge 60

is "$(outbox '[.[] | select(.kind == "ack")] | length')" 1 'T-26: nobody else was acknowledged'
is "$(count_to heron@reporter.example) $(count_to eve@attacker.example) $(count_to ict@devaart.example)" '1 0 0' \
    'T-26: nobody else got a mail'
is "$(for file in "$dir"/outgoing/new/*; do open_as ann "$file" 2>/dev/null && cat "$work/opened"; done | grep -ac Canary-7c41)" 1 \
    'its words stand in one notice, of the first mail'

# What would leave from such a case is held.
run sluis case forward "$tag" devaart --json
is "$(jq -r '.[0] | "\(.state) \(.reason)"' "$work/.stdout")" \
    'held replayed: a ciphertext of this case came before, elsewhere' 'T-26: a forward is held'
text <<-END >"$work/words"
	Somebody can read the files of others.
END
{ head_of ann x; cat "$work/words"; } | sluis-forward --case "$tag" --to devaart >"$work/.stdout"
is "$(outbox '[.[] | select(.kind == "forward")] | map(.state) | unique | join(" ")')" held 'and so is what an analyst writes'
run sluis case forward "$first" devaart --json
is "$(jq -r '.[0].state' "$work/.stdout")" ready 'the first case is as free as before'
sluis outbox drop "$(jq -r '.[0].id' "$work/.stdout")"

# --- another party of the same case, an analyst's address, a robot ---

forget_mails
armoured <"$work/same" | sed '1a Comment: 1' | wrapped >"$work/.3"
{ head_of it "Re: $first"; cat "$work/.3"; } >"$work/m"
take "$work/m" && deliver
is "$(case_of)" "$first" 'a participant the case is about names it'
is "$(of_case "$first" '.messages[-1].replayed')" true "T-26: the reporter's ciphertext from another party of the same case"
ok 'the team hears of it' open_as ann "$(mail_to ann@team.example)"
is "$(grep -ac Canary-7c41 "$work/opened")" 0 'without its words'

forget_mails
armoured <"$work/same" | sed '1a Comment: 2' | wrapped >"$work/.3"
{ head_of ann 'An answer'; cat "$work/.3"; } >"$work/m"
take "$work/m" && deliver
is "$(reception case)" null 'a mail from an analyst is no report'
is "$(outbox '[.[] | select(.kind == "receipt")] | length')" 0 'T-26: and is not answered'
ok 'the team hears of it' open_as ann "$(mail_to ann@team.example)"
like "$(read_mail head Subject <"$work/opened")" '^ALARM: ' 'as an alarm'
replays() { of_case "$first" '[.events[] | select(.kind == "replayed") | .detail] | last'; }
is "$(replays)" "reception $(reception id)" 'and the case says it'
forget_mails
{ head_of 'MAILER-DAEMON@attacker.example' 'Undelivered' 'Auto-Submitted: auto-replied'
  printf '%s\n' 'Content-Type: multipart/report; report-type=delivery-status; boundary="r"' '' '--r'
  echo 'It could not be delivered.' | text
  printf '%s\n' '--r' 'Content-Type: message/delivery-status' '' 'Reporting-MTA: dns; attacker.example' '' \
      'Final-Recipient: rfc822; rd@sluis.example' 'Action: failed' 'Status: 5.1.1' '' '--r'
  as_mail <"$work/original"
  printf -- '--r--\n'; } >"$work/m"
take "$work/m" rd@sluis.example '' && deliver
is "$(sluis reception list --json | jq -r '.[0] | "\(.case) \(.reason)"')" 'null no case' 'a bounce belongs to no case'
is "$(replays)" "reception $(reception id)" 'T-26: nor does it go unseen'
like "$(open_as ann "$(mail_to ann@team.example)" && read_mail head Subject <"$work/opened")" '^ALARM: ' 'the team hears of it'

# What an analyst wrote is as good as a report for somebody to steal.
printf 'Canary-7c41, an internal note.\n' | text | crlf | gpg_in "$work/ann" --encrypt --recipient "$team" >"$work/of-ann"
{ head_of ann 'A note'; armoured <"$work/of-ann" | wrapped; } >"$work/m"
take "$work/m" && deliver
forget_mails
{ head_of eve 'A note'; armoured <"$work/of-ann" | wrapped; } >"$work/m"
take "$work/m" && deliver
ok "T-26: an analyst's ciphertext from somebody else is an alarm" test "$(of_case "$(case_of)" '.messages[0].replayed')" = true
is "$(count_to eve@attacker.example)" 0 'that is not answered either'

# --- what is none ---

calm() { is "$(of_case "$1" '[.messages[] | select(.replayed)] | length')" 0 "$2"; }
before=$(of_case "$first" '[.events[] | select(.kind == "replayed")] | length')
take "$work/original" cert@sluis.example && deliver
is "$(reception state)" superseded 'the same mail through the other inbox'
take "$work/original" && deliver
{ head_of heron "Re: $first" "In-Reply-To: <$original_id>" "References: <$original_id>"; rewrap new-headers | armoured | wrapped; } >"$work/m"
take "$work/m" && deliver
is "$(case_of)" "$first" 'the same party sends it again in the same case'
is "$(of_case "$first" '.messages[-1] | "\(.direction) \(.replayed)"')" 'in false' 'which is no alarm'
is "$(of_case "$first" '[.events[] | select(.kind == "replayed")] | length')" "$before" 'nor is any of them told as one'
for who in heron crane it; do
	printf 'Fresh words about https://portaal.devaart.example/ (IDOR), by %s.\n' $who | text | encrypted $who >"$work/.4"
	{ head_of $who 'Fresh'; cat "$work/.4"; } >"$work/m"
	take "$work/m" && deliver
	calm "$(case_of)" "a fresh mail of $who"
done
{ head_of crane 'Mine'; armoured <"$work/of-crane" | wrapped; } >"$work/m"
forget_mails
take "$work/m" && deliver
like "$(case_of)" '^RD-' 'what eve attached was hers first'
ok 'T-26: who came second is told of, whoever it is' test "$(of_case "$(case_of)" '.messages[0].replayed')" = true
printf 'Nothing is encrypted here: https://portaal.devaart.example/ (IDOR).\n' | text >"$work/.4"
{ head_of heron 'Clear'; cat "$work/.4"; } >"$work/m"
take "$work/m" && deliver
calm "$(case_of)" 'a mail in clear'

# --- two at the same time ---

crlf <"$work/report" | gpg_in "$work/heron" --encrypt --recipient "$team" >"$work/c"
for n in 1 2 3 4; do
	{ head_of eve "$n"; rewrap same | armoured | sed "1a Comment: $n" | wrapped; } >"$work/m"
	take "$work/m"
done
for n in 1 2 3 4; do sluis-work --once & done
wait
wait_for 60 sh -c 'sluis-work --once; [ "$(sluis reception list --json | jq "[.[] | select(.state == \"received\" or .state == \"trying\")] | length")" = 0 ]'
is "$(sluis reception list --json | jq -r '.[0:4] | .[].case' | while read -r tag; do of_case "$tag" '.messages[0].replayed'; done | sort | uniq -c | tr -s ' ' | tr '\n' ';')" \
    ' 1 false; 3 true;' 'T-26: of four at once one was first'

done_testing
