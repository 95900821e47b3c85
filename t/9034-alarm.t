#!/bin/sh
# The alarm: after 1, 4 and 24 hours and on mending, whatever stands still.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
chain_init
analyst ann
state=$dir/alarm.json

# A sendmail that keeps what it is given.
cat >"$work/sendmail" <<SH
#!/bin/sh
[ ! -e "$work/broken" ] || exit 75
n=\$(find "$work/sent" -type f | wc -l)
echo "\$*" >"$work/sent/\$n.to"
cat >"$work/sent/\$n"
SH
chmod 755 "$work/sendmail"
mkdir "$work/sent"
sed -i "s|^transport:.*|transport: sendmail:$work/sendmail|" "$SLUIS_CONF"
printf 'alarm: [boss@away.example, night@away.example]\n' >>"$SLUIS_CONF"

sent() { find "$work/sent" -name '*.to' | wc -l; }
last() { find "$work/sent" -name '*[0-9]' | sort -V | tail -n 1; }
# since CHECK AGO: the trouble is that old.
since() {
	jq --arg c "$1" --arg t "$(date -u -d "$2" +%FT%TZ)" '.trouble[$c].since = $t' "$state" >"$work/state"
	cat "$work/state" >"$state"
}

run sluis alarm
status 0 'all is well'
silent 'and nothing said'
is "$(stat -c %a "$state")" 600 'what it remembers is its own'
sluis embedded "$dir" stop >/dev/null
run sluis alarm
is "$(sent)" 0 'trouble that is new wakes nobody'
since database '-59 minutes'
sluis alarm
is "$(sent)" 0 'nor after 59 minutes'
since database '-61 minutes'
run sluis alarm
is "$(sent)" 2 'after an hour each address gets a mail'
like "$(cat "$work/sent/0.to")" "^-oi -f <> -- boss@away.example\$" 'by sendmail, with the null sender'
like "$(cat "$(last)")" '^sluis@[^ ]*: database not reachable since [0-9]{2}:[0-9]{2} \(1 h\)\..* Type: sluis doctor' \
	'that says what, since when, and what to type'
like "$(cat "$(last)")" '^Auto-Submitted: auto-' 'as a machine'
unlike "$(cat "$(last)")" 'socket|/tmp|postgres' 'and nothing more'
sluis alarm
is "$(sent)" 2 'not twice'
since database '-5 hours'
: >"$work/broken"
run sluis alarm
status 1 'a sendmail that fails'
rm "$work/broken"
run sluis alarm
is "$(sent)" 4 'is tried again at the next look'
chmod 666 "$SLUIS_CONF"
since database '-25 hours'
run sluis alarm
is "$(sent)" 6 'after a day again, also when the settings cannot be read any more'
chmod 644 "$SLUIS_CONF"
sluis alarm
is "$(sent)" 6 'that was all'
sluis embedded "$dir" start >/dev/null
sluis alarm
is "$(sent)" 8 'mended: told'
like "$(cat "$(last)")" 'no longer: database not reachable; mended' 'as mended'
sluis alarm
is "$(sent)" 8 'once'

head_of 'Heron <heron@reporter.example>' 'A hole' >"$work/mail.eml"
echo 'LAMPREY' | text >>"$work/mail.eml"
take "$work/mail.eml"
psql -X -q -h "$(readlink "$dir/run")/pg" -U postgres -c "update sluis.reception set received = now() - interval '2 hours'" sluis
sluis alarm
since queues '-2 hours'
sluis alarm
like "$(cat "$(last)")" 'mail is not worked on since' 'a worker that does not run is an alarm'
is "$(grep -lr 'LAMPREY\|heron' "$work/sent" "$state")" '' 'without a word of a mail'

# What it remembers names a program: nobody else may have written it.
printf '{"to": ["x@y.example"], "transport": "sendmail:%s", "from": "a@b.example", "trouble": {"settings": {"since": "2020-01-01T00:00:00Z", "told": 0}}}' \
    "$work/other" >"$state"
chmod 666 "$state" "$SLUIS_CONF"
printf '#!/bin/sh\n: >"%s/ran"\n' "$work" >"$work/other"
chmod 755 "$work/other"
sluis alarm
nok 'T-61: a file that others may write is not believed' test -e "$work/ran"
chmod 644 "$SLUIS_CONF"

done_testing
