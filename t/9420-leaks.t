#!/bin/sh
# Neither side learns who the other is: canaries in every place of a mail, in every
# shape, in both directions, and none of them arrives (T-43 to T-47, T-50).
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"
# shellcheck source=t/lib/canary.sh
. "$t/lib/canary.sh"

answer_init
canary_person r
canary_person p
r=qrh03x@qrh04x.example p=qph03x@qph04x.example
sluis participant add vaart --title 'Kliniek Qph02x' --domain qph04x.example --language en \
    --contact "$p" --contact-name 'Qph01x Qph02x' --key "$work/p.asc" >/dev/null
canaries r >"$work/r.canaries"
canaries p >"$work/p.canaries"
for side in r p; do
	{
		fpr $side | tail -c 17
		gpg_in "$work/$side" --with-colons --list-keys "$(fpr $side)" |
			awk -F: '$1 == "sub" { print $5 }'
		echo '+0545'
	} >>"$work/$side.canaries"
done
is "$(canaries r | wc -l) $(canaries p | wc -l)" '88 88' 'T-50: 60 canaries of header fields, 20 of texts, 8 of packets a side'

# All bytes of a mail to WHO: as it left, its packets, what is in it, each part.
bytes_of() {	# WHO FILE
	cat "$2"
	armour <"$2" | gpg_in "$work/$1" --list-packets --verbose 2>&1
	open_as "$1" "$2" || return 1
	cat "$work/opened" "$work/status"
	_parts=$(read_mail parts <"$work/opened" | wc -l)
	for _part in $(seq "$_parts"); do read_mail part "$_part" <"$work/opened"; done
}
# The canaries of SIDE among the bytes on standard input.
found() { grep -aioFf "$work/$1.canaries" | tr '[:upper:]' '[:lower:]' | sort -u; }

