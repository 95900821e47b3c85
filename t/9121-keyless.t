#!/bin/sh
# A bad key is never silence: held, asked to call in clear, told to the team, and
# gone by itself once there is a good key.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
init_options=--no-samples chain_init
analyst ann
person heron 'Heron <heron@reporter.example>'
canary=Zilverreiger1041

# key_in WHO 'USER ID' EXPIRY: a key that was made long ago.
key_in() {
	gnupg_home "$work/$1"
	gpg_in "$work/$1" --faked-system-time 20200101T000000 \
	    --quick-generate-key "$2" ed25519 cert,sign "$3" 2>/dev/null
	gpg_in "$work/$1" --with-colons --list-keys | awk -F: '$1 == "fpr" { print $10; exit }' >"$work/$1.fpr"
	gpg_in "$work/$1" --faked-system-time 20200101T000000 --quick-add-key "$(fpr "$1")" cv25519 encr "$3" 2>/dev/null
	gpg_in "$work/$1" --armor --export >"$work/$1.asc"
	gpg_in "$work/$1" --import "$work/team.asc" 2>/dev/null
}
pin() { sluis participant add "$1" --contact "$2" --key "$work/$3.asc" >/dev/null 2>&1; }

# An organisation of two, one of whom stands in, and the one it takes part through.
key_in linde 'CERT De Linde <cert@linde.example>' 20200201T000000
person koepel 'Koepel <soc@koepel.example>'
cat >"$work/members.yaml" <<'END'
participants:
- name: linde
  title: Ziekenhuis De Linde
  umbrella: koepel
  fallback: phone
  languages: [nl]
  contacts:
  - address: cert@linde.example
    name: P. Jansen
    phone: +31 20 555 0101
    hours: 24 h
  - address: deputy@linde.example
    name: M. de Wit
    phone: +31 20 555 0102
    deputy_of: cert@linde.example
    receives: [advisories]
- name: koepel
  title: Koepel
  languages: [en]
  contacts:
  - address: soc@koepel.example
    name: SOC
    phone: +31 20 555 0103
- name: vaart
  title: De Vaart
  umbrella: koepel
  fallback: phone
  languages: [nl]
  contacts:
  - address: ict@vaart.example
    name: ICT
    phone: +31 20 555 0104
END
sluis participant import "$work/members.yaml" >/dev/null
pin linde cert@linde.example linde
pin koepel soc@koepel.example koepel

report() {
	{ head_of heron '...'; echo "$canary: whoever changes the number reads the files of others." | text | encrypted heron; } >"$work/m"
	take "$work/m" && deliver
	tag=$(case_of) first=$id
}
held_of() { outbox "[.[] | select(.case == \"$tag\" and .kind == \"$1\" and .to == \"$2\")][0].$3"; }
kinds() { outbox "[.[] | select(.case == \"$tag\" and (.kind == \"keyless\" or .kind == \"forward\")) | \"\(.kind) \(.to) \(.state)\"] | sort | join(\", \")"; }
tasks() { sluis case show "$tag" --json | jq -r '.calls[] | "\(.participant) \(.address) \(.how)"'; }

report
run sluis case forward "$tag" linde --json
status 0 'a contact whose key is over is no reason to fail'
is "$(jq -r '.[] | "\(.to) \(.state) \(.reason)"' "$work/.stdout")" 'cert@linde.example held expired' 'T-31: it is held, with the reason'
sluis-send --once
is "$(kinds)" 'forward cert@linde.example held, keyless cert@linde.example sent, keyless deputy@linde.example sent' \
	'the contact and its deputy are asked, the organisation behind them not yet'
note=$(mail_to cert@linde.example)
is "$(read_mail head Subject <"$note")" "$tag: belt u ons even?" 'the note has the tag, in the language of the contact'
like "$(read_mail text <"$note")" 'Bel het nummer dat u al van ons heeft' 'and asks to call'
like "$(read_mail head Return-Path <"$note")" '^<rd\+[0-9a-z]{38}@sluis\.example>$' 'what bounces comes back to the case'
is "$(cat "$note" "$(mail_to deputy@linde.example)" | grep -aic -e "$canary" -e heron -e 'reporter\.example' -e linde\ )" 0 \
	'T-31: in clear goes no word of the report, nor who reported'
is "$(read_mail names <"$note" | sort | tr '\n' ' ')" \
    'Auto-Submitted Content-Transfer-Encoding Content-Type Date Delivered-To From MIME-Version Message-ID Return-Path Subject To ' 'nor another field'
