#!/bin/sh
# Mail that answers mail: what came back, what robots answer, whom else somebody
# wrote to; and that none of it is answered or crosses (T-48, T-51, T-54).
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

answer_init
analyst bob
person heron 'Grey Heron <heron@reporter.example>'
de_vaart --phone '+31 20 555 0107'

printf 'I found that https://portaal.devaart.example/?id=1 shows the files of others. Grey Heron\n' | text >"$work/words"
bytes application/pgp-keys key.asc <"$work/heron.asc" >"$work/key"
{ head_of heron 'A hole'; mixed "$work/words" "$work/key" | encrypted heron --sign; } >"$work/report.eml"
take "$work/report.eml" rd@sluis.example heron@reporter.example && deliver
tag=$(case_of)

# Of a mail that left: where it came from, and its id.
envelope_of() { read_mail head Return-Path <"$1" | tr -d '<>'; }
id_of() { read_mail head Message-ID <"$1"; }
outgoing() { outbox "[.[] | select(.case == \"$tag\" and .kind == \"$1\")] | .[0] | \"\(.state) \(.reason)\""; }
notices() { outbox '[.[] | select(.kind == "notice")] | length'; }
automatic() { outbox '[.[] | select(.kind == "ack" or .kind == "keyless")] | length'; }
events() { of_case "$tag" "[.events[] | select(.kind == \"$1\") | .detail] | join(\",\")"; }
forwarded() { printf '/forward devaart\n%s\n' "$1" | answers ann && echo /confirm | answers ann; }

# dsn FILE ACTION STATUS [TO]: as of RFC 3464, of the mail that left in FILE.
dsn() {
	_to=${4:-$(read_mail head Delivered-To <"$1")}
	printf '%s\n' 'From: Mail Delivery System <MAILER-DAEMON@mx.devaart.example>' \
	    "To: $(envelope_of "$1")" 'Subject: Undelivered Mail Returned to Sender' "Date: $(date -R)" \
	    "Message-ID: <$(date +%s%N)@mx.devaart.example>" 'Auto-Submitted: auto-replied' 'MIME-Version: 1.0' \
	    'Content-Type: multipart/report; report-type=delivery-status; boundary="dsn"' '' \
	    '--dsn' 'Content-Type: text/plain' '' "I'm sorry. <$_to>: $3 secret-of-theirs" '' \
	    '--dsn' 'Content-Type: message/delivery-status' '' 'Reporting-MTA: dns; mx.devaart.example' '' \
	    "Final-Recipient: rfc822; $_to" "Action: $2" "Status: $3" '' \
	    '--dsn' 'Content-Type: text/rfc822-headers' '' "Message-ID: <$(id_of "$1" | tr -d '<>')>" 'Subject: [...]' '' '--dsn--'
}
returned() { dsn "$@" >"$work/dsn.eml" && take "$work/dsn.eml" "$(envelope_of "$1")" '' && deliver; }

# --- only late: noted

forwarded 'Wie is ingelogd op uw portaal kan de dossiers van anderen lezen.'
mail=$(mail_to ict@devaart.example)
before=$(notices)
returned "$mail" delayed 4.4.1
is "$(outgoing forward)" 'sent null' 'a mail that is late is not lost'
like "$(events delayed)" '^forward [0-9]+ 4\.4\.1$' 'and noted in the case'
is "$(notices)" "$before" 'nobody is told'

# --- came back for good: told, and somebody calls

