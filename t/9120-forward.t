#!/bin/sh
# What a participant is told, and what is held instead.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
chain_init
analyst ann
person heron 'Grey Heron <heron@reporter.example>'
person vaart 'ICT De Vaart <ict@devaart.example>'
person linde 'CERT De Linde <cert@delinde.example>'
sluis participant add devaart --contact ict@devaart.example --key "$work/vaart.asc" >/dev/null
sluis participant add delinde --contact cert@delinde.example --key "$work/linde.asc" >/dev/null

# A picture that says more than its pixels, and one that is a file of others.
png=iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAbElEQVR42g3JQQEAMAgDMZSgpEqqhOepQAlKqmjLN1VFFypcTLHFFSmqmm7UuJlmm2vSP0QLCYsRK05EP0wbGZsxa87EP4YeNHiYYYcbMj+WXrR4mWWXW7I/jj50+JhjjztyP0IHBYcJGy4kPLAsVIH5pgt5AAAAAElFTkSuQmCC
echo $png | base64 -d >"$work/bare.png"
with_text() {	# WORDS: a tEXt chunk behind the first one
	perl -MCompress::Zlib=crc32 -0777 -pe 'BEGIN { $words = shift }
		my $chunk = "tEXtAuthor\0$words";
		substr($_, 33, 0) = pack("N", length($chunk) - 4) . $chunk . pack("N", crc32($chunk))' "$1"
}
with_text 'A bird of passage' <"$work/bare.png" >"$work/page.png"
jpeg=/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAAIAAgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwBlFFFbEH//2Q==
echo $jpeg | base64 -d | perl -0777 -pe 'substr($_, 2, 0) = "\xff\xfe\x00\x14Kept for good ...."' >"$work/page.jpg"
{ printf '%%PDF-1.4\n'; echo 'A paper'; } >"$work/paper.pdf"

text >"$work/words" <<'END'
In the portal https://portaal.devaart.example/dossier?id=1041 whoever changes
the number in the address reads the files of others (IDOR).
END
bytes image/png 'my page.png' <"$work/page.png" >"$work/1"
bytes image/jpeg 'photo of me.jpg' <"$work/page.jpg" >"$work/2"
bytes application/pdf 'cv.pdf' <"$work/paper.pdf" >"$work/3"
bytes application/pgp-keys key.asc <"$work/heron.asc" >"$work/4"
{ head_of heron '...'; mixed "$work/words" "$work/1" "$work/2" "$work/3" "$work/4" | encrypted heron --sign; } >"$work/m"
take "$work/m" && deliver
tag=$(case_of)
n_of() { of_case "$tag" ".messages[] | select(.direction == \"in\") | .attachments[] | select(.type == \"$1\") | .n" | head -n 1; }

# The report of a case, with the pictures.
run sluis case forward "$tag" devaart --attach "$(n_of image/png)" --attach "$(n_of image/jpeg)" --json
status 0 'the report of a case is forwarded'
is "$(jq -r '.[] | "\(.to) \(.state) \(.reason)"' "$work/.stdout")" 'ict@devaart.example ready null' 'to the contact'
forwards() { outbox "[.[] | select(.kind == \"forward\")] | length"; }
state_of() { sluis outbox show "$1" --json | jq -r '"\(.state) \(.reason)"'; }
first=$(jq '.[0].id' "$work/.stdout")
sluis-send --once
mail=$dir/outgoing/new/$first.sluis
is "$(read_mail names <"$mail" | tr '\n' ' ')" \
    'Return-Path Delivered-To From To Subject Date Message-ID MIME-Version Content-Type ' \
    'T-43: a fixed list of header fields'
is "$(read_mail head Subject <"$mail")" '[...]' 'a neutral Subject'
like "$(read_mail head Date <"$mail")" ' \+0000$' 'a Date in UTC'
like "$(read_mail head Message-ID <"$mail")" '@sluis\.example>$' 'an id of ours'
like "$(read_mail head Return-Path <"$mail")" '^<rd\+[0-9a-z]{38}@sluis\.example>$' "T-48: the party's own envelope sender"
is "$(encrypted_to "$mail" | wc -l)" 1 'T-46: one session-key packet'
is "$(encrypted_to "$mail")" "$(gpg_in "$work/vaart" --with-colons --list-keys "$(fpr vaart)" |
	awk -F: '$1 == "sub" { print $5 }')" 'for the pinned key'
