#!/bin/sh
# The bridge: what two parties write is prepared for each other, and one word lets it
# go; and nothing is disclosed before its time.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

answer_init
person heron 'Grey Heron <heron@reporter.example>'
de_vaart
outgoing() { outbox "[.[] | select(.case == \"$tag\" and .kind == \"$1\")] | .[0] | \"\(.to) \(.state) \(.reason)\""; }

printf 'I found that https://portaal.devaart.example/?id=1 shows the files of others.\n' | text >"$work/words"
bytes application/pgp-keys key.asc <"$work/heron.asc" >"$work/key"
{ head_of heron 'A hole'; mixed "$work/words" "$work/key" | encrypted heron --sign; } >"$work/report.eml"
take "$work/report.eml" && deliver
tag=$(case_of)
printf '/forward devaart\nWie is ingelogd op uw portaal kan dossiers van anderen lezen.\n' | answers ann
printf '/confirm\n' | answers ann

# WHO answers the last mail to ADDRESS: own lines on standard input.
writes() {
	open_as "$1" "$(mail_to "$2")"
	_id=$(read_mail head Message-ID <"$work/opened")
	{ head_of "$1" 'Re: [...]' "In-Reply-To: $_id"; text | encrypted "$1" --sign; } >"$work/writes.eml"
	take "$work/writes.eml" rd@sluis.example "$2" && deliver
}

# --- closed, nothing is prepared

echo 'Welke browser was het?' | writes vaart ict@devaart.example
is "$(outbox "[.[] | select(.kind == \"relay\")] | length")" 0 'without a bridge nothing is prepared'
echo '/bridge maybe' | answers ann
like "$(receipt ann)" 'no such value: maybe' 'on or off'
echo '/bridge on' | answers ann
like "$(receipt ann)" 'bridge open to devaart' 'a bridge is opened'

# --- open

printf 'En welke versie?\n\nOp 24-11 schreef CSIRT:\n> Wie is ingelogd\n' | writes vaart ict@devaart.example
is "$(outgoing relay)" 'heron@reporter.example held confirm: over the bridge' 'what one side writes is prepared for the other, and held'
like "$(receipt ann)" '^Prepared for reporter, /confirm [0-9a-f]{8} ' 'the notice says by which word it goes'
like "$(receipt ann)" '^\| \| En welke versie\?$' 'and shows it as it would leave'
echo /confirm | answers ann
is "$(outgoing relay)" 'heron@reporter.example sent null' 'one word lets it go'
ok 'to the key of the reporter' open_as heron "$(mail_to heron@reporter.example)"
like "$(read_mail text <"$work/opened")" '^\| En welke versie\?$' 'with the words'
unlike "$(cat "$work/opened")" 'Wie is ingelogd|devaart|Jansen' 'T-47: and nothing of what it quoted, or of who wrote it'
printf 'Firefox.\nGrey Heron\n' | writes heron heron@reporter.example
is "$(outgoing relay)" 'ict@devaart.example held leak: the text names somebody else' 'T-47: a name goes no further on a bridge either'
like "$(receipt ann)" '^\| \| Grey Heron$' 'the notice has the line'
echo /drop | answers ann
echo '/bridge off devaart' | answers ann
echo 'Dank u.' | writes vaart ict@devaart.example
is "$(outbox "[.[] | select(.kind == \"relay\")] | length")" 2 'closed, nothing is prepared any more'

# --- nothing is public before the embargo is over

printf '/status forwarded\n' | answers ann
printf '/status fixing\n/embargo +5 12:00\n' | answers ann
echo '/status disclosed' | answers ann
like "$(receipt ann)" 'not public before .* 12:00' 'an embargo is honoured, and says until when'
is "$(of_case "$tag" .status)" fixing 'the case stays where it is'
printf '/embargo +1 12:00\n/status disclosed\n' | answers ann
like "$(receipt ann)" 'not public before' 'nor does another one help, in the same answer'

# --- a case that moves mails nobody: it prepares a note

progress() { outbox "[.[] | select(.kind == \"progress\") | \"\(.to) \(.state) \(.reason)\"] | .[:$1] | sort | join(\", \")"; }
is "$(progress 1)" 'heron@reporter.example held confirm: how the case stands' 'a note on how it stands is prepared, and held'
is "$(outbox '[.[] | select(.kind == "progress" and .state == "dropped")] | length')" 1 'in place of the one before'
printf '/consent reporter credit="The Heron of Delft"\n/status resolved\n' | answers ann
is "$(progress 2)" 'heron@reporter.example held confirm: how the case stands, ict@devaart.example held confirm: how the case stands' 'repaired, one for each side'
printf '/reply devaart\nHier is nog een vraag, en dit is een andere taal dan gewoonlijk?\n/embargo +1 12:00\n' | answers ann
hash=$(receipt ann >/dev/null; of_case "$tag" '[.waiting[] | select(.to == "heron@reporter.example")][0].hash')
echo "/confirm $hash" | answers ann
like "$(progress 2)" 'heron@reporter.example sent null' 'its name lets it go'
open_as heron "$(mail_to heron@reporter.example)"
like "$(read_mail text <"$work/opened")" '^The organisation concerned says that it is repaired' 'in the words of the template'
is "$(of_case "$tag" .status)" resolved 'the case has moved all the same'

done_testing
