#!/bin/sh
# An old mailbox: in order, once, and nothing is sent.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
chain_init
analyst ann

# A matter of three mails each, some old and one of today, in no order.
mkdir "$work/box"
n=0
while [ $n -lt 30 ]; do
	matter=$((n / 3)) answers=''
	[ $((n % 3)) = 0 ] || answers="In-Reply-To: <m$((matter * 3))@old.example>
"
	when=$(date -R -d "-$((29 - n)) hours")
	cat >"$work/box/$(((n * 7) % 30 + 10))" <<-END
		From old@old.example $(LC_ALL=C date -d "$when" '+%a %b %e %T %Y')
		Received: from old.example by mx.sluis.example; $when
		From: Old $matter <old$matter@old.example>
		To: cert@sluis.example
		Subject: matter $matter
		Date: $when
		Message-ID: <m$n@old.example>
		${answers}MIME-Version: 1.0

		Mail $n of the muskrat in the portal.

		>From here it goes on.
		>>From there, too.

		From where I stand this is a sentence, at noon.

	END
	n=$((n + 1))
done
cat "$work/box/"* >"$work/old.mbox"
grep -v '^From old' "$work/box/10" >"$work/single"

run sluis import "$work/old.mbox"
status 0 'a mailbox is imported'
stdout '^30 mails: 30 taken, 0 were there before; nothing was sent' 'all of it'
is "$(sluis case list --json | jq length)" 10 'ten matters are ten cases'
is "$(sluis case list --json | jq -r '[.[] | .messages | length] | unique | join(" ")')" 3 'each with its three mails, answers where they belong'
is "$(sluis case list --json | jq -r '[.[] | [.messages[].time] == ([.messages[].time] | sort)] | unique | join(" ")')" true 'in their order'
like "$(sluis case list --json | jq -r '[.[].inbox] | unique | join(" ")')" '^(CERT|cert@sluis.example)$' 'of the inbox they name'
oldest=$(sluis case list --json | jq -r 'map(.opened) | sort | .[0]')
is "$(date -d "$oldest" +%F)" "$(date -u -d '-29 hours' +%F)" 'a case was opened when its mail came'
id=$(sluis reception list --json | jq -r '[.[].id] | min')
is "$(sluis reception raw "$id" | grep -c '^From here it goes on.$')" 1 'a quoted From is none'
is "$(sluis reception raw "$id" | grep -c '^>From there, too.$')" 1 'but for one of its signs'
is "$(sluis reception raw "$id" | tail -n 1)" 'From where I stand this is a sentence, at noon.' 'and a sentence begins no mail'

sluis-send --once
is "$(find "$dir/outgoing/new" -type f | wc -l)" 0 'nothing is sent'
is "$(outbox '[.[] | "\(.state) \(.reason)"] | unique | join(", ")')" 'dropped imported' 'what would have been is filed as dropped'
run sluis outbox release "$(outbox '.[0].id')"
status 1 'and cannot be let go'

run sluis import "$work/old.mbox" --json
is "$(jq -r '"\(.mails) \(.taken) \(.before)"' "$work/.stdout")" '30 0 30' 'a second time nothing changes'
is "$(sluis case list --json | jq length)" 10 'at all'

# A mailbox that has grown, and a database that was away.
{ cat "$work/box/"*; sed 's/@old.example>/@more.example>/; s/<old/<more/' "$work/box/"*; } >"$work/more.mbox"
sluis embedded "$dir" stop >/dev/null
run sluis import "$work/more.mbox"
status 1 'without its database it says no'
sluis embedded "$dir" start >/dev/null
run sluis import "$work/more.mbox"
stdout '^60 mails: 30 taken, 30 were there before' 'and goes on where it was'

run sluis import --inbox rd@sluis.example "$work/single"
stdout '^1 mails: 1 taken' 'a mail alone, for an inbox of choice'
run sluis import --inbox nobody@sluis.example "$work/single"
status 1 'an inbox must be ours'
run sluis import /nonexistent
status 1 'and a mailbox there'
run sluis import - <"$work/old.mbox"
stdout '^30 mails: 0 taken, 30' 'or from standard input'
: >"$work/empty"
run sluis import "$work/empty"
stdout '^0 mails' 'an empty one is nothing'

# The same mail by the usual way is known.
cases=$(sluis case list --json | jq length)
take "$work/single"
deliver
is "$(sluis case list --json | jq length)" "$cases" 'what was imported and comes again opens no case'
is "$(find "$dir/outgoing/new" -type f | wc -l)" 0 'and causes nothing'
head_of 'Heron <heron@reporter.example>' 'A new one' >"$work/new.eml"
echo 'There is a hole.' | text >>"$work/new.eml"
take "$work/new.eml"
deliver
is "$(count_to heron@reporter.example) $(count_to ann@team.example)" '1 1' 'a new mail causes what it should'

done_testing