returned "$mail" failed 5.1.1
is "$(outgoing forward)" 'failed bounced 5.1.1' 'a mail that came back is shown as bounced, with its class'
like "$(events bounced)" '^forward [0-9]+ 5\.1\.1$' 'the case has it'
like "$(receipt ann)" '^! came back: forward [0-9]+, devaart <ict@devaart.example>; 5\.1\.1 for good$' 'the notice says which mail to whom'
like "$(receipt ann)" '^! mails do not reach them; call until ' 'and until when to call'
is "$(of_case "$tag" '[.calls[] | select(.closed == null) | .why] | join(",")')" bounce 'there is a call to make'
is "$(sluis participant show devaart --json | jq -r '.contacts[0].unreachable_status')" 5.1.1 'the contact is marked'
like "$(sluis key check 2>/dev/null)" 'ict@devaart\.example.*mails come back: 5\.1\.1' 'and key check says so'
returned "$mail" failed 5.1.1
like "$(receipt ann)" '^Call   P\. Jansen .*; mails to them come back$' 'the next notice says whom to call, and why'
is "$(automatic)" 1 'T-51: nothing automatic left but the first acknowledgement'
printf '/pass reporter\n' | answers ann
like "$(receipt ann)" 'no person wrote it' 'T-48: what mail systems write is passed to nobody'
unlike "$(for m in $(mails_to heron@reporter.example); do open_as heron "$m" && cat "$work/opened"; done)" 'secret-of-theirs|devaart' 'T-48: and never was'

# --- by the token alone, as qmail writes it

sluis participant reached ict@devaart.example
is "$(sluis participant show devaart --json | jq -r '.contacts[0].unreachable')" null 'the operator may say that it is reached again'
is "$(of_case "$tag" '[.calls[].how] | join(",")')" reached 'nobody has to call any more'
run sluis participant reached ict@devaart.example
status 1 'once'
printf '/reply devaart\nEen vraag.\n' | answers ann && echo /confirm | answers ann
mail=$(mail_to ict@devaart.example)
printf '%s\n' 'From: MAILER-DAEMON@devaart.example' "To: $(envelope_of "$mail")" 'Subject: failure notice' "Date: $(date -R)" '' \
    'Hi. This is the qmail-send program at devaart.example.' "I'm afraid I wasn't able to deliver your message." '' \
    '<ict@devaart.example>:' '192.0.2.7 does not like recipient.' 'Remote host said: 550 5.7.1 no relaying' >"$work/qmail.eml"
take "$work/qmail.eml" "$(envelope_of "$mail")" '' && deliver
is "$(outgoing relay)" 'failed bounced 5.7.1' 'without any id a bounce is tied by the token and the address'

# --- the contact answers: it is reached

{ head_of vaart 'Re: [...]' "In-Reply-To: <$(id_of "$mail" | tr -d '<>')>"
  echo 'Wij zijn er weer.' | text | encrypted vaart --sign; } >"$work/vaart.eml"
take "$work/vaart.eml" rd@sluis.example ict@devaart.example && deliver
is "$(sluis participant show devaart --json | jq -r '.contacts[0].unreachable')" null 'who answers is reached'

# --- the reporter's own mail came back: nobody has looked for a key of who wrote that

returned "$(mail_to heron@reporter.example)" failed 5.2.2
like "$(receipt ann)" '^/reply reaches reporter, in English$' 'of the key nothing is said that was not looked up'

# --- a notice that came back: the other analysts hear of it, once

mail=$(mail_to bob@team.example)
before=$(count_to bob@team.example)
returned "$mail" failed 5.1.1 bob@team.example
like "$(receipt ann)" '^! came back: notice [0-9]+, bob <bob@team.example>; 5\.1\.1 for good$' 'another analyst hears that a notice came back'
is "$(count_to bob@team.example)" "$before" 'the one it did not reach does not'
before=$(notices)
returned "$mail" failed 5.1.1 bob@team.example
is "$(notices)" "$before" 'T-54: and it is told once'
is "$(envelope_of "$(mail_to ann@team.example)")" '' 'T-54: with no sender on the envelope'

# --- a bounce somebody made up

dsn "$mail" failed 5.1.1 ict@devaart.example | sed 's/^Message-ID: <.*@sluis.example>/Message-ID: <guess@sluis.example>/' >"$work/forged.eml"
take "$work/forged.eml" rd@sluis.example '' && deliver
is "$(case_of) $(sluis participant show devaart --json | jq -r '.contacts[0].unreachable')" 'null null' 'a bounce without an id or a token of ours moves nothing'

