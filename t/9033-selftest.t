#!/bin/sh
# A mail to ourselves, and where the chain is broken.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
chain_init
analyst ann

run sluis selftest
status 0 'the chain works'
for step in made sent 'came back' 'worked on' signed 'cleaned up'; do
	stdout "^ok +$step +[0-9]+\.[0-9]{2} s  ." "$step, with its time"
done
stdout 'encryption ok, signature good; notices for 1 analysts made, none sent' 'it was read, and nobody told'
is "$(find "$dir/outgoing/new" -type f | wc -l)" 0 'nothing is left in the maildir'
tag=$(case_of)
is "$(of_case "$tag" '"\(.status) \([.events[] | select(.kind == "test")] | length)"')" 'closed 1' 'its case is closed, and says that it was a test'
is "$(outbox '.[] | select(.kind == "notice") | "\(.state) \(.reason)"')" 'dropped test' 'its notice never leaves'
run sluis selftest --inbox cert@sluis.example --json
status 0 'again, through the other inbox'
is "$(jq -r 'map(select(.ok and .seconds >= 0 and .text != "")) | length' "$work/.stdout")" 6 'as JSON'
is "$(sluis case list --json | jq length)" 2 'it is a case of its own'
is "$(sluis status --json | jq -r '"\(.open_cases) \(.held)"')" '0 0' 'that counts nowhere'
run sluis selftest --inbox x@y.example
status 1 'only to an inbox of ours'

# Whoever learns nothing of it cannot hush a mail of somebody else's.
head_of 'Heron <heron@reporter.example>' 'selftest' >"$work/mail.eml"
echo 'This is no test.' | text >>"$work/mail.eml"
take "$work/mail.eml" "rd+selftest-0123456789abcdef@sluis.example"
deliver
is "$(count_to ann@team.example)" 1 'a mail that only looks like it is told'

run sluis pause
run sluis selftest
status 1 'paused'
stderr 'sluis resume all' 'it says what to type'
sluis resume
setting outgoing.mode hold
run sluis selftest
status 1 'in the shadow mode'
setting outgoing.mode send
sed -i 's|^transport:.*|transport: sendmail:/bin/false|' "$SLUIS_CONF"
run sluis selftest
status 1 'a mail server that does not take it'
stdout '^FAILED +sent .*sendmail-exit-1' 'the step is named, and why'
stderr 'sluis doctor' 'and what to type'
like "$(outbox '[.[] | select(.kind == "test")][0].state')" 'dropped|ready' 'what was begun'
is "$(sluis status --json | jq .ready)" 0 'does not leave later'
sed -i "s|^transport:.*|transport: maildir:$dir/outgoing|" "$SLUIS_CONF"
mv "$dir/keys/receipt.key" "$work/"
run sluis selftest
stdout '^FAILED +came back ' 'an intake that defers'
mv "$work/receipt.key" "$dir/keys/"
run sluis selftest
status 0 'mended, it works again'

done_testing
