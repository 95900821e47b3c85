#!/bin/sh
# Header fields inside the protection (RFC 9788, and what was before it), through
# the whole chain: which ones a case shows, and what the team is told of those
# outside.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
chain_init
setting outgoing.acks_per_sender 100
analyst ann
person heron 'Heron <heron@reporter.example>'
person it 'IT <ict@devaart.example>'
sluis participant add devaart --contact ict@devaart.example --key "$work/it.asc" >/dev/null
as_it='IT <ict@devaart.example>'

# inside FORM SUBJECT [FROM]: the root of what is protected, in each form, with
# the words of standard input as its text. The outer Subject is "[...]".
fields() { printf '%s\n' "From: $2" 'To: rd@sluis.example' "Subject: $1"; }
left() { printf 'HP-Outer: %s\n' "From: ${1#* }" 'To: rd@sluis.example' 'Subject: [...]'; }
inside() {
	_from=${3-Heron <heron@reporter.example>}
	case $1 in
	cipher) fields "$2" "$_from"; left "$_from"
		printf '%s\n' 'Content-Type: text/plain; charset=utf-8; hp="cipher"' ''; cat ;;
	copies) fields "$2" "$_from"; left "$_from"
		printf '%s\n' 'Content-Type: text/plain; hp="cipher"; hp-legacy-display="1"' '' "Subject: $2" ''; cat ;;
	clear) fields "$2" "$_from"; printf '%s\n' 'Content-Type: text/plain; hp="clear"' ''; cat ;;
	v1) fields "$2" "$_from"; printf '%s\n' 'Content-Type: text/plain; protected-headers="v1"' ''; cat ;;
	part) printf '%s\n' 'Content-Type: multipart/mixed; boundary="p"' '' --p 'Content-Type: text/rfc822-headers' \
		'Content-Disposition: attachment' ''; fields "$2" "$_from"
		printf '%s\n' '' --p 'Content-Type: text/plain' ''; cat; printf '%s\n' --p-- ;;
	wrapped) printf '%s\n' 'Content-Type: message/rfc822; forwarded=no' ''; fields "$2" "$_from"
		printf '%s\n' 'Content-Type: text/plain' ''; cat ;;
	esac
}

# shows SUBJECT FROM WARNINGS NAME: takes the mail in $work/m, and looks at its
# case and at the notice, where the names of header fields are told.
words='Whoever changes the number in the address reads the files of others.'
shows() {
	take "$work/m" && deliver
	tag=$(case_of)
	is "$(of_case "$tag" '.messages[0] | "\(.subject)|\(.from)"')" "$1|$2" "$4"
	is "$(of_case "$tag" '.messages[0].text')" "$words" '    with its text, and no more'
	is "$(of_case "$tag" '.messages[0].attachments | length')" 0 '    and nothing attached'
	open_as ann "$(notice_of "$tag" ann@team.example)" && read_mail text <"$work/opened" >"$work/notice"
	is "$(sed -n 's/^! changed on the way.*: /changed: /p; s/^! a protected From.*: /inside: /p; s/^! encrypted when.*/laid bare/p' "$work/notice" |
	    paste -sd ' ')" "$3" '    and the notice warns of what it should'
}
said() { printf '%s\n' "$words"; }

# What people send us, encrypted.
for form in cipher copies clear v1 part wrapped; do
	case $form in clear) outside='A hole' ;; *) outside='[...]' ;; esac
	{ head_of heron "$outside"; said | inside $form 'A hole' | encrypted heron; } >"$work/m"
	shows 'A hole' heron@reporter.example '' "$form: the Subject inside is the mail's"
done

# Changed on the way.
sealed() { { head_of heron '[...]'; said | inside cipher 'A hole' | encrypted heron; } | sed "$1" >"$work/m"; }
sealed 's/^Subject: .*/Subject: You have won/'
shows 'A hole' heron@reporter.example 'changed: Subject' 'another Subject outside is told'
sealed 's/^To: .*/To: cert@sluis.example\nCc: eve@elsewhere.example/'
shows 'A hole' heron@reporter.example 'changed: To, Cc' 'and other addresses'
sealed 's/^MIME-Version/HP-Outer: Subject: You have won\n&/; s/^Subject: .*/Subject: You have won/'
shows 'A hole' heron@reporter.example 'changed: Subject' 'HP-Outer outside excuses nothing'
{ head_of heron 'Encrypted'; said | inside v1 'A hole' | encrypted heron; } >"$work/m"
shows 'A hole' heron@reporter.example '' 'of v1 nobody knows what stood outside'

# From.
{ head_of heron '[...]'; said | inside cipher 'A hole' 'Boss <boss@devaart.example>' | encrypted heron; } >"$work/m"
shows 'A hole' heron@reporter.example 'changed: From inside: boss@devaart.example' 'T-23: another From inside is not believed'
{ head_of heron '[...]'; said | inside cipher 'A hole' "$as_it" |
	sed 's/^HP-Outer: From: .*/HP-Outer: From: heron@reporter.example/' | encrypted heron --sign; } >"$work/m"
