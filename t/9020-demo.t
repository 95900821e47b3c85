#!/bin/sh
# What contrib/demo shows: a report written by plain gpg, and what plain gpg
# opens of what left.
. "${0%/*}/lib.sh"
skip_unless postgres ls -d /usr/lib/postgresql

run sh "$SLUIS_SOURCE/contrib/demo"
status 0 'the demo comes to its end'
ok 'quietly' test ! -s "$work/.stderr"
stdout '^RD-[0-9]{4}-[0-9A-Z]{5} .* vulnerability .* devaart' 'a case with tag, class and participant'
stdout '^Subject: RD-[0-9A-Z-]+: received$' 'the acknowledgement'
stdout '^==== write above or below this line = RD-' 'the notice'
stdout '^\| Files of others in a patient portal' 'with the protected Subject'
stdout '^Subject: RD-[0-9A-Z-]+: melding voor uw organisatie$' 'the forward'
is "$(grep -c '^(encrypted to this key alone, signed by the team)$' "$work/.stdout")" 3 \
    'each of the three encrypted and signed'
nok 'the forward does not name the reporter' sh -c \
    "sed -n '/=== the forward/,/=== what left/p' '$work/.stdout' | grep -i heron"
ok 'nothing is left behind' sh -c '! ls -d /tmp/sluis-demo.* 2>/dev/null | xargs -r stat -c %u | grep -qx "$(id -u)"'

run sh "$SLUIS_SOURCE/contrib/demo" --case
status 0 'a whole case comes to its end'
ok 'quietly' test ! -s "$work/.stderr"
stdout '^P\. Jansen, hospital writes$' 'it shows who writes'
stdout '^  -> M\. de Wit, hospital, deputy: the same$' 'and who gets what'
stdout '^RD-[0-9A-Z-]+ .* closed .* delinde, webportal' 'up to the closed case'
run sh "$SLUIS_SOURCE/contrib/demo" --cases
status 2 'what it does not know is a wrong usage'

done_testing
