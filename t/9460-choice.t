#!/bin/sh
# What an organisation answers to a report, what of that is believed, who hears of
# it, and what happens when it answers nothing.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"
skip_unless faketime have faketime

answer_init
person heron 'Grey Heron <heron@reporter.example>'
person second 'Tweede <tweede@devaart.example>'
de_vaart --contact tweede@devaart.example --contact-name 'M. de Wit' --key "$work/second.asc"

report() {	# a case of its own, with a forward that has left
	printf 'I found that https://portaal.devaart.example/?id=%s shows the files of others.\n' "$1" | text >"$work/words"
	bytes application/pgp-keys key.asc <"$work/heron.asc" >"$work/key"
	{ head_of heron "A hole $1"; mixed "$work/words" "$work/key" | encrypted heron --sign; } >"$work/report.eml"
	take "$work/report.eml" && deliver
	tag=$(case_of)
	printf '/forward devaart\nWie is ingelogd op uw portaal kan dossiers van anderen lezen.\n' | answers ann
	echo /confirm | answers ann
	open_as vaart "$(mail_to ict@devaart.example)"
	forward_id=$(read_mail head Message-ID <"$work/opened")
}
state() { of_case "$tag" '[.parties[] | select(.name == "devaart")][0] | "\(.state) \(.says) \(.says_how)"'; }
noted() { outbox "[.[] | select(.case == \"$tag\" and .kind == \"noted\" and .state == \"sent\")] | length"; }
# choose FROM [FIELD...]: own lines on standard input, as a mail in clear
choose() {
	_who=$1
	shift
	{ head_of "$_who" 'Re: [...]' "In-Reply-To: $forward_id" "$@"; text; } >"$work/choice.eml"
	take "$work/choice.eml" rd@sluis.example ict@devaart.example && deliver
}
choose_signed() {
	{ head_of vaart 'Re: [...]' "In-Reply-To: $forward_id"; text | encrypted vaart --sign; } >"$work/choice.eml"
	take "$work/choice.eml" rd@sluis.example ict@devaart.example && deliver
}

# --- who is told, and has not answered

report 1
is "$(of_case "$tag" '[.parties[] | .state] | join(" ")')" 'told told' 'an organisation that was written to is told'
echo /show | answers ann
like "$(receipt ann)" '^devaart  participant  nl  told$' 'and shown so'

# --- prose

printf 'Beste collega,\n1\n' | choose vaart
printf 'Wat bedoelt u met 1?\n' | choose vaart
printf '> 1\n\nDat is onze regel niet.\n' | choose vaart
is "$(state) $(noted)" 'told null null 0' 'a number below a greeting, in a sentence or in a quote is no answer'

# --- unsigned: it moves nothing, and everybody there hears of it

printf '1\n\nWij gaan aan de slag.\n> regel\n' | choose vaart
is "$(state)" 'told 1 none' 'an answer nothing vouches for moves nothing'
like "$(receipt ann)" '^P\. Jansen says 1: they handle it with us \(unverified, nothing follows from it\)$' 'the notice says what it is worth'
is "$(noted)" 2 'all contacts hear of it'
ok 'each by a mail of its own' open_as second "$(mail_to tweede@devaart.example)"
ok 'signed by the team' signed_by "$team"
is "$(encrypted_to "$(mail_to tweede@devaart.example)" | wc -l)" 1 'T-46: encrypted to one key'
like "$(read_mail text <"$work/opened")" '^Genoteerd: 1, u regelt het met ons$' 'in their language'
like "$(read_mail text <"$work/opened")" 'P\. Jansen, [0-9][0-9]:[0-9][0-9], niet ondertekend' 'by whom, when, and not signed'
like "$(read_mail text <"$work/opened")" '^Klopt dit niet' 'and what to do if it is not so'
printf '1\nNog eens.\n' | choose vaart
is "$(noted)" 2 'not again the same day, however often it is said'
echo /show | answers ann
like "$(receipt ann)" '^devaart  participant  nl  told \(says 1, unverified\)$' 'the table says so'

# --- our own checker's word

pass='Authentication-Results: mx.sluis.example; dmarc=pass header.from=devaart.example'
echo 2 | choose vaart "$pass"
is "$(state)" 'told 2 none' 'T-27: without a checker of ours nobody is believed'
sed -i '/^checker:/d' "$SLUIS_CONF"
echo 'checker: mx.sluis.example' >>"$SLUIS_CONF"
{ echo 'Authentication-Results: mx.other.example; dmarc=fail'; head_of vaart 'Re: [...]' "In-Reply-To: $forward_id" "$pass"; echo 2 | text; } >"$work/forged.eml"
take "$work/forged.eml" rd@sluis.example ict@devaart.example && deliver
is "$(state)" 'told 2 none' 'T-27: a field below another one is not believed'
{ echo "$pass"; head_of vaart 'Re: [...]' "In-Reply-To: $forward_id"; echo zelf | text; } >"$work/passed.eml"
take "$work/passed.eml" rd@sluis.example ict@devaart.example && deliver
is "$(state)" 'own 2 dmarc' 'a known contact our checker has found good is'
open_as vaart "$(mail_to ict@devaart.example)"
like "$(read_mail text <"$work/opened")" ', niet ondertekend\)' 'all hear that it was not signed'
sed -i 's/ict@devaart/iemand@devaart/' "$work/passed.eml"
sed -i 's/^zelf$/3/; s/^Message-ID: </&x/' "$work/passed.eml"
take "$work/passed.eml" rd@sluis.example iemand@devaart.example && deliver
is "$(state)" 'own 3 none' 'who is of that domain and no contact is not'

# --- signed

