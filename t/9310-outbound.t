#!/bin/sh
# root: a private Postfix
#
# sluis-forward as the content filter of what our own users send: to the
# address of a participant it leaves encrypted, or is held.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/user.sh
. "$t/lib/user.sh"
skip_unless postfix have postfix
skip_unless swaks have swaks

init_options=
user_init
setting outgoing.delay 0s
analyst ann
person heron 'Grey Heron <heron@reporter.example>'
person linde 'CERT De Linde <cert@delinde.example>'
person vaart 'De Vaart <ict@devaart.example>'
sluis participant add delinde --contact cert@delinde.example --key "$work/linde.asc" >/dev/null
sluis participant add devaart --contact ict@devaart.example --key "$work/vaart.asc" >/dev/null

# --- Postfix, with the lines of the manual ---

users=2587 back=2588
user_postfix
# A folder of its own, in which the program can be changed.
mkdir "$work/program"
ln -s "$SLUIS_PREFIX/bin/sluis-forward" "$work/program"
# shellcheck disable=SC2016 # Postfix expands these
postfix_service "$postfix" \
    "127.0.0.1:$users inet n - n - - smtpd" '  -o content_filter=sluis-outbound:' \
    "127.0.0.1:$back inet n - n - - smtpd" \
    'sluis-outbound unix - n n - 4 pipe' '  -o soft_bounce=yes' \
    "  user=$user null_sender=" \
    '  argv=/bin/sh -c {test -s "$$0" && exec "$$0" "$$@"; exit 75}' \
    "    $work/program/sluis-forward -c $dir/sluis.yaml --outbound" \
    "    --sender=\${sender} --recipient=\${recipient}"
postconf -c "$postfix/etc" -e 'sluis-outbound_destination_recipient_limit = 1' \
    'sluis-outbound_time_limit = 600s'
# A private Postfix has no sendmail for everybody: this one does what it does.
cat >"$work/bin/sendmail" <<SH
#!/bin/sh
while [ "\$1" != -- ]; do [ "\$1" != -f ] || from=\$2; shift; done
exec swaks --silent 3 --server 127.0.0.1:$back --from "\$from" --to "\$2" --data - >/dev/null 2>&1
SH
chmod 755 "$work/bin/sendmail"
sed -i "s|^transport:.*|transport: sendmail:$work/bin/sendmail|" "$SLUIS_CONF"
ok 'Postfix starts' postfix_start "$postfix"

