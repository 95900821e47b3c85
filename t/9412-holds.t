#!/bin/sh
# Why a letter waits, in words of the team's language; and how often an analyst has
# to say so before it leaves (T-26, T-40, T-41).
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

init_options=--no-samples chain_init
setting outgoing.delay 0s
setting team.language nl
analyst ann
analyst bob
person heron 'Grey Heron <heron@reporter.example>'
person vaart 'ICT De Vaart <ict@devaart.example>'
person deputy 'Deputy <deputy@devaart.example>'
person dorf 'IT <it@dorf.example>'
for org in devaart:ict@devaart.example:vaart dorf:it@dorf.example:dorf; do
	at=${org#*:}
	sluis participant add "${org%%:*}" --title "Ziekenhuis ${org%%:*}" --language nl --contact "${at%:*}" \
	    --key "$work/${org##*:}.asc" >/dev/null
done

printf 'I found that https://portaal.devaart.example/?id=1 shows the files of others. Grey Heron\n' | text >"$work/words"
bytes application/pgp-keys key.asc <"$work/heron.asc" >"$work/key"
mixed "$work/words" "$work/key" | crlf | gpg_in "$work/heron" --encrypt --recipient "$team" >"$work/c"
{ head_of heron 'A hole'; armoured <"$work/c" | wrapped; } >"$work/report.eml"
take "$work/report.eml" && deliver
tag=$(case_of)
letter() { outbox "[.[] | select(.case == \"$tag\" and (.kind == \"relay\" or .kind == \"forward\"))] | .[0] | \"\(.to) \(.state) \(.reason)\""; }
released() { sluis audit list --json | jq '[.[] | select(.what == "released")] | length'; }
# What bob does in the meantime: the case is another one for ann.
meanwhile() {
	printf '%s\n' "$1" | answers bob
	! receipt bob | grep -q 'je antwoord is bewaard' || { echo /confirm | answers bob; }
}

# --- an answer that is kept shows its letter, and is confirmed with it

meanwhile '/severity high'
printf '/forward devaart\nWie is ingelogd op uw portaal kan de dossiers van anderen lezen.\n' | answers ann
like "$(receipt ann)" 'je antwoord is bewaard, er is nog niets gedaan: de zaak is sinds die melding veranderd' \
	'T-41: on a case that has changed an answer is kept whole'
like "$(receipt ann)" 'VASTGEHOUDEN als [0-9a-f]{8}, devaart \(de eerste mail aan deze partij\)' 'why its letter waits is said in Dutch'
like "$(receipt ann)" '^\| Wie is ingelogd op uw portaal' 'the letter is shown'
is "$(letter)" 'null null null' 'and is not there yet'
echo /confirm | answers ann
is "$(letter) $(released)" 'ict@devaart.example sent null 1' 'T-40: who has seen it says so once; the audit has it'
like "$(receipt ann)" 'mail aan devaart, vertrekt nu' 'as the receipt says'
ok 'it is for the contact' open_as vaart "$(mail_to ict@devaart.example)"
like "$(read_mail text <"$work/opened")" 'Wie is ingelogd' 'with the words that were shown'

# --- not if it is another letter by now

meanwhile '/severity critical'
printf '/forward dorf\nOok uw portaal laat de dossiers van anderen zien.\n' | answers ann
read_last ann
sluis participant add dorf --contact deputy@devaart.example --key "$work/deputy.asc" >/dev/null 2>&1 ||
	sluis participant import /dev/stdin >/dev/null <<-IMPORT
	participants:
	  - name: dorf
	    contacts:
	      - address: deputy@devaart.example
	IMPORT
echo /confirm | answers ann
like "$(letter)" 'held' 'T-40: to one contact more it waits, since nobody has seen that'
like "$(receipt ann)" 'Precies dit gaat naar .*deputy@devaart' 'and is shown anew'
echo /confirm | answers ann
unlike "$(letter)" 'confirm' 'confirmed, it waits for no word any more'

# --- a word that confirms on a case that has changed is kept for what it was about

printf '/reply devaart\nGrey Heron weet het.\n' | answers ann
like "$(receipt ann)" 'devaart \(de tekst noemt een ander\)' 'T-47: a leak is told in Dutch'
meanwhile '/severity low'
echo /confirm | answers ann
is "$(letter)" 'ict@devaart.example held leak: the text names somebody else' 'T-41: on a changed case it lets nothing go'
like "$(receipt ann)" 'Het zou worden: bevestigd' 'and says what it would'
echo /confirm | answers ann
is "$(letter)" 'ict@devaart.example sent null' 'said again it does'
meanwhile '/severity high'
printf '/note\nEerst dit.\n/title Dossiers\n' | answers ann
meanwhile '/severity low'
echo /confirm | answers ann
like "$(receipt ann)" 'Het zou worden: notitie bewaard, titel gezet' 'T-41: an answer whose confirmation comes late is kept on'
echo /confirm | answers ann
like "$(receipt ann)" 'ann: notitie bewaard, titel gezet' 'until it is confirmed in time'

# --- words beside others: kept as what they stood for

printf '/reply devaart\nGrey Heron kent u ook.\n' | answers ann
meanwhile '/severity low'
printf '/confirm\n/title Portaal\n' | answers ann
is "$(letter)" 'ict@devaart.example held leak: the text names somebody else' 'T-41: a word beside another order waits with it'
meanwhile '/severity high'
printf '/confirm\n/watch\n' | answers ann
like "$(receipt ann)" 'Het zou worden: bevestigd \(1\).*, titel gezet' 'one that confirms it is kept as what it confirms, and what stands beside it'
echo /confirm | answers ann
is "$(letter) $(of_case "$tag" .title)" 'ict@devaart.example sent null Portaal' 'and nothing has to be written again'
like "$(receipt ann)" 'bevestigd \(1\).*, titel gezet, je hoort' 'the receipt says it all'
printf '/reply devaart\nGrey Heron kent u niet.\n' | answers ann
meanwhile '/severity low'
echo /drop | answers ann
like "$(letter)" 'held leak' 'T-41: on a changed case nothing is stopped either'
echo /confirm | answers ann
is "$(letter)" 'ict@devaart.example dropped leak: the text names somebody else' 'confirmed, it is the letter that is stopped'
printf '/reply devaart\nGrey Heron kent u wel.\n' | answers ann
meanwhile '/severity high'
printf '/title Nooit\n' | answers ann
meanwhile '/severity low'
printf '/drop\n/note\nToch niet.\n' | answers ann
echo /confirm | answers ann
is "$(letter) $(of_case "$tag" .title)" 'ict@devaart.example held leak: the text names somebody else Portaal' \
	'a kept answer that is dropped by one is gone, and its letters wait on'

# --- several wait: by which names

printf '/reply reporter\nAsk at ict@devaart.example.\n' | answers ann
! receipt ann | grep -q 'je antwoord is bewaard' || echo /confirm | answers ann
echo /confirm | answers ann
like "$(receipt ann)" 'er wachten er meer; noem er een, /confirm HASH: [0-9a-f]{8}, devaart \(.*\); [0-9a-f]{8}, reporter \(' \
	'with several waiting the answer says what to send'
echo /show | answers ann
is "$(receipt ann | grep -cE '^VASTGEHOUDEN als [0-9a-f]{8}, (devaart|reporter) \(de tekst noemt een ander\)$')" 2 '/show has them as well'
hash=$(of_case "$tag" '[.waiting[] | select(.to == "ict@devaart.example")] | last | .hash')
echo "/confirm $hash" | answers ann
is "$(outbox "[.[] | select(.to == \"ict@devaart.example\")] | .[0].state")" sent 'named, that one leaves'
echo /drop | answers ann

# --- a case with a ciphertext that came before

person eve 'Eve <eve@attacker.example>'
{ head_of eve 'A hole'; armoured <"$work/c" | sed '1a Comment: mine' | wrapped; } >"$work/again.eml"
take "$work/again.eml" && deliver
first=$tag tag=$(case_of)
ok 'a ciphertext that came before makes a case of its own' [ "$tag" != "$first" ]
printf '/reply\nThank you for your mail, we look into it.\n' | answers ann
echo /confirm | answers ann
is "$(letter)" 'eve@attacker.example held replayed: a ciphertext of this case came before, elsewhere' 'T-26: what is to leave from it is held'
like "$(receipt ann)" 'VASTGEHOUDEN als [0-9a-f]{8}, (melder|reporter) \(een versleuteld bericht in deze zaak kwam eerder, elders\)' \
	'T-26: and the receipt says so'
unlike "$(receipt ann)" 'vertrekt' 'not that it leaves'
echo /confirm | answers ann
is "$(letter)" 'eve@attacker.example held no usable key' 'T-31: a second look lets it go, as soon as there is a key'

done_testing
