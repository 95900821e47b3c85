#!/bin/sh
# A report on its whole way: taken, opened, filed, acknowledged, told; and what
# comes again, answers, or only looks like a report.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
chain_init
person heron 'Heron <heron@reporter.example>'
analyst ann
analyst bob

picture=iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAbElEQVR42g3JQQEAMAgDMZSgpEqqhOepQAlKqmjLN1VFFypcTLHFFSmqmm7UuJlmm2vSP0QLCYsRK05EP0wbGZsxa87EP4YeNHiYYYcbMj+WXrR4mWWXW7I/jj50+JhjjztyP0IHBYcJGy4kPLAsVIH5pgt5AAAAAElFTkSuQmCC
echo $picture | base64 -d >"$work/page.png"
text >"$work/english" <<'END'
Hello,

In your patient portal I can read the files of others, lamprey by lamprey.
Log in, open https://portaal.delinde.example/dossier?id=1041 and change the
number: the server does not check whose file it is (IDOR).

Heron
END
text >"$work/dutch" <<'END'
Beste lezer,

In het portaal https://portaal.devaart.example/dossier?id=7 kan ik de dossiers
van anderen lezen: wie het nummer verandert ziet een zeeprik. De server kijkt
niet wie er is ingelogd (IDOR).

Met vriendelijke groet
END
bytes image/png 'my own page.png' <"$work/page.png" >"$work/picture"
bytes application/pgp-keys heron.asc <"$work/heron.asc" >"$work/key"

# An encrypted and signed report with the reporter's key inside.
{
	head_of heron '...'
	{ echo 'Subject: Files of others in the portal'
	mixed "$work/english" "$work/picture" "$work/key"; } |
	    sed '2s/$/; protected-headers="v1"/' | encrypted heron --sign
} >"$work/encrypted.eml"
encrypted_id=$id
run take "$work/encrypted.eml"
status 0 'an encrypted report is taken'
silent 'without a word'
run sluis-work --once
status 0 'and worked on'
run sluis-send --once
status 0 'and what came of it is sent'

is "$(sluis case list --json | jq length)" 1 'it is one case'
tag=$(case_of)
like "$tag" '^RD-20[0-9][0-9]-[0-9A-HJKMNP-TV-Z]{5}$' 'with a tag'
sluis case show "$tag" --json >"$work/case.json"
case_is() { is "$(jq -r "$1" "$work/case.json")" "$2" "$3"; }
case_is '"\(.tag) \(.inbox) \(.class) \(.motive) \(.title) \(.participants | join(","))"' \
    "$tag rd@sluis.example vulnerability good-faith null delinde" 'of a class, about a participant'
case_is '.parties[] | "\(.role) \(.name)"' 'reporter Heron' 'its party is the reporter'
case_is '[.messages[].direction] | sort | join(" ")' 'in out' 'a message came and one left'
jq '.messages[] | select(.direction == "in")' "$work/case.json" >"$work/in.json"
in_is() { is "$(jq -r "$1" "$work/in.json")" "$2" "$3"; }
in_is .subject 'Files of others in the portal' 'the Subject is the one inside'
in_is .from heron@reporter.example 'who it says it is from'
in_is '"\(.encryption) \(.signature) \(.signer)"' "ok unknown-key $(fpr heron)" \
    'it was encrypted, and signed by a key that is not pinned'
is "$(jq -r .text "$work/in.json")" "$(sed '1,3d' "$work/english")" 'its text'
in_is '.attachments[0] | "\(.n > 0) \(.name) \(.type) \(.size) \(.sha256)"' \
    "true my own page.png image/png $(wc -c <"$work/page.png") $(sha256sum <"$work/page.png" | cut -d ' ' -f 1)" \
    'its attachment'
like "$(jq -r .time "$work/in.json")" '^20[0-9-]{8}T[0-9:]{8}Z$' 'times are RFC 3339 in UTC'
is "$(sluis reception show 1 --json | jq -r '"\(.id) \(.state) \(.inbox) \(.sha256) \(.size) \(.case) \(.class) \(.encryption) \(.signature) \(.signer) \(.reason)"')" \
    "1 done rd@sluis.example $(sha256sum <"$work/encrypted.eml" | cut -d ' ' -f 1) $(wc -c <"$work/encrypted.eml") $tag vulnerability ok unknown-key $(fpr heron) null" \
    'the reception says so too'