echo 1 | choose_signed
is "$(state)" 'acked 1 signature' 'a signed answer is believed, and is the last one'
like "$(receipt ann)" 'P\. Jansen says 1: they handle it with us \(signed\)' 'the notice says so'
before=$(noted)
take "$work/choice.eml" cert@sluis.example ict@devaart.example && deliver
is "$(noted)" "$before" 'T-5: the same mail through the other inbox is noted once'

# --- robots, strangers

{ head_of vaart 'Re: [...]' "In-Reply-To: $forward_id" 'Auto-Submitted: auto-replied'; echo 3 | text; } >"$work/robot.eml"
take "$work/robot.eml" rd@sluis.example ict@devaart.example && deliver
is "$(state) $(noted)" "acked 1 signature $before" 'T-54: a robot answers nothing'
{ head_of 'Mallory <m@evil.example>' 'Re: [...]' "In-Reply-To: $forward_id"; echo 3 | text; } >"$work/stranger.eml"
take "$work/stranger.eml" rd@sluis.example m@evil.example && deliver
is "$(state) $(noted)" "acked 1 signature $before" 'T-34: nor does who only knows an id of ours'

# --- an analyst knows better

echo '/status devaart fixed' | answers ann
is "$(state)" 'fixed 1 signature' 'an analyst corrects it'
like "$(receipt ann)" 'status devaart fixed' 'and is told so'
echo '/status devaart great' | answers ann
like "$(receipt ann)" 'no such value: great \(none, told, acked, own, affected, fixed, silent, not-ours\)' 'to one of these'
echo '/status reporter fixed' | answers ann
like "$(receipt ann)" 'no party of that name in this case: reporter' 'a reporter is nowhere'

# --- silence

sluis participant add koepel --title 'De Koepel' --contact bureau@koepel.example >/dev/null
cat >"$work/stil.yaml" <<'END'
participants:
- name: stil
  title: Lab Stil
  umbrella: koepel
  languages: [nl]
  contacts:
  - address: lab@stil.example
    name: L. Stil
    phone: +31 20 555 0107
    keys: [lab.asc]
  - address: deputy@stil.example
    name: D. Stil
    deputy_of: lab@stil.example
    receives: [advisories]
END
person lab 'Lab <lab@stil.example>'
(cd "$work" && sluis participant import stil.yaml >/dev/null)
silent_case() {
	printf 'Another hole, %s.\n' "$1" | text >"$work/words"
	{ head_of heron "Silence $1"; encrypted heron --sign <"$work/words"; } >"$work/report.eml"
	take "$work/report.eml" && deliver
	tag=$(case_of)
	echo '/severity critical' | answers ann
	printf '/forward stil\nUw portaal staat open.\n' | answers ann
	echo /confirm | answers ann
	open_as lab "$(mail_to lab@stil.example)"
	forward_id=$(read_mail head Message-ID <"$work/opened")
}
clock() { faked "$1" sluis-clock --once || diag "sluis-clock at $1 ended with $?"; }
to() { outbox "[.[] | select(.case == \"$tag\" and .kind == \"$2\" and .to == \"$1\" and (.cause | test(\"^(reminder|silent|calls) \")))] | length"; }
both() { echo "$(to lab@stil.example reminder) $(to deputy@stil.example keyless) $(to ann@team.example warning)"; }
stil() { of_case "$tag" '.parties[] | select(.name == "stil").state'; }
calls() { of_case "$tag" '[.calls[] | "\(.how)"] | join(" ")'; }

silent_case one
clock +30m
is "$(both) $(stil)" '0 0 0 told' 'a report that was forwarded has time to be answered'
clock +61m
is "$(both) $(stil)" '1 1 0 told' 'after half of it the contact is reminded, and the deputy asked'
clock +62m
is "$(both)" '1 1 0' 'once'
clock +95m & one=$!
clock +95m & other=$!
wait $one $other
is "$(both) $(stil)" '1 1 1 silent' 'before two hours are over the team is told to call, by two at once as well once'
is "$(calls)" null 'and the call is owed'
is "$(outbox "[.[] | select(.to == \"bureau@koepel.example\")] | length")" 0 'the organisation behind is not asked yet'
clock +121m
is "$(outbox "[.[] | select(.to == \"bureau@koepel.example\")] | length")" 1 'when the call is late it is'
sluis-send --once
ok 'the reminder is encrypted' open_as lab "$(mail_to lab@stil.example)"
like "$(read_mail text <"$work/opened")" 'bellen wij u uiterlijk' 'and says until when we wait'
unlike "$(read_mail text <"$(mail_to bureau@koepel.example)") $(read_mail text <"$(mail_to deputy@stil.example)")" 'Stil|stil[^l]|portaal|sleutel' 'what goes in clear has no word of it, nor whom'
like "$(read_mail text <"$(mail_to deputy@stil.example)")" 'waarop niemand heeft geantwoord' 'and says what it is about'
{ head_of lab 'Re: [...]' "In-Reply-To: $forward_id" 'Auto-Submitted: auto-replied'; echo Afwezig | text; } >"$work/away.eml"
take "$work/away.eml" rd@sluis.example lab@stil.example && deliver
is "$(stil)" silent 'T-54: a robot is as silent'
{ head_of lab 'Re: [...]' "In-Reply-To: $forward_id"; echo 'Wij kijken ernaar.' | text; } >"$work/prose.eml"
take "$work/prose.eml" rd@sluis.example lab@stil.example && deliver
is "$(stil) $(calls)" 'told answered' 'a person who writes is not, and the call is over'
clock +50h
is "$(both)" '1 1 1' 'nothing more follows'

silent_case two
echo '/told stil phone' | answers ann
clock +3h
is "$(both) $(stil)" '0 0 0 told' 'who was told by telephone is not silent'

done_testing