# --- robots

printf '/reply devaart\nNog een vraag.\n' | answers ann && echo /confirm | answers ann
mail=$(mail_to ict@devaart.example)
before=$(automatic)
robot() {	# SUBJECT [FIELD...]: from the participant, in answer to the last mail
	_subject=$1
	shift
	{ printf '%s\n' 'From: ICT <ict@devaart.example>' "To: $(envelope_of "$mail")" "Subject: $_subject" "Date: $(date -R)" \
	    "Message-ID: <$(date +%s%N)@devaart.example>" "In-Reply-To: <$(id_of "$mail" | tr -d '<>')>" "$@"
	  echo 'We are away.' | text; } >"$work/robot.eml"
	take "$work/robot.eml" "${to:-$(envelope_of "$mail")}" "${sender-}" && deliver
}
last_kind() { of_case "$tag" '[.messages[] | select(.direction == "in")] | max_by(.id) | .kind'; }
robot 'Automatic reply: [...]' 'Auto-Submitted: auto-replied'
is "$(case_of) $(last_kind)" "$tag automatic" 'an absence is kept in the case as automatic'
robot 'Afwezig: [...]'
is "$(case_of) $(last_kind)" "$tag automatic" 'so is one that only its subject tells'
sender=ict@devaart.example to=rd@sluis.example robot '[INC0012345] Uw melding is ontvangen'
is "$(case_of) $(last_kind)" "$tag automatic" 'and what a desk says that opened a ticket'
like "$(receipt ann)" '/ref devaart INC0012345$' 'its number is suggested'
is "$(automatic)" "$before" 'T-51, T-54: no robot is answered'
is "$(of_case "$tag" '[.parties[] | select(.role == "participant") | .state] | join(",")' | grep -c 'own\|not-ours')" 0 'nor does one decide anything'

# --- their number

echo '/ref devaart INC0012345' | answers ann
like "$(receipt ann)" 'their number devaart INC0012345' 'the number is kept'
is "$(of_case "$tag" '.parties[] | select(.role == "participant") | .reference')" INC0012345 'and shown'
printf '/reply devaart\nDank u wel voor het antwoord.\n' | answers ann && echo /confirm | answers ann
open_as vaart "$(mail_to ict@devaart.example)"
like "$(read_mail text <"$work/opened")" '^Uw kenmerk: INC0012345$' 'it stands in our mails to them'
echo /show | answers ann
like "$(receipt ann)" '^devaart .*#INC0012345' '/show has it'
like "$(receipt ann)" '  automatic$' 'and says what is automatic'
printf '/reply reporter\nWe wait for them.\n' | answers ann
open_as heron "$(mail_to heron@reporter.example)"
unlike "$(cat "$work/opened")" 'INC0012345|kenmerk|reference:' 'and never in those to others'
to=rd@sluis.example sender=ict@devaart.example robot '[INC0012345] Uw melding is ontvangen'
unlike "$(receipt ann)" '/ref devaart' 'a number that is kept is not suggested again'
run sluis case show "$tag"
stdout 'INC0012345' 'sluis case show has it'

# --- whom else somebody wrote to

{ head_of vaart 'Re: [...]' "In-Reply-To: <$(id_of "$mail" | tr -d '<>')>" 'Cc: boss@devaart.example, press@paper.example'
  echo 'Wij kijken.' | text | encrypted vaart --sign; } >"$work/cc.eml"
take "$work/cc.eml" rd@sluis.example ict@devaart.example && deliver
like "$(receipt ann)" '^Also to   boss@devaart\.example \(devaart\), press@paper\.example$' 'others who got it are shown, and matched'
is "$(events direct-contact)" '' 'a colleague is no other party'
{ head_of vaart 'Re: [...]' "In-Reply-To: <$(id_of "$mail" | tr -d '<>')>" 'Cc: Heron <heron@reporter.example>'
  echo 'Beste melder, wij kijken.' | text | encrypted vaart --sign; } >"$work/cc.eml"