# submit FROM TO SUBJECT TEXT [SWAKS OPTION...]: as a user's mail program does.
submit() {
	_from=$1 _to=$2 _subject=$3 _text=$4
	shift 4
	swaks --silent 2 --server 127.0.0.1:$users --from "$_from" --to "$_to" \
	    --header "Subject: $_subject" --body "$_text" "$@" >"$work/.swaks" 2>&1 || { diag "$(cat "$work/.swaks")"; return 1; }
	wait_for 30 postfix_idle "$postfix"
}
newest() { outbox '[.[] | select(.kind == "relay")][0] | "\(.kind) \(.to) \(.state) \(.reason)"'; }
# What arrived for ADDRESS, the last one.
arrived() { grep -l "^Delivered-To: $1\$" "$work"/sink/new/* 2>/dev/null | tail -n 1; }
has_arrived() { [ -n "$(arrived "$1")" ]; }
count() { find "$work/sink/new" -type f 2>/dev/null | wc -l; }
in_clear() { grep -l "$1" "$work"/sink/new/* 2>/dev/null | wc -l; }
canary=zwartekraai$$

ok 'a user writes to a participant' submit jan@sluis.example cert@delinde.example 'About your portal' "Please call us, says $canary."
is "$(newest)" 'relay cert@delinde.example ready null' 'it is filed, and waits for its time'
is "$(count)" 0 'and does not go on'
sluis-send --once
ok 'then it arrives' wait_for 20 has_arrived cert@delinde.example
mail=$(arrived cert@delinde.example)
is "$(read_mail head Subject <"$mail")" '[...]' 'with nothing in its Subject'
is "$(read_mail head From <"$mail" | grep -c 'rd@sluis.example') $(grep -c jan@ "$mail")" '1 0' 'from the inbox, not from whoever wrote it'
ok 'encrypted to that contact' open_as linde "$mail"
ok 'and signed by the team' signed_by "$team"
like "$(read_mail text <"$work/opened")" "$canary" 'it says what was written'
like "$(cat "$work/opened")" '^Subject: About your portal' 'with its Subject inside'
is "$(in_clear "$canary")" 0 'in clear it is nowhere'

left() { outbox '[.[] | select(.kind == "relay" and .state == "sent")] | length'; }
before=$(left)
submit jan@sluis.example p.jansen@delinde.example 'Call me' "$canary"
is "$(newest)" 'relay p.jansen@delinde.example held no key' 'to a contact without a key it is held'
submit jan@sluis.example director@delinde.example 'Call me' "$canary"
is "$(newest)" 'relay director@delinde.example held no contact who receives cases has this address' \
	'and to an address of the participant that is no contact'
head -c 3000 /dev/urandom >"$work/paper.bin"
submit jan@sluis.example cert@delinde.example 'See the paper' 'Enclosed.' --attach-type application/pdf --attach "@$work/paper.bin"
is "$(newest)" 'relay cert@delinde.example held attachment: it cannot be cleaned' 'an attachment that cannot be cleaned holds it'
sluis-work --once
sluis-send --once
is "$(left) $(in_clear "$canary")" "$before 0" 'nothing of these leaves'

# What is none of our business.
other() { arrived other@elsewhere.example; }
other_arrived() { has_arrived other@elsewhere.example; }
submit jan@sluis.example other@elsewhere.example 'Lunch' 'At noon?'
ok 'a mail to somebody else goes on' wait_for 20 other_arrived
is "$(read_mail head Subject <"$(other)") $(read_mail text <"$(other)" | head -n 1)" 'Lunch At noon?' 'as it was'
submit stranger@elsewhere.example ict@devaart.example 'Newsletter' 'Not of ours.'
ok 'and so does a mail that is not of our users' wait_for 20 has_arrived ict@devaart.example
submit jan@sluis.example cert@sluis.example 'Among us' 'A report.'
like "$(wait_for 20 test "$(sluis reception list --json | jq length)" -ge 1; sluis reception list --json | jq -r '.[0].inbox')" \
	cert@sluis.example 'and one to ourselves'

before=$(outbox length)
submit ann@team.example "cert@delinde.example,other@elsewhere.example" 'Both' "$canary to both"
is "$(outbox length) $(newest)" "$((before + 1)) relay cert@delinde.example ready null" "an analyst's mail from another domain is ours, too"
both() { grep -q "$canary to both" "$(other)"; }
ok 'of two recipients each gets it its own way' wait_for 20 both
before=$(count)

# A case in the Subject.
{ head_of heron 'A hole'; printf 'Your portal https://portaal.delinde.example shows files of others.\n' | text; } >"$work/report.eml"
take "$work/report.eml" && sluis-work --once
tag=$(case_of)
submit jan@sluis.example cert@delinde.example "$tag: your portal" 'Somebody can read the files of others.'
is "$(outbox '.[0] | "\(.kind) \(.case) \(.state)"')" "relay $tag ready" 'a tag that concerns the participant puts it into the case'
is "$(of_case "$tag" '[.messages[] | select(.direction == "out")] | last | .subject')" "$tag: your portal" 'as a message'
submit jan@sluis.example cert@delinde.example "Re: $tag" 'It was found by Grey Heron.'
is "$(newest)" 'relay cert@delinde.example held leak: the text names somebody else' 'T-47: which may not name the reporter'
submit jan@sluis.example ict@devaart.example "Re: $tag" 'Do you know of this?'
is "$(newest)" 'relay ict@devaart.example held case: it does not concern the participant' 'a case of others is none of its business'
is "$(of_case "$tag" '[.parties[].name] | map(select(. == "devaart")) | length')" 0 'and it becomes no party'

# Nothing is lost, and nothing goes in clear, when something is broken.
before=$(outbox length)
sluis embedded "$dir" stop >/dev/null
submit_only() {
	swaks --silent 2 --server "127.0.0.1:$users" --from jan@sluis.example --to cert@delinde.example \
	    --header 'Subject: Patience' --body "$canary waits" >/dev/null 2>&1
}
ok 'without a database Postfix takes a mail' submit_only
deferrals() { postfix_count "$postfix" 'relay=sluis-outbound, .*status=deferred'; }
deferred() { [ "$(deferrals)" -gt "$seen" ]; }
seen=0
ok 'and keeps it' wait_for 30 deferred
is "$(in_clear "$canary waits")" 0 'and lets nothing out'
sluis embedded "$dir" start >/dev/null
ok 'afterwards it is filed by itself' wait_for 60 postfix_idle "$postfix"
is "$(outbox length) $(newest)" "$((before + 1)) relay cert@delinde.example ready null" 'once'
before=$(outbox length)
rm "$work/program/sluis-forward"
: >"$work/program/sluis-forward"
chmod 755 "$work/program/sluis-forward"
seen=$(deferrals)
ok 'T-11: with an empty program file Postfix takes a mail' submit_only
ok 'T-11: and keeps it' wait_for 30 deferred
ln -sf "$SLUIS_PREFIX/bin/sluis-forward" "$work/program"
ok 'T-11: when it is whole it is filed by itself' wait_for 60 postfix_idle "$postfix"
is "$(outbox length)" $((before + 1)) 'T-11: once'
is "$(postfix_count "$postfix" status=bounced)" 0 'nothing was bounced'

# By hand, and the same twice.
{ head_of 'Jan <jan@sluis.example>' 'By hand'; printf 'Hello.\n' | text; } >"$work/byhand.eml"
for _ in 1 2; do run sluis-forward --outbound --sender jan@sluis.example --recipient cert@delinde.example <"$work/byhand.eml"; done
status 0 'by hand it is the same'
silent 'without a word'
is "$(outbox length)" $((before + 2)) 'T-5: and the same mail again changes nothing'
run sluis-forward --outbound --case "$tag" --to delinde --recipient cert@delinde.example <"$work/byhand.eml"
status 75 'one or the other'
stderr '^4\.3\.5 --case and --to' 'is said'
run sluis-forward --outbound </dev/null
stderr '^4\.3\.5 --recipient ADDRESS is missing' 'a recipient it must have'
run sluis-forward --outbound --sender jan@sluis.example --recipient other@elsewhere.example </dev/null
status 75 'of no mail nothing is passed on'

done_testing
