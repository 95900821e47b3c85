#!/bin/sh
# root: a private Postfix
#
# Two hundred mails from two hundred senders, half of them encrypted, twenty at
# a time, each to both inboxes, through a real Postfix in and out.
. "${0%/*}/lib.sh"
. "$t/lib/user.sh"
skip_unless postfix have postfix

count=200 at_once=20
init_options=--no-samples user_init
analyst ann
analyst bob
person writer 'Writer <writer@writer.example>'
user_postfix
user_sendmail
ok 'Postfix starts' postfix_start "$postfix"

# The mails: of each sender one, the odd ones encrypted.
one_mail() {
	printf '%s\n' "From: Reporter $1 <r$1@reporter.example>" 'To: rd@sluis.example, cert@sluis.example' \
	    "Subject: report $1" "Date: $now" "Message-ID: <$1.load@reporter.example>" 'MIME-Version: 1.0'
	printf 'This is report %s: the portal shows the files of others.\n' "$1" | text >"$work/entity"
	if [ $(($1 % 2)) = 0 ]; then cat "$work/entity"
	else encrypted writer <"$work/entity"; fi
}
mkdir "$work/mails"
now=$(date -R) n=0
while [ $n -lt $count ]; do
	n=$((n + 1))
	one_mail $n >"$work/mails/$n"
done

sluis-work &
worker=$!
at_exit "kill $worker"
sluis-send &
sender=$!
at_exit "kill $sender"

cat >"$work/bin/submit" <<SH
#!/bin/sh
exec sendmail -C "$postfix/etc" -i -f "r\$1@reporter.example" rd@sluis.example cert@sluis.example <"$work/mails/\$1"
SH
chmod 755 "$work/bin/submit"

# receptions STATE..., outgoing STATE...: how many are in one of these.
states() { echo "$*" | sed "s/ /','/g"; }
receptions() { ask "select count(*) from sluis.reception where state in ('$(states "$@")')"; }
outgoing() { ask "select count(*) from sluis.outbox where state in ('$(states "$@")')"; }
taken() { [ "$(receptions received trying 'done' superseded parked)" -ge $((2 * count)) ]; }
settled() { [ "$(receptions received trying)" = 0 ] && [ "$(outgoing ready sending)" = 0 ]; }
delivered() { [ "$(find "$work/sink/new" -type f | wc -l)" -ge $((3 * count)) ] && postfix_idle "$postfix"; }

began=$(date +%s)
ok "Postfix takes $count mails, $at_once at a time" \
	sh -c "seq $count | PATH=/usr/sbin:\$PATH xargs -P $at_once -n 1 '$work/bin/submit'"
ok 'all get to the database' wait_for 60 taken
intake=$(($(date +%s) - began))
ok 'and all that follows happens' wait_for 150 settled
whole=$(($(date +%s) - began))
ok 'and is delivered' wait_for 60 delivered
diag "$count mails: in after $intake s, worked on and sent after $whole s, delivered after $(($(date +%s) - began)) s"


is "$(receptions 'done') $(receptions superseded) $(receptions received trying parked)" "$count $count 0" \
	"T-5: $((2 * count)) receptions, one of each two superseded"
is "$(ask 'select count(*), count(distinct tag) from sluis.cases')" "$count|$count" "$count cases"
is "$(ask 'select count(*) from sluis.case_inbox')" $((2 * count)) 'T-5: each with both inboxes'
is "$(ask "select count(*), count(distinct party) from sluis.message where direction = 'in'")" \
	"$count|$count" 'a message and a party each'
is "$(sluis reception list --json | jq -r '.[] | select(.state == "done") | .encryption' | sort | uniq -c | tr -s ' \n' ' ')" \
	" $((count / 2)) none $((count / 2)) ok " 'half of them opened, half of them clear'
is "$(ask "select kind, count(*), count(distinct case_no), count(distinct (case_no, target)), max(attempts) from sluis.outbox
	where state = 'sent' group by kind order by kind" | tr '\n' ' ')" \
	"ack|$count|$count|$count|1 notice|$((2 * count))|$count|$((2 * count))|1 " 'what left, at the first attempt'

# What arrived: "ADDRESS TAG" of each file; a tag stands in the Subject outside.
for file in "$work"/sink/new/*; do
	awk 'tolower($1) == "delivered-to:" && !to { to = $2 }
		/^Subject:/ { match($0, /[A-Z]+-[0-9]+-[0-9A-Z]+/); print to, substr($0, RSTART, RLENGTH); exit }' "$file"
done >"$work/arrived"
arrived() { grep -E "^$1 [A-Z]+-" "$work/arrived"; }
is "$(arrived 'r[0-9]+@reporter.example' | wc -l) $(arrived 'r[0-9]+@reporter.example' | cut -d ' ' -f 1 | sort -u | wc -l)" \
	"$count $count" "$count acknowledgements, one each"
for who in ann bob; do
	is "$(arrived $who@team.example | wc -l) $(arrived $who@team.example | sort -u | wc -l)" "$count $count" \
		"$who has one notice a case"
done
is "$(cut -d ' ' -f 2 "$work/arrived" | sort | uniq -c | awk '{ print $1 }' | sort -u)" 3 'three mails a tag, no more'
file=$(grep -l '^Delivered-To: ann@' "$work"/sink/new/* | head -n 1)
ok 'ann opens one of hers' open_as ann "$file"
ok 'and it is signed by the team' signed_by "$team"

ok 'the queue is empty' postfix_idle "$postfix"
is "$(postfix_count "$postfix" 'relay=sluis, .*status=sent') $(postfix_count "$postfix" 'relay=virtual, .*status=sent')" \
	"$((2 * count)) $((3 * count))" 'Postfix has sent all'
is "$(postfix_count "$postfix" status=bounced) $(postfix_count "$postfix" status=deferred)" '0 0' \
	'T-1: 0 bounced, 0 deferred'
is "$(grep -E 'postfix/((pipe|bounce)\[.*(warning|error|fatal|panic)|master\[.*(warning: process|error|fatal|panic))' "$postfix/log/mail.log")" '' \
	'and what runs us has nothing to complain about'
for child in $worker $sender; do
	kill "$child"
	wait "$child" && rc=0 || rc=$?
	is "$rc" 0 'a resident program ends when asked to'
done

done_testing