shows 'A hole' heron@reporter.example 'inside: ict@devaart.example' 'whatever HP-Outer says, and signed by somebody else'
{ head_of "$as_it" '[...]'; said | inside cipher 'A hole' 'Jan <jan@devaart.example>' |
	sed 's/^HP-Outer: From: .*/HP-Outer: From: ict@devaart.example/' | encrypted it --sign; } >"$work/m"
shows 'A hole' jan@devaart.example '' 'it is, where the key of their organisation signed'

# Signed, in clear.
for form in clear v1 part wrapped; do
	{ head_of "$as_it" 'A hole'; said | inside $form 'A hole' "$as_it" | signed it; } >"$work/m"
	shows 'A hole' ict@devaart.example '' "$form, signed in clear: nothing is told where nothing was changed"
	sed 's/^Subject: .*/Subject: Another hole/;t end;b;:end;n;b end' "$work/m" >"$work/m2" && mv "$work/m2" "$work/m"
	shows 'A hole' ict@devaart.example 'changed: Subject' '    and with another Subject outside the signed one counts'
done
{ head_of heron 'A hole'; said | inside clear 'A signed hole' | signed heron; } >"$work/m"
shows 'A hole' heron@reporter.example 'changed: Subject' 'signed by an unknown key the other one is told, and does not count'
{ head_of "$as_it" '[...]'; said | inside cipher 'A hole' "$as_it" | signed it; } >"$work/m"
shows 'A hole' ict@devaart.example 'laid bare' 'what was encrypted once, and is not any more, is told'

# What only looks like it.
{ head_of heron 'A hole'; said | inside cipher 'Phony' | grep -v '^From\|^To\|^Subject'; } >"$work/m"
shows 'A hole' heron@reporter.example '' 'hp in a mail that nothing protects is nothing'
{ head_of heron 'A hole'; said | inside cipher 'Phony' >"$work/part"; mixed "$work/part" | encrypted heron; } >"$work/m"
shows 'A hole' heron@reporter.example '' 'nor is it in another part than the root'

# The filter marks what it marked before.
mark() { sed '/^\r*$/q' "$work/.stdout" | sed -n "s/^X-Sluis-$1: //p" | tr -d '\r'; }
{ head_of "$as_it" '[...]'; said | inside cipher 'A hole' "$as_it" | encrypted it --sign; } |
	sed 's/^Subject: .*/Subject: You have won/' >"$work/m"
run sluis-decrypt <"$work/m"
is "$(mark Encryption), $(mark Signature)" "ok; key=$team, good; key=$(fpr it)" 'a changed Subject changes no mark'
is "$(grep '^Subject:' "$work/.stdout")" 'Subject: A hole' 'and the filter gives the protected one'

# And what we send. A program that protects fields shows them; others get a copy.
text_to() { open_as "$1" "$(mail_to "$2")" && read_mail text <"$work/opened"; }
inner_field() { sed '/^\r*$/q' "$work/opened" | tr -d '\r' | read_mail head "$1"; }
bytes application/pgp-keys heron.asc <"$work/heron.asc" >"$work/key"
said | text >"$work/words"
forget_mails
{ head_of heron '...'; mixed "$work/words" "$work/key" | encrypted heron; } >"$work/m"
take "$work/m" && deliver
tag=$(case_of)
like "$(text_to heron heron@reporter.example | head -n 1)" "^Subject: $tag: " 'a mail to whose program shows no protected Subject has a copy'
like "$(inner_field Content-Type)" 'hp-legacy-display="1"; hp="cipher"; protected-headers="v1"' '    which is marked as one'
is "$(inner_field HP-Outer)" "$(for f in From To Subject Date Message-ID In-Reply-To Auto-Submitted; do
	printf '%s: %s\n' $f "$(read_mail head $f <"$(mail_to heron@reporter.example)")"; done)" \
    '    and HP-Outer says what stands outside, of each field'
unlike "$(text_to ann ann@team.example)" '^Subject:' 'a notice has none'
forget_mails
{ head_of heron '...'; { printf '%s\n' 'Subject: A hole' 'From: Heron <heron@reporter.example>' \
	'Content-Type: multipart/mixed; boundary="mixed"; protected-headers="v1"' ''
	mixed "$work/words" "$work/key" | sed '1,/^$/d'; } | encrypted heron; } >"$work/m"
take "$work/m" && deliver
unlike "$(text_to heron heron@reporter.example)" '^Subject:' 'nor has one to whose program shows the protected one'
sluis case forward "$(case_of)" devaart >/dev/null
deliver
like "$(text_to it ict@devaart.example | head -n 1)" '^Subject: RD-' 'who is written to for the first time gets one'

done_testing