# The acknowledgement, encrypted to the key that came along.
is "$(count_to heron@reporter.example)" 1 'one acknowledgement'
ack=$(mail_to heron@reporter.example)
is "$(read_mail head Return-Path <"$ack")" '<>' 'with the null sender'
is "$(read_mail head Subject <"$ack")" '[...]' 'a neutral Subject outside'
is "$(read_mail head From <"$ack" | sed 's/.*<//; s/>//')" rd@sluis.example 'from the plain inbox'
is "$(read_mail head Auto-Submitted <"$ack")" auto-replied 'marked as automatic'
is "$(read_mail head In-Reply-To <"$ack")" "<$encrypted_id>" 'in reply to the report'
ok 'the reporter opens it' open_as heron "$ack"
ok 'it is signed by the team' signed_by "$team"
nok 'an analyst does not open it' open_as ann "$ack"
is "$(encrypted_to "$ack" | wc -l)" 1 'it is encrypted to one key (T-46)'
open_as heron "$ack"
is "$(read_mail head Subject <"$work/opened")" "$tag: received" 'the real Subject is inside'
like "$(read_mail text <"$work/opened")" "^Its number is $tag" 'in English for an English report'
unlike "$(cat "$work/opened")" '[Ll]amprey|IDOR|portal|delinde' 'without a word of the report'

# The notices, one an analyst.
for who in ann bob; do
	is "$(count_to $who@team.example)" 1 "one notice for $who"
	notice=$(mail_to $who@team.example)
	ok "$who opens it" open_as $who "$notice"
	ok 'it is signed by the team' signed_by "$team"
	read_mail text <"$work/opened" >"$work/$who.text"
	like "$(head -n 1 "$work/$who.text")" \
	    "^==== write above or below this line = $tag = [0-9a-z]{16} ====\$" 'the marker line is the first'
	ok 'and under 76 columns' test "$(head -n 1 "$work/$who.text" | wc -c)" -le 76
	is "$(encrypted_to "$notice" | wc -l)" 1 'encrypted to one key'
done
nok "bob does not open ann's" open_as bob "$(mail_to ann@team.example)"
nok 'their nonces differ' test "$(head -n 1 "$work/ann.text")" = "$(head -n 1 "$work/bob.text")"
is "$(sed 1d "$work/ann.text")" "$(sed 1d "$work/bob.text")" 'and nothing else'
like "$(cat "$work/ann.text")" '^NEW vulnerability, high\. Ziekenhuis De Linde \(sure: domain\)$' 'what, how bad, whose'
like "$(cat "$work/ann.text")" '^Call   Security team day and night \+31 20 555 01 01\. NO usable key$' 'whom to call'
like "$(cat "$work/ann.text")" '^Done   acknowledged, encrypted\.' 'what was done'
like "$(cat "$work/ann.text")" 'encryption ok \([0-9A-F]{40}\) / signature unknown-key' 'how we know'
unlike "$(grep -v '^| ' "$work/ann.text")" '[Ll]amprey|dossier|Files of others' \
    'every line of a stranger has its prefix'
like "$(cat "$work/ann.text")" '^\| In your patient portal I can read' 'and is there'
open_as ann "$(mail_to ann@team.example)"
is "$(read_mail head Subject <"$work/opened")" "$tag: new report, high" 'Subject inside'
is "$(read_mail head Subject <"$(mail_to ann@team.example)")" "[$tag] urgent" 'and outside'
is "$(read_mail parts <"$work/opened" | sed -n 2p | tr -d 0-9)" 'image/png attachment-.png' \
    'the attachment is enclosed under a name of ours'
read_mail part 2 <"$work/opened" >"$work/enclosed"
ok 'unopened' cmp "$work/page.png" "$work/enclosed"
is "$(read_mail names <"$(mail_to ann@team.example)" | tr '\n' ' ')" \
    'Return-Path Delivered-To From To Subject Date Message-ID MIME-Version Content-Type ' \
    'a fixed list of header fields'

