#!/bin/sh
# root: a private Postfix
#
# A mail of ours that a real mail system cannot deliver: its report comes back to
# the envelope, and is tied to the mail.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/user.sh
. "$t/lib/user.sh"
skip_unless postfix have postfix

init_options=--no-samples user_init
analyst ann
de_vaart --phone '+31 20 555 0107'
user_postfix
# Their host knows nobody of that name; all else arrives.
cat >"$postfix/etc/transport" <<'MAP'
ict@devaart.example error:5.1.1 no such user here
MAP
postconf -c "$postfix/etc" -e "$(postconf -c "$postfix/etc" transport_maps), texthash:$postfix/etc/transport"
user_sendmail
setting outgoing.delay 0s
ok 'Postfix starts' postfix_start "$postfix"

{ head_of 'Lynx <lynx@reporter.example>' 'A hole'; echo 'https://portaal.devaart.example/?id=1 shows the files of others.' | text; } >"$work/report.eml"
sluis-intake --recipient rd@sluis.example --sender lynx@reporter.example <"$work/report.eml"
deliver
tag=$(case_of)
run sluis case forward "$tag" devaart
state() { outbox "[.[] | select(.kind == \"forward\")] | .[0] | \"\(.state) \(.reason)\""; }
[ "$(state)" = 'ready null' ] || sluis outbox release "$(outbox '[.[] | select(.kind == "forward")] | .[0].id')" >/dev/null
sluis-send --once
came_back() { sluis-work --once; [ "$(reception class)" = bounce ]; }
ok 'the report of Postfix comes back to us' wait_for 30 came_back
is "$(state)" 'failed bounced 5.1.1' 'and the mail it is about is the one that failed'
is "$(case_of)" "$tag" 'in its case'
is "$(sluis participant show devaart --json | jq -r '.contacts[0].unreachable_status')" 5.1.1 'the contact is marked'
is "$(of_case "$tag" '[.calls[] | select(.closed == null) | .why] | join(",")')" bounce 'and is to be called'
deliver
ok 'the queue runs empty' wait_for 30 postfix_idle "$postfix"
is "$(outbox '[.[] | select(.kind == "ack")] | length')" 1 'T-54: nobody answered a mail system'

done_testing
