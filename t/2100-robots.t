#!/bin/sh
# The published collections of bounces and of robots' answers, each judged by the
# index beside it; and people's mails, none of which may be taken for either. It
# needs $SLUIS_CORPUS, a folder with folders that have an INDEX.csv.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
skip_unless corpus test -d "${SLUIS_CORPUS:-}"
init_options=--no-samples chain_init

# kinds FOLDER PATTERN: "kind file" of each mail of it whose index says so.
kinds() {
	awk -F, -v pattern="$2" -v folder="$SLUIS_CORPUS/$1/" 'FNR > 1 && $2 == "message" && $3 ~ pattern { print folder $1 }' \
	    "$SLUIS_CORPUS/$1/INDEX.csv" | tr '\n' '\0' | xargs -0 -r sluis-classify --list | jq -r '"\(.kind) \(.file)"'
}
share() {	# FILE KIND...: how many are one of these, of how many
	_file=$1
	shift
	echo "$(grep -cE "^($(echo "$*" | tr ' ' '|')) " "$_file") of $(wc -l <"$_file")"
}
at_least() {	# PERCENT FILE KIND...
	_percent=$1 _file=$2
	shift 2
	_good=$(grep -cE "^($(echo "$*" | tr ' ' '|')) " "$_file")
	_all=$(wc -l <"$_file")
	if [ "$_all" -eq 0 ] || [ $((_good * 100)) -lt $((_all * _percent)) ]; then
		grep -vE "^($(echo "$*" | tr ' ' '|')) " "$_file"
		return 1
	fi
}

kinds 20-bounces-dsn '^BOUNCE' >"$work/bounces"
ok "bounces: $(share "$work/bounces" bounce)" at_least 98 "$work/bounces" bounce
kinds 20-bounces-dsn '^NOTBOUNCE' >"$work/not"
ok "no bounces: $(share "$work/not" personal)" at_least 100 "$work/not" personal
kinds 21-auto-replies '^AUTO' >"$work/auto"
ok "T-54: robots: $(share "$work/auto" automatic list)" at_least 100 "$work/auto" automatic list
kinds 21-auto-replies '^AUTO( CHALLENGE)?$' >"$work/direct"
ok "T-54: of these, not by a list: $(share "$work/direct" automatic)" at_least 100 "$work/direct" automatic

# What people and spammers wrote is no bounce.
for folder in 44-class-phish-spam 50-threads 51-replies 01-sig-spoof-johnny 04-pgp-thunderbird 11-html-xss; do
	kinds "$folder" . >"$work/people"
	ok "$folder: not a bounce: $(share "$work/people" personal automatic list)" at_least 100 "$work/people" personal automatic list
done
kinds 51-replies '^REPLY' >"$work/replies"
ok "replies: $(share "$work/replies" personal)" at_least 100 "$work/replies" personal

# Look-alikes: each a person's, or a spammer's, from an address somebody has.
n=0
while IFS='|' read -r from subject field body; do
	n=$((n + 1))
	{ head_of "$from" "$subject" ${field:+"$field"}; printf '%b\n' "$body" | text; } >"$work/alike$n.eml"
done <<'END'
Lynx <lynx@other.example>|Failure notice|X-Mailer: BulkSender 9|Your account could not be delivered. Log in at https://bank.example/
Lynx <lynx@other.example>|Undelivered Mail Returned to Sender|User-Agent: Mozilla Thunderbird|Dear team, your server sends bounces to anybody: 550 5.1.1 user unknown shows which accounts exist.
Lynx <lynx@other.example>|Returned mail: see transcript|X-Mailer: x|RCPT TO: <admin@devaart.example>\n550 5.1.1 unknown\nSo one can find all accounts.
postmaster@other.example|Your server is an open relay||Hello, your mail server relays for anybody. See: MAIL FROM, then 250 ok.
postmaster@other.example|Bounces of yours flood us||Dear colleague, you send 550 user unknown to forged senders.
Lynx <lynx@other.example>|Delivery Status Notification (Failure)|Reply-To: lynx@other.example|Invoice enclosed, the parcel was not delivered.
Lynx <lynx@other.example>|Out of office plugin stores passwords||The plugin shows passwords.
Lynx <lynx@other.example>|Vacation planner leaks names||It shows who is away.
Lynx <lynx@other.example>|Auto: deuren gaan open||Met deze zender opent elke deur.
Lynx <lynx@other.example>|Ticket 12345 opened without a login||Anyone can open ticket 12345 on your desk.
END
sluis-classify --list "$work"/alike*.eml | jq -r '"\(.kind) \(.file)"' >"$work/alike"
ok "look-alikes: $(share "$work/alike" personal)" at_least 100 "$work/alike" personal

done_testing