# The reporter answers in the encryption, with nothing but the line at the foot.
ref=$(open_as heron "$ack" && read_mail text <"$work/opened" | sed -n 's/^Ref: //p')
{ head_of heron 'Hello again'
printf 'It was the fourth lamprey.\n\n> Ref: %s\n' "$ref" | text | encrypted heron --sign; } >"$work/again.eml"
take "$work/again.eml" && deliver
is "$(case_of)" "$tag" 'an answer with the token inside lands in the case'
# And with nothing but a reference.
{ head_of heron Re: "In-Reply-To: $(read_mail head Message-ID <"$ack")"
echo 'And the fifth.' | text | encrypted heron --sign; } >"$work/again.eml"
take "$work/again.eml" && deliver
is "$(case_of)" "$tag" 'an answer by reference lands in the case'
is "$(count_to heron@reporter.example)" 1 'no answer is acknowledged'
is "$(of_case "$tag" '[.messages[] | select(.direction == "in") | .verified] | map(tostring) | join(" ")')" \
    'true true true' 'all from this reporter'
is "$(count_to ann@team.example)" 3 'a notice for each'
open_as ann "$(mail_to ann@team.example)"
is "$(read_mail head Subject <"$(mail_to ann@team.example)")" "[$tag] answer" 'which says that it is an answer'

# A report in clear, in Dutch.
{ head_of 'Reiger <reiger@melder.example>' 'Een kwabaal in het portaal'; cat "$work/dutch"; } >"$work/clear.eml"
clear_id=$id
take "$work/clear.eml" && deliver
clear=$(case_of)
nok 'it is another case' test "$clear" = "$tag"
is "$(of_case "$clear" '"\(.class) \(.participants[]) \(.parties[0].role) \(.messages[0].encryption) \(.messages[0].signature)"')" \
    'vulnerability devaart reporter none none' 'with what there is to say of it'
ack=$(mail_to reiger@melder.example)
is "$(count_to reiger@melder.example)" 1 'one acknowledgement'
is "$(read_mail head Return-Path <"$ack")" '<>' 'with the null sender (T-51)'
is "$(read_mail head Auto-Submitted <"$ack")" auto-replied 'marked as automatic'
is "$(read_mail head To <"$ack")" reiger@melder.example 'to the bare address'
is "$(read_mail head Subject <"$ack")" "$clear: ontvangen" 'in Dutch'
is "$(read_mail head In-Reply-To <"$ack")" "<$clear_id>" 'in reply to the report'
reply=$(read_mail head From <"$ack" | sed 's/.*<//; s/>//')
like "$reply" '^rd\+[0-9a-z]{38}@sluis\.example$' 'from an address with a token'
like "$(read_mail text <"$ack")" "^Het nummer is $clear" 'it tells the number'
unlike "$(cat "$ack")" '[Kk]wabaal|zeeprik|dossier|devaart|Reiger' 'and no word of the report'

{ head_of 'Reiger <reiger@melder.example>' 'Re: iets'; echo 'Nog een zeeprik.' | text; } >"$work/m"
take "$work/m" "$reply" && deliver
is "$(case_of)" "$clear" 'an answer to that address lands in the case'
{ head_of 'Reiger <reiger@melder.example>' 'Re: iets' "In-Reply-To: $(read_mail head Message-ID <"$ack")"
echo 'En nog een.' | text; } >"$work/m"
take "$work/m" && deliver
is "$(case_of)" "$clear" 'an answer to that mail lands in the case'
{ head_of 'Reiger <reiger@melder.example>' 'Re: iets' "References: <$clear_id>"
echo 'Een derde.' | text; } >"$work/m"
take "$work/m" && deliver
is "$(case_of)" "$clear" "and so does an answer to the reporter's own mail"
is "$(count_to reiger@melder.example)" 1 'none of them is acknowledged'

# T-5: the same mail again, and through both inboxes.
sluis case list --json >"$work/before"
sent=$(find "$dir/outgoing/new" -type f | wc -l)
take "$work/clear.eml"
is "$?" 0 'the same mail again is taken'
take "$work/clear.eml" cert@sluis.example
# What servers put on top makes it no other mail.
{ echo 'Received: from x by y; Mon, 1 Jan 2024 00:00:00 +0000'; cat "$work/encrypted.eml"; } >"$work/m"
take "$work/m" cert@sluis.example
deliver
is "$(sluis reception list --json | jq -r '.[0, 1] | "\(.inbox) \(.state) \(.case)"' | sort)" \
    "$(printf 'cert@sluis.example superseded %s\n' "$clear" "$tag" | sort)" \
    'T-5: through the other inbox it is superseded'