for other in ann heron linde; do nok "$other cannot open it" open_as $other "$mail"; done
ok 'the participant opens it' open_as vaart "$mail"
ok 'it is signed by the team' signed_by "$team"
is "$(read_mail head Subject <"$work/opened")" "$tag: melding voor uw organisatie" 'the real Subject is inside, in Dutch'
like "$(read_mail text <"$work/opened")" 'whoever changes' 'it has the text'
like "$(read_mail text <"$work/opened")" '^Advies: een pagina laat meer zien dan mag' 'with what we advise for that'
like "$(read_mail text <"$work/opened" | xargs)" 'niet aansprakelijk voor fouten' 'and what we are not liable for'
is "$(read_mail names <"$work/opened" | sort -u | tr '\n' ' ')" \
    'Content-Type Date From HP-Outer Message-ID Subject To ' 'and inside a fixed list as well'
is "$(read_mail parts <"$work/opened" | tr '\n' ' ')" \
    'text/plain - image/png bijlage-1.png image/jpeg bijlage-2.jpg ' 'T-44: attachments have names of ours'
read_mail part 2 <"$work/opened" >"$work/got.png"
read_mail part 3 <"$work/opened" >"$work/got.jpg"
is "$(head -c 24 "$work/got.png" | tail -c 8 | base64)" "$(head -c 24 "$work/page.png" | tail -c 8 | base64)" \
    'the picture is as wide and high as it was'
is "$(cat "$work/got.png" "$work/got.jpg" | grep -ac -e 'bird of passage' -e 'Kept for good')" 0 'and says nothing beside'
is "$(cat "$mail" "$work/opened" | grep -aic -e heron -e 'reporter\.example' -e "$(fpr heron | tail -c 17)" -e 'cv\.pdf' -e 'my page')" \
    0 'nothing in it is from the reporter but what was picked'
is "$(armour <"$mail" | sed -n 2p)" '' 'T-45: the armour has no comment'
is "$(armour <"$mail" | gpg_in "$work/vaart" --list-packets 2>/dev/null | sed -n 's/.*\(name=".*"\).*/\1/p')" 'name=""' \
    'nor the packets a file name'

run sluis case forward "$tag" devaart --attach "$(n_of image/png)" --attach "$(n_of image/jpeg)"
status 0 'the same again is no fault'
is "$(forwards)" 1 'and changes nothing'
is "$(of_case "$tag" '[.events[] | select(.kind == "forwarded")] | length')" 1 'not even in the events'

# The participant answers, signed, by the mail's id; in clear, by nothing but the tag.
{ head_of vaart "$tag" "In-Reply-To: $(read_mail head Message-ID <"$mail")"; echo '2' | text | encrypted vaart --sign; } >"$work/m"
take "$work/m" && deliver
is "$(of_case "$tag" '.messages[] | select(.from == "ict@devaart.example") | "\(.signature) \(.verified)"')" 'good true' \
    'an answer of the participant lands in the case'
is "$(of_case "$tag" '.parties[] | "\(.role) \(.name)"' | sort | tr '\n' ' ')" 'participant devaart reporter Grey Heron ' \
    'as that of its party'
is "$(outbox '[.[] | select(.kind == "ack")] | length')" 1 'and is not acknowledged'

# A text somebody wrote, with a header that is nobody's business.
released() {	# NAME SUBJECT TEXT [ENTITY...]: a released mail in $work/NAME
	_name=$1
	{ head_of 'Ann <ann@team.example>' "$2" 'X-Originating-IP: 192.0.2.99' 'User-Agent: Canary 1.0' \
	    'Received: from canary.example by y; Mon, 1 Jan 2024 00:00:00 +0000'
	printf '%s\n' "$3" | text >"$work/.text"
	shift 3
	mixed "$work/.text" "$@"; } >"$work/$_name"
}
forward() { run sluis-forward --case "$tag" --to "${2:-devaart}" <"$work/$1"; }
newest() { outbox '[.[] | select(.kind == "forward")][0] | "\(.kind) \(.state) \(.reason)"'; }
newest_id() { outbox '[.[] | select(.kind == "forward")][0].id'; }