take "$work/cc.eml" rd@sluis.example ict@devaart.example && deliver
like "$(receipt ann)" 'devaart.*: they write to each other; neither is hidden' 'two parties on one mail: the notice pretends nothing'
is "$(events direct-contact)" '0 1' 'the case is marked'
is "$(of_case "$tag" '[.parties[].direct] | join(",")')" 'true,true' 'and so are both'
is "$(outbox '[.[].to] | unique | join(" ")')" 'ann@team.example bob@team.example heron@reporter.example ict@devaart.example' \
	'nobody'"'"'s Cc was ever written to'

# --- what goes round

hops=$(printf 'Received: from a by b; %s\n' "$(date -R)")
{ n=0; while [ $n -lt 31 ]; do echo "$hops"; n=$((n + 1)); done
  head_of 'Lynx <lynx@other.example>' 'Another hole'; echo 'The login of https://x.example/ is open.' | text; } >"$work/hops.eml"
before=$(automatic)
take "$work/hops.eml" rd@sluis.example lynx@other.example && deliver
is "$(automatic)" "$before" 'T-54: what came by more than 30 hosts is not answered'
like "$(receipt ann)" 'it goes round in a loop' 'but told'

# A robot that hides what it is: it answers each mail of ours with one of a person's.
{ head_of 'Robot <robot@loop.example>' 'A hole in your portal'; echo 'Anyone can log in at https://y.example/.' | text; } >"$work/first.eml"
take "$work/first.eml" rd@sluis.example robot@loop.example && deliver
rounds=0 seen=0
while [ "$rounds" -lt 5 ] && [ "$(count_to robot@loop.example)" -gt "$seen" ]; do
	seen=$(count_to robot@loop.example) rounds=$((rounds + 1))
	{ head_of 'Robot <robot@loop.example>' "Re: $(read_mail head Subject <"$(mail_to robot@loop.example)")"
	  echo 'Thank you for your message, which we have received.' | text; } >"$work/echo.eml"
	take "$work/echo.eml" rd@sluis.example robot@loop.example && deliver
done
is "$(count_to robot@loop.example)" 1 'T-54: one automatic mail to a robot that answers all of them'

# Two installations wired to each other: each has the other for a reporter.
there=$work/there
at_exit "rm -rf \"\$(readlink '$there/run')\""
at_exit "sluis embedded '$there' stop"
sluis init --embedded "$there" --no-samples >"$work/.init" 2>&1 || diag "$(cat "$work/.init")"
at_there() { SLUIS_CONF="$there/sluis.yaml" "$@"; }
forget_mails
rm -rf "$there/outgoing/new/"*
# Neither writes to an address of its own: ours is rd@here.example to the other.
wire() {	# FROM TO ADDRESS: what left the one for ADDRESS comes in at the other
	find "$1/outgoing/new" -type f | while read -r _mail; do
		[ "$(read_mail head Delivered-To <"$_mail")" = "$3" ] || continue
		SLUIS_CONF="$2/sluis.yaml" sluis-intake --recipient cert@sluis.example --sender '' <"$_mail"
		echo x >>"$work/wired"
	done
	find "$1/outgoing/new" -type f -delete
}
: >"$work/wired"
{ head_of 'Rd <inbox@wired.example>' 'Begin'; echo 'The page https://z.example/ shows files of others.' | text; } >"$work/begin.eml"
take "$work/begin.eml" rd@sluis.example inbox@wired.example && deliver
for _round in 1 2 3; do
	wire "$dir" "$there" inbox@wired.example
	at_there sluis-work --once && at_there sluis-send --once
	wire "$there" "$dir" inbox@wired.example
	deliver
done
is "$(wc -l <"$work/wired")" 1 'T-54: of two installations wired to each other one wrote one automatic mail'

done_testing