is "$(sluis reception list --json | jq length)" 9 'the very same for the same inbox is no reception'
is "$(sluis case list --json | jq length)" 2 'no case more'
is "$(find "$dir/outgoing/new" -type f | wc -l)" "$sent" 'no mail more'
like "$(of_case "$clear" '.events[] | "\(.kind) \(.detail)"')" 'cert@sluis\.example' 'both inboxes are noted'

# T-6: what a mail calls itself says nothing.
{ sed "s/^Message-ID:.*/Message-ID: <$clear_id>/; s/zeeprik/barbeel/" "$work/clear.eml"; } >"$work/m"
take "$work/m" && deliver
nok 'T-6: the same Message-ID with another text is another case' test "$(case_of)" = "$clear"
is "$(sluis case list --json | jq length)" 3 'of its own'

# T-33: a tag is a hint.
{ head_of 'Swan <swan@stranger.example>' "Re: $tag: received"; echo 'Me too.' | text; } >"$work/m"
take "$work/m" && deliver
stranger=$(case_of)
nok "T-33: a stranger's tag opens a case of its own" test "$stranger" = "$tag"
open_as ann "$(mail_to ann@team.example)"
like "$(read_mail text <"$work/opened")" "^! may belong to: $tag\$" 'whose notice says where it may belong'
is "$(of_case "$tag" '[.messages[] | select(.from == "swan@stranger.example")] | length')" 0 \
    'and the named case has nothing of it'

# T-34: a token names a party, and is not that party.
forget_mails
{ head_of 'Swan <swan2@stranger.example>' 'Re: iets'; echo 'I am Reiger.' | text; } >"$work/m"
take "$work/m" "$reply" && deliver
is "$(case_of)" "$clear" "T-34: a stranger's mail with a right token is kept in the case"
is "$(of_case "$clear" '.messages[] | select(.from == "swan2@stranger.example") | .verified')" false 'unverified'
is "$(count_to swan2@stranger.example)" 0 'and not acknowledged'
open_as ann "$(mail_to ann@team.example)"
like "$(read_mail text <"$work/opened")" '^! right token or reference, but another sender: unverified' \
    'the notice warns'