released plain 'A canary' 'Your portal shows the files of others.'
forward plain
status 0 'a released mail is forwarded'
silent 'without a word'
is "$(newest)" 'forward ready null' 'and is ready'
id=$(newest_id)
forward plain
is "$(newest_id)" "$id" 'the same again changes nothing'
sluis-send --once
forward plain
is "$(newest_id) $(state_of "$id")" "$id sent null" 'nor after it has left'
ok 'the participant opens it' open_as vaart "$dir/outgoing/new/$id.sluis"
like "$(read_mail text <"$work/opened")" '^Your portal shows' 'it has the text'
is "$(grep -aic -e canary -e 'ann@team' -e 192.0.2.99 "$work/opened")" 0 'and no word of its header'

# T-47: whoever reported is not named.
while IFS='|' read -r name words; do
	released leak '...' "$words"
	forward leak
	is "$rc $(newest)" '0 forward held leak: the text names somebody else' "T-47: $name is held"
done <<END
the address|Ask heron@reporter.example about it.
the address in capitals|Ask HERON@REPORTER.EXAMPLE
the domain|It was found by the people of reporter.example.
the display name|Greetings, grey heron
the key|Signed by $(fpr heron).
the key in groups|Signed by $(fpr heron | sed 's/..../& /g').
the key id|Key 0x$(fpr heron | tail -c 17)
the encryption key id|Key $(gpg_in "$work/heron" --with-colons --list-keys "$(fpr heron)" | awk -F: '$1 == "sub" { print $5 }')
END
held=$(newest_id)
sent=$(count_to ict@devaart.example)
deliver
is "$(count_to ict@devaart.example)" "$sent" 'nothing of it leaves'
run sluis outbox drop "$held" --json
is "$(state_of "$held" | cut -d ' ' -f 1)" dropped 'it can be dropped'
nok 'and is then gone for good' sluis outbox release "$held"
run sluis outbox release "$((held - 1))" --json
status 0 'or released'
sluis-send --once
is "$(state_of $((held - 1)))" 'sent null' 'and then leaves'
ok 'to be opened' open_as vaart "$dir/outgoing/new/$((held - 1)).sluis"
like "$(of_case "$tag" '.events[] | "\(.kind) \(.detail)"')" "^released forward $((held - 1))\$" 'the case remembers who let it go'

with_text 'Made by heron@reporter.example' <"$work/bare.png" | bytes image/png x.png >"$work/named"
released leak '...' 'See the picture.' "$work/named"
forward leak
is "$(newest)" 'forward ready null' 'T-44: of a picture that names the reporter only the pixels leave'
run sluis case forward "$tag" devaart --attach "$(n_of application/pgp-keys)"
is "$rc $(newest)" "0 forward held leak: an attachment names somebody else" "and so is the reporter's key"
run sluis case forward "$tag" devaart --attach "$(n_of application/pdf)"
is "$rc $(newest)" '0 forward held attachment: it cannot be cleaned' 'what cannot be cleaned is held'
sluis outbox release "$(newest_id)" >/dev/null && sluis-send --once
open_as vaart "$dir/outgoing/new/$(newest_id).sluis"
read_mail part 2 <"$work/opened" >"$work/got.pdf"
ok 'and goes as it is when it is released' cmp "$work/paper.pdf" "$work/got.pdf"
released openpgp '...' "$(echo x | gpg_in "$work/linde" --clear-sign)"
forward openpgp
is "$(newest)" 'forward held openpgp: the text has foreign OpenPGP data' 'T-45: OpenPGP data of others is held'
person wader 'A wader <wader@shore.example>'
bytes application/pgp-keys key.asc <"$work/linde.asc" >"$work/theirs"
released openpgp '...' 'A key.' "$work/theirs"
forward openpgp
is "$(newest)" 'forward held leak: an attachment names somebody else' "T-47: another participant's key names its contact"
bytes application/pgp-keys key.asc <"$work/wader.asc" >"$work/theirs"
released openpgp '...' 'A key.' "$work/theirs"
forward openpgp
is "$(newest)" 'forward held openpgp: an attachment has foreign OpenPGP data' 'in an attachment as well'