call=$(mail_to ann@team.example)
ok 'the team is told, encrypted' open_as ann "$call"
like "$(read_mail text <"$work/opened")" '^Call +P\. Jansen <cert@linde.example> +24 h +\+31 20 555 0101' 'whom to call, when'
like "$(read_mail text <"$work/opened")" '^deputy +M\. de Wit .*0102' 'who stands in'
like "$(read_mail text <"$work/opened")" '^umbrella +SOC .*0103' 'and who is behind them'
is "$(read_mail head Subject <"$call")" "[$tag] call" 'its Subject outside says no more'
events() { of_case "$tag" '.events[] | "\(.kind) \(.detail)"'; }
like "$(events)" '^held forward [0-9]+ expired$' 'the case remembers: held'
like "$(events)" '^asked contact [0-9]+$' 'asked'
like "$(events)" '^asked deputy [0-9]+$' 'the deputy as well'
like "$(events)" '^call contact [0-9]+ by 20' 'somebody has to call'
is "$(tasks)" 'linde cert@linde.example null' 'the case shows whom'
is "$(sluis status --json | jq '.calls')" 1 'and the status that there is one'

before=$(outbox length)
run sluis case forward "$tag" linde
is "$rc $(outbox length)" "0 $before" 'the same again changes nothing'
{ head_of ann '...'; echo 'Another text.' | text; } >"$work/m"
sluis-forward --case "$tag" --to linde <"$work/m"
is "$(outbox "[.[] | select(.kind == \"keyless\" and .case == \"$tag\")] | length")" 2 'another mail the same day asks nobody twice'
is "$(tasks | wc -l)" 1 'and is the same call'
deliver
is "$(count_to cert@linde.example)" 1 'nothing leaves without a key'

# A renewed key.
{ head_of heron "Re: $tag" "References: <$first>"; echo 'More.' | text | encrypted heron; } >"$work/m"
take "$work/m" && deliver
open_as ann "$(mail_to ann@team.example)"
like "$(read_mail text <"$work/opened")" "^Call +P\. Jansen 24 h \+31 20 555 0101\. .*2 mails" 'a later notice of the case says it again'
gpg_in "$work/linde" --quick-set-expire "$(fpr linde)" 10y 2>/dev/null
gpg_in "$work/linde" --quick-set-expire "$(fpr linde)" 10y \
	"$(gpg_in "$work/linde" --with-colons --list-keys | awk -F: '$1 == "sub" { found = 1 } $1 == "fpr" && found { print $10; exit }')" 2>/dev/null
gpg_in "$work/linde" --armor --export "$(fpr linde)" >"$work/linde.asc"
pin linde cert@linde.example linde
deliver
deliver
is "$(count_to cert@linde.example)" 3 'T-31: with a good key both leave by themselves, once'
ok 'to be opened by it' open_as linde "$dir/outgoing/new/$(held_of forward cert@linde.example id).sluis"
ok 'signed by the team' signed_by "$team"
like "$(for mail in $(mails_to cert@linde.example); do open_as linde "$mail" && read_mail text <"$work/opened"; done)" "$canary" 'with all its words'
is "$(tasks)" 'linde cert@linde.example key' 'nobody has to call any more'
like "$(events)" '^released forward [0-9]+ key$' 'the case remembers that'
like "$(events)" '^call-over contact [0-9]+ key$' 'and that'

# Without a deputy the organisation behind is asked at once.
report
sluis case forward "$tag" vaart >/dev/null
sluis-send --once
is "$(kinds)" 'forward ict@vaart.example held, keyless ict@vaart.example sent, keyless soc@koepel.example sent' \
	'without a deputy the organisation it takes part through is asked'
is "$(grep -aic -e "$canary" -e vaart -e heron "$(mail_to soc@koepel.example)")" 0 'but not about whom'

# Told another way.
run sluis case told "$tag" nobody phone
status 1 'who is no party cannot be told'
run sluis case told "$tag" vaart pigeon
status 2 'nor in a way that is none'
run sluis case told "$tag" vaart phone --time 2099-01-01T00:00:00Z
status 1 'nor tomorrow'
run sluis case told "$tag" vaart phone --time 2026-01-01T09:50:00Z
status 0 'who was called was told'
is "$(held_of forward ict@vaart.example state)" dropped 'what waited is dropped'
is "$(tasks)" 'vaart ict@vaart.example phone' 'and the call is over'
like "$(events)" '^told [0-9]+ phone 2026-01-01T09:50:00Z$' 'the case remembers when'
person vaart 'ICT <ict@vaart.example>'
pin vaart ict@vaart.example vaart
deliver
is "$(held_of forward ict@vaart.example state)" dropped 'a key brings nothing back'

# What is held for another reason is let go by no key, and asks when it is released.
sluis participant remove vaart --key "$(fpr vaart)" >/dev/null
report
{ head_of ann '...'; echo 'Ask heron@reporter.example about it.' | text; } >"$work/m"
sluis-forward --case "$tag" --to vaart <"$work/m"
is "$(held_of forward ict@vaart.example reason) $(tasks | wc -l)" 'leak: the text names somebody else 0' 'a leak is the reason'
pin vaart ict@vaart.example vaart
deliver
is "$(held_of forward ict@vaart.example state)" held 'T-47: which a good key does not take away'
sluis participant remove vaart --key "$(fpr vaart)" >/dev/null
sluis outbox release "$(held_of forward ict@vaart.example id)" >/dev/null
deliver
is "$(held_of forward ict@vaart.example reason) $(tasks | wc -l)" 'no key 1' 'released, it waits for a key, and somebody has to call'
sluis outbox drop "$(held_of forward ict@vaart.example id)" >/dev/null
is "$(tasks)" 'vaart ict@vaart.example dropped' 'unless it is dropped'

# Content only where the record allows it.
sed 's/^  fallback: phone/  fallback: content/' "$work/members.yaml" >"$work/content.yaml"
sluis participant import "$work/content.yaml" >/dev/null
report
sluis case forward "$tag" vaart >/dev/null
sluis-send --once
is "$(kinds)" 'forward ict@vaart.example held, forward soc@koepel.example sent, keyless ict@vaart.example sent' \
	'with "fallback: content" the letter itself goes to who stands in'
ok 'encrypted to its own key' open_as koepel "$(mail_to soc@koepel.example)"
like "$(read_mail text <"$work/opened")" "$canary" 'whole'
like "$(events)" '^fallback umbrella [0-9]+$' 'and the case remembers it'
is "$(tasks)" 'vaart ict@vaart.example null' 'somebody has to call all the same'

# A mail of our own users that belongs to no case.
{ head_of 'Ann <ann@team.example>' 'About lunch'; echo 'At noon.' | text; } >"$work/m"
sluis participant import "$work/members.yaml" >/dev/null
sluis-forward --outbound --sender ann@team.example --recipient ict@vaart.example <"$work/m"
is "$(outbox '[.[0:9][] | select(.case == null and .kind != "warning") | "\(.kind) \(.to) \(.state)"] | sort | join(", ")')" \
	'keyless ict@vaart.example ready, keyless soc@koepel.example ready, relay ict@vaart.example held' 'and of no case: the same'
sluis-send --once
is "$(read_mail text <"$(mail_to ict@vaart.example)" | grep -ic -e lunch -e noon)" 0 'without a word of it'
is "$(read_mail head Subject <"$(mail_to ict@vaart.example)" | grep -ic -e lunch -e noon)" 0 'in the Subject neither'
pin vaart ict@vaart.example vaart
deliver
like "$(open_as vaart "$dir/outgoing/new/$(outbox '[.[] | select(.kind == "relay")][0].id').sluis"; read_mail text <"$work/opened")" 'At noon' 'with a key it leaves'
is "$(sluis status --json | jq .calls)" 0 'and that was the last call'

# Who cannot be reached.
sluis participant remove vaart --key "$(fpr vaart)"
run sluis key check
status 1 'somebody who receives cases cannot be written to'
stderr '^sluis: [0-9]+ who receive cases cannot be written to now' 'and how many'
run sluis key check --json --days 0
is "$(jq -r '.[] | select(.name == "linde") | "\(.who) \(.address) \(.reached) \(.reason)"' "$work/.stdout")" \
	'deputy deputy@linde.example false no key' 'those without any key are among them, deputies too'
is "$(jq '[.[] | select(.reached)] | length' "$work/.stdout")" 0 'within 0 days it is who cannot be now'
person soon 'Soon <soon@linde.example>' '' 20d
sluis participant add linde --contact deputy@linde.example --key "$work/soon.asc" >/dev/null
sluis participant add vaart --contact ict@vaart.example --key "$work/vaart.asc" >/dev/null
run sluis key check --json
status 0 'with a key for everybody all is well'
is "$(jq -r '.[] | "\(.address) \(.reached) \(.from[0:10])"' "$work/.stdout")" \
	"deputy@linde.example true $(date -u -d '+20 days' +%F)" 'and it is told who will not be reached from when on'
run sluis key check --days 10 --json
is "$(jq length "$work/.stdout")" 0 'as far ahead as is asked'
run sluis key check --days soon
status 2 'in days'

done_testing