# T-51: whom no machine answers. NAME | SENDER | FROM | FIELD
forget_mails
n=0
while IFS='|' read -r name sender from field; do
	n=$((n + 1))
	{ head_of "$from" 'A report' ${field:+"$field"}; sed "s/1041/$n/" "$work/english"; } >"$work/m"
	take "$work/m" rd@sluis.example "$sender" && deliver
	is "$(outbox "[.[] | select(.kind == \"ack\" and .case == \"$(case_of)\")] | length")" 0 \
	    "T-51: $name is not acknowledged"
done <<'END'
a mail from two mailboxes|one@two.example|One <one@two.example>, Two <two@two.example>|
a mail from a group|one@two.example|undisclosed: ;|
an automatic reply|robot@two.example|Robot <robot@two.example>|Auto-Submitted: auto-replied
a mail with the null sender||Three <three@two.example>|
a mail from a list|list-bounces@two.example|Four <four@two.example>|List-Id: <list.two.example>
a mail from an inbox of ours|rd@sluis.example|RD <rd@sluis.example>|
a mail of last week|five@two.example|Five <five@two.example>|Received: from a by b; Mon, 2 Nov 2020 10:00:00 +0100
END
is "$(cat "$dir"/outgoing/new/* | grep '^Delivered-To:' | sort -u | tr '\n' ' ')" \
    'Delivered-To: ann@team.example Delivered-To: bob@team.example ' 'what left went to analysts'

# T-54: a notice that cannot be delivered comes back once, and no more; a robot
# that answers for an analyst gets no answer.
bounce_of() {
	{ head_of 'Mail Delivery System <MAILER-DAEMON@mx.example>' 'Undelivered Mail Returned to Sender' \
	    'Auto-Submitted: auto-replied'
	echo "The mailbox of $1 is full." | text; } >"$work/m"
	_back=$(read_mail head Return-Path <"$(mail_to "$1")" | tr -d '<>')
	[ -n "$_back" ] && take "$work/m" "$_back" '' && deliver
}
told=$(case_of)
like "$(read_mail head Return-Path <"$(mail_to ann@team.example)")" '^<rd\+[0-9a-z]{38}@sluis\.example>$' \
    'a notice leaves from an address of its party'
bounce_of ann@team.example
is "$(case_of)" "$told" 'T-54: its bounce lands in its case'
open_as bob "$(mail_to bob@team.example)"
like "$(read_mail text <"$work/opened")" '^! a mail of ours came back' 'and is told'
nok 'what tells that does not come back' bounce_of bob@team.example
forget_mails
{ head_of ann 'Out of office' 'Auto-Submitted: auto-replied'; echo 'I am away.' | text; } >"$work/m"
take "$work/m" && deliver
is "$(find "$dir/outgoing/new" -type f | wc -l)" 0 "an analyst's robot is not answered"

# The budget of acknowledgements.
setting outgoing.acks_per_sender 2
for n in 1 2 3; do
	{ head_of 'Often <often@writer.example>' "Report $n"; sed "s/1041/9$n/" "$work/english"; } >"$work/m"
	take "$work/m" && deliver
done
is "$(count_to often@writer.example)" 2 'over the budget no acknowledgement leaves'
is "$(outbox ".[] | select(.kind == \"ack\" and .case == \"$(case_of)\") | \"\(.state) \(.reason)\"")" \
    'held budget' 'it is held'
is "$(outbox "[.[] | select(.kind == \"notice\" and .case == \"$(case_of)\" and .state == \"sent\")] | length")" 2 \
    'case and notices stand'
held=$(outbox ".[] | select(.kind == \"ack\" and .state == \"held\") | .id")
run sluis outbox release "$held"
sluis-send --once
is "$(count_to often@writer.example)" 3 'and it can be released'

# T-42: an analyst does not report.
forget_mails
cases=$(sluis case list --json | jq length)
{ head_of ann 'A report'; sed 's/1041/77/' "$work/english"; } >"$work/m"
take "$work/m" && deliver
is "$(sluis case list --json | jq length)" "$cases" "T-42: an analyst's mail opens no case"
is "$(sluis reception list --json | jq -r '.[0] | "\(.state) \(.reason) \(.case)"')" 'done analyst null' 'it is kept'
is "$(count_to ann@team.example) $(count_to bob@team.example)" '1 0' 'that analyst alone is told'
ok 'encrypted' open_as ann "$(mail_to ann@team.example)"
like "$(read_mail text <"$work/opened")" 'nothing was done' 'that nothing happened'
is "$(read_mail head Return-Path <"$(mail_to ann@team.example)") $(read_mail head Auto-Submitted <"$(mail_to ann@team.example)")" \
    '<> auto-replied' 'and no robot is to answer that'

# T-13: what is over a limit is not looked into.
forget_mails
{ head_of 'Much <much@writer.example>' Much
echo 'Content-Type: multipart/mixed; boundary="b"'
echo
n=0
while [ $((n += 1)) -le 101 ]; do printf -- '--b\nContent-Type: image/png\n\n%d\n' $n; done
echo '--b--'; } >"$work/m"
take "$work/m"
run deliver
status 0 'T-13: a mail over the limits stops nobody'
is "$(sluis reception list --json | jq -r '.[0] | "\(.state) \(.reason) \(.case)"')" 'parked attachments null' 'it is parked'
for who in ann bob; do
	ok "$who is told" open_as $who "$(mail_to $who@team.example)"
	like "$(read_mail text <"$work/opened")" 'it was not read' 'that it was not read'
done
is "$(count_to much@writer.example)" 0 'its sender is not'

# T-12: the bytes we keep are the bytes we got.
{ head_of 'Odd <odd@writer.example>' Odd | crlf; printf '\r\nA\000B\rC\nD\r\n\377\376 no line end'; } >"$work/odd.eml"
take "$work/odd.eml" && deliver
sluis reception raw "$(reception id)" >"$work/raw"
ok 'T-12: raw equals what came, byte for byte' cmp "$work/odd.eml" "$work/raw"
sluis reception raw 1 >"$work/raw"
ok 'of an encrypted mail too' cmp "$work/encrypted.eml" "$work/raw"
run sluis reception list
stdout '^ID +RECEIVED' 'reception list prints a table'
run sluis reception show 1
stdout "^case +$tag" 'reception show prints one'
run sluis case show "$tag"
stdout '^\| In your patient portal' 'case show prints texts with their prefix'

done_testing