# T-31: no key, one that is over, one that only signs. delinde has two contacts.
released plain '...' 'About your portal.'
forward plain delinde
status 0 'a contact without a key is no reason to fail'
is "$(outbox '[[.[] | select(.kind == "forward")][0:2][] | "\(.to) \(.state) \(.reason)"] | sort | join(", ")')" \
    'cert@delinde.example ready null, p.jansen@delinde.example held no key' 'T-31: to that one it is held, to the other it leaves'
held=$(outbox '[.[] | select(.to == "p.jansen@delinde.example" and .kind == "forward")][0].id')
deliver
is "$(count_to cert@delinde.example) $(count_to p.jansen@delinde.example)" '1 1' 'and so it does; who has none is asked to call'
run sluis outbox release "$held"
deliver
is "$(state_of "$held")" 'held no key' 'released without a key it is held again'
person jansen 'P. Jansen <p.jansen@delinde.example>'
sluis participant add delinde --contact p.jansen@delinde.example --key "$work/jansen.asc" >/dev/null
deliver
is "$(state_of "$held")" 'sent null' 'with a key it is built and leaves by itself'
ok 'and opened' open_as jansen "$dir/outgoing/new/$held.sluis"
ok 'signed by the team' signed_by "$team"
like "$(read_mail text <"$work/opened")" 'About your portal' 'as it was written'

gnupg_home "$work/old"
gpg_in "$work/old" --faked-system-time 20200101T000000! \
    --quick-generate-key 'Lab <security@labnoord.example>' ed25519 cert,sign 20200201T000000 2>/dev/null
old=$(gpg_in "$work/old" --with-colons --list-keys | awk -F: '$1 == "fpr" { print $10; exit }')
gpg_in "$work/old" --faked-system-time 20200101T000000! --quick-add-key "$old" cv25519 encr 20200201T000000 2>/dev/null
gpg_in "$work/old" --armor --export >"$work/old.asc"
sluis participant add labnoord --contact security@labnoord.example --key "$work/old.asc" >/dev/null 2>&1
gnupg_home "$work/signer"
gpg_in "$work/signer" --quick-generate-key 'Kroon <informatiebeveiliging@kroonapotheken.example>' ed25519 sign 0 2>/dev/null
gpg_in "$work/signer" --armor --export >"$work/signer.asc"
sluis participant add kroonapotheken --contact informatiebeveiliging@kroonapotheken.example --key "$work/signer.asc" >/dev/null 2>&1
forward plain labnoord
is "$rc $(newest)" '0 forward held expired' 'an expired key holds it'
forward plain kroonapotheken
like "$rc $(newest)" '^0 forward held no encryption (sub)?key$' 'one that only signs as well'

# What is refused.
run sluis-forward --case RD-2026-XXXXX --to devaart <"$work/plain"
status 77 'an unknown case is refused'
stderr '^5\.7\.1 there is no case' 'and named'
run sluis-forward --case "$tag" --to nobody <"$work/plain"
status 77 'an unknown participant is refused'
stderr '^5\.7\.1 there is no participant nobody' 'and named'
run sluis case forward RD-2026-XXXXX devaart
status 1 'to the tool as well'
run sluis case forward "$tag" nobody
status 1 'both of them'
run sluis case forward "$tag" devaart --attach 99
status 1 'and an attachment that is none'
stderr 'has no attachment 99' 'which is named'
is "$(of_case "$tag" '[.parties[] | select(.role == "participant") | .name] | sort | join(" ")')" \
    'delinde devaart kroonapotheken labnoord' 'who was refused became no party'

# It can be called back for a while.
setting outgoing.delay 1h
released late '...' 'Too early.'
sent=$(count_to ict@devaart.example)
forward late
sluis-send --once
is "$(newest) $(count_to ict@devaart.example)" "forward ready null $sent" 'before its delay is over it does not leave'
run sluis outbox drop "$(newest_id)"
is "$(newest | cut -d ' ' -f 2)" dropped 'and can be dropped'

done_testing