# Both sides come into the case.
bytes application/pgp-keys key.asc <"$work/r.asc" >"$work/key"
printf 'The words of r in the report.\n' | text >"$work/words"
{ canary_head r; mixed "$work/words" "$work/key" | encrypted r --sign; } >"$work/report"
take "$work/report" rd@sluis.example "$r" && deliver
tag=$(case_of)
printf '/forward vaart\nThe words of the team.\n' | answers ann
echo /confirm | answers ann
is "$(count_to "$p")" 1 'the report is forwarded'
printf '/reply reporter\nThe words of the team.\n' | answers ann
is "$(outbox "[.[] | select(.case == \"$tag\" and .state == \"held\")] | length")" 0 'and the reporter is told'

# One mail of SIDE in SHAPE, and what an analyst passes on of it.
pass() {	# SIDE SHAPE
	_s=$1 _sh=$2 _from=$r _to=vaart _picked=
	[ "$_s" = r ] || { _from=$p; _to=reporter; }
	[ "$_sh" != files ] || _picked='#1 #2 #3'
	_ref=$(read_mail head Message-ID <"$(mail_to "$_from")")
	canary_mail "$_s" "$_sh" "In-Reply-To: $_ref" "References: <$_s.ref@qqh61x.example> $_ref" >"$work/$_s.$_sh"
	take "$work/$_s.$_sh" rd@sluis.example "$_from" && deliver
	echo "/pass $_to $_picked" | answers ann
}
leaks=0 mails=0 passed=0
diag "$(printf '%-10s %22s %22s' shape 'reporter->participant' 'participant->reporter')"
for shape in plain html flowed encrypted signed inline files inner; do
	row=$(printf '%-10s' $shape)
	for side in r p; do
		to=p at=$p
		[ $side = r ] || { to=r; at=$r; }
		before=$(count_to "$at")
		pass $side $shape
		left=$(($(count_to "$at") - before))
		bytes_of $to "$(mail_to "$at")" >"$work/all"
		if grep -q "The words of $side in $shape" "$work/all"; then
			passed=$((passed + 1))
		else
			diag "$shape of $side: $(outbox '.[0] | "\(.kind) \(.state) \(.reason)"') $(receipt ann | head -5)"
		fi
		[ $shape != files ] || read_mail parts <"$work/opened" >>"$work/attached"
		found $side <"$work/all" >"$work/hits"
		[ ! -s "$work/hits" ] || diag "$shape of $side: $(tr '\n' ' ' <"$work/hits")"
		leaks=$((leaks + $(wc -l <"$work/hits"))) mails=$((mails + left))
		row="$row $(printf '%9d mail %d leaks' "$left" "$(wc -l <"$work/hits")")"
	done
	diag "$row"
done
is "$mails $passed" '16 16' 'T-50: what was to be passed on is, in 8 shapes and 2 directions'
is "$leaks" 0 'T-50: 0 leaks of 88 canaries a side'

is "$(grep -v '^text/' "$work/attached" | tr '\n' ' ')" \
    "$(for _ in 1 2; do printf 'image/png attachment-1.png application/pdf attachment-2.pdf image/jpeg attachment-3.jpg '; done)" \
    'T-44: a picture, a paper and a photo with them, by names of ours'

# All mails that ever left, those before and between as well.
for who in r:p p:r; do
	: >"$work/hits"
	at=$r
	[ "${who%:*}" = r ] || at=$p
	for file in $(mails_to "$at"); do
		bytes_of "${who%:*}" "$file" | found "${who#*:}" >>"$work/hits"
	done
	is "$(cat "$work/hits")" '' "T-43: nothing of ${who#*:} in any mail to ${who%:*}"
done
is "$(cat "$dir"/outgoing/new/* | armour | grep -aciE '^(Version|Comment):')" 0 'T-45: no armour says who made it'

# They were there: else nothing was shown.
for side in r p; do
	for shape in plain html flowed encrypted signed inline files inner; do
		cat "$work/$side.$shape"
		armour <"$work/$side.$shape" | gpg_in "$work/sluis" --homedir "$dir/gnupg" --decrypt 2>/dev/null >"$work/plain"
		cat "$work/plain"
		for part in 1 2 3; do read_mail part $part <"$work/plain" 2>/dev/null; done
		armour <"$work/$side.$shape" | gpg_in "$work/sluis" --homedir "$dir/gnupg" --list-packets --verbose 2>&1
	done >"$work/all"
	cat "$work/$side.asc" >>"$work/all"
	gpg_in "$work/$side" --list-keys >>"$work/all"
	canaries $side | while read -r one; do
		grep -qaiF "$one" "$work/all" || echo "$one"
	done >"$work/missing"
	is "$(tr '\n' ' ' <"$work/missing")" '' "each canary of $side was in a mail that came"
done

# --- what names somebody is held, however it is written

newest() { outbox '[.[] | select(.kind == "relay" or .kind == "forward")][0] | "\(.state) \(.reason)"'; }
held=0 forms=0
# told PARTY <"FORM|WORDS": each in a letter to that party.
told() {
	while IFS='|' read -r form words; do
		forms=$((forms + 1))
		printf '/reply %s\n%s\n' "$1" "$words" | answers ann
		if [ "$(newest)" = 'held leak: the text names somebody else' ]; then
			held=$((held + 1))
		else
			diag "$form to $1: $(newest)"
		fi
	done
}
told reporter <<END
plain|It is at the clinic of Qph01x Qph02x.
base64|See $(printf 'mailto:%s' "$p" | base64) for more.
percent twice|https://x.test/?u=$(printf '%s' "$p" | sed 's/@/%2540/')
turned|The package example.qph04x.client does it.
look-alikes|Ask them at qph04х.ехаmрle today.
JSON|{"to": "$(printf '%s' "$p" | sed 's/@/\\u0040/')"}
END
echo /drop | answers ann
told vaart <<END
plain|Ask Qrh01x Qrh02x about it.
base64|See $(printf 'mailto:%s' "$r" | base64) for more.
percent|https://x.test/?u=$(printf '%s' "$r" | sed 's/@/%40/')
turned|The package example.qrh04x.client does it.
look-alikes|Ask them at qrh04х.ехаmрle today.
key id|It is key $(fpr r | sed 's/..../& /g').
signature|All is well. Greetings from ann@team.example
END
is "$held" "$forms" 'T-47: a canary in the text of an analyst is held in every form, in both directions'
like "$(receipt ann)" '^! ann@team.example$' 'the receipt says what'
like "$(receipt ann)" '^\| All is well. Greetings from ann@team.example$' 'and shows the line'
echo /confirm | answers ann
is "$(newest)" 'sent null' 'confirmed, it leaves'
like "$(ask "select who, detail from sluis.audit where what = 'released' order by id desc limit 1")" \
    '^ann\|leak: the text names somebody else$' 'and the audit has who let it go, and in spite of what'

# In another case, of other people, as well; but what one wrote oneself is no secret.
person wader 'Jan Wader <wader@shore.example>'
bytes application/pgp-keys key.asc <"$work/wader.asc" >"$work/key"
printf 'I am a friend of %s.\n' "somebody@qph04x.example" | text >"$work/words"
{ head_of wader 'Another'; mixed "$work/words" "$work/key" | encrypted wader --sign; } >"$work/other"
take "$work/other" rd@sluis.example wader@shore.example && deliver
printf '/reply\nWe know of %s already.\n' "$r" | answers ann
is "$(newest)" 'held leak: the text names somebody else' 'T-47: whoever wrote in another case is not named either'
printf '/reply\nIt is about qph04x.example, is it?\n' | answers ann
unlike "$(newest)" 'leak' 'but what one wrote oneself is no hit'

# A type nobody can clean waits for a second look.
head -c 900 /dev/urandom | bytes application/zip cv.zip >"$work/zip"
{ head_of wader 'Re: [...]' "In-Reply-To: $(read_mail head Message-ID <"$(mail_to wader@shore.example)")"
mixed "$work/words" "$work/zip" | encrypted wader --sign; } >"$work/other"
take "$work/other" rd@sluis.example wader@shore.example && deliver
printf '/forward vaart #1\nThe words of the team.\n' | answers ann
is "$(newest)" 'held attachment: it cannot be cleaned' 'T-44: another type is held'
echo /confirm | answers ann
is "$(newest)" 'sent null' 'until it is confirmed'
is "$(ask "select detail from sluis.audit where what = 'released' order by id desc limit 1")" \
    'attachment: it cannot be cleaned' 'which the audit has'

done_testing
