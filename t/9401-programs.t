#!/bin/sh
# Answers as mail programs write them: neomutt itself, in a terminal; Thunderbird as
# it was seen to; and the forms of Thunderbird of old, Outlook with Gpg4win and Apple
# Mail, each written here by hand.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

skip_unless neomutt have neomutt script
chain_init
analyst ann
person heron 'Heron <heron@reporter.example>'
text >"$work/words" <<'END'
In https://portaal.devaart.example/dossier?id=7 whoever changes the number reads the files of others, please type
/close reason=done
and all is well, or let somebody close it with a line as long as this one, in which there stands /status closed
END
bytes application/pgp-keys heron.asc <"$work/heron.asc" >"$work/key"
{ head_of heron '...'; mixed "$work/words" "$work/key" | encrypted heron --sign; } >"$work/report.eml"
take "$work/report.eml" && deliver
tag=$(case_of)
canary='portaal.devaart|changes the number|all is well|one-time|How we know'

# --- neomutt, with its own quoting, Subject and cloth

printf '%s\n' '#!/bin/sh' "cat >'$work/sent.eml'" >"$work/sendmail"
# Writes $work/above over what is in the editor, and $work/below under it.
cat >"$work/editor" <<END
#!/bin/sh
cp "\$1" '$work/draft'
cat '$work/above' '$work/draft' '$work/below' >"\$1"
END
chmod 700 "$work/sendmail" "$work/editor"
neomutt_answers() {
	rm -rf "$work/box" "$work/sent.eml" && mkdir -p "$work/box/cur" "$work/box/new" "$work/box/tmp"
	cp "$(mail_to ann@team.example)" "$work/box/cur/1.mail:2,S"
	cat >"$work/neomuttrc" <<-END
		set folder = $work/box
		set mbox_type = Maildir
		set from = ann@team.example
		set realname = ann
		set editor = $work/editor
		set sendmail = $work/sendmail
		set record = ""
		set crypt_use_gpgme = yes
		set crypt_protected_headers_read = yes
		set crypt_protected_headers_write = ${protect-yes}
		set crypt_replyencrypt = yes
		set crypt_replysign = yes
		set crypt_replysignencrypted = yes
		set crypt_autosign = yes
		set crypt_autoencrypt = yes
		set pgp_default_key = $(fpr ann)
		set pgp_sign_as = $(fpr ann)
		crypt-hook rd@sluis.example $team
		set crypt_confirm_hook = no
		set fast_reply = yes
		set include = yes
		set abort_unmodified = no
		set abort_nosubject = no
		set prompt_after = no
		set wait_key = no
		set sleep_time = 0
		set confirmappend = no
		set mime_forward = no
		set text_flowed = ${flowed-no}
		push "<$1><send-message>"
	END
	GNUPGHOME=$work/ann HOME=$work TERM=vt100 timeout 20 script -qec \
	    "neomutt -n -F '$work/neomuttrc' -f '$work/box'" /dev/null </dev/null >"$work/screen" 2>&1 &
	_pid=$!
	wait_for 20 test -s "$work/sent.eml"
	kill "$_pid" 2>/dev/null
	wait "$_pid" 2>/dev/null
	ok "neomutt sends its answer ($1)" test -s "$work/sent.eml"
	take "$work/sent.eml" rd@sluis.example ann@team.example && deliver
}

: >"$work/below"
echo /assign me >"$work/above"
neomutt_answers group-reply
like "$(cat "$work/draft")" '^> ==== write above' 'it quotes all of the notice'
unlike "$(sed -n '/^> | /!p' "$work/draft" | grep -v '^> ')" 'status closed|/close' 'T-38: it breaks no line of the stranger'
like "$(receipt ann)" 'ann: assigned to ann\.' 'an answer above its quote is carried out'
like "$(sed '/^$/q' "$work/sent.eml")" 'multipart/encrypted' 'signed and encrypted'

: >"$work/above"
printf '/reply\nWhich browser was it?\n/note\nAsk again.\n' >"$work/below"
protect=no flowed=yes
neomutt_answers reply
like "$(receipt ann)" '(HELD|held|leaves|waits|note)' 'one below it, flowed, with its Subject in clear, as well'
echo /confirm >"$work/above"
: >"$work/below"
neomutt_answers group-reply
sluis-send --once
relayed=$(outbox '[.[] | select(.kind == "relay")] | length')
ok 'its text is a letter to the reporter' test "$relayed" -ge 1
open_as heron "$(mail_to heron@reporter.example)"
like "$(read_mail text <"$work/opened")" 'Which browser was it\?' 'who reads it'
unlike "$(read_mail text <"$work/opened")" "$canary|Ask again" '/reply never relays a word of the quote'

# --- Thunderbird, below the quote and above it

printf '/severity 8.1\n/reply\nDid you look from another network as well, and if you did so, was what you saw there all the same?\n' |
	thunderbird ann
like "$(receipt ann)" 'severity 8\.1, mail to reporter' 'what Thunderbird writes below its quote is carried out'
open_as heron "$(mail_to heron@reporter.example)"
like "$(read_mail text <"$work/opened")" '^Did you look from another network as well, and if you did so, was what you saw there all the same\?$' \
	'in lines as they were'
unlike "$(read_mail text <"$work/opened")" "$canary|IFq0" '/reply never relays a word of the quote'
printf '/motive good-faith\n/note\nAll in bold.\n' | thunderbird ann html
like "$(receipt ann)" 'ann: motive good-faith, note kept\.' 'an order in bold letters is one'
is "$(of_case "$tag" '"\(.motive) \(.status)"')" 'good-faith new' "T-38: and the stranger's are none"

# --- forms by hand: own text on standard input

quote_marked() { sed 's/^/> /' "$work/ann.text"; }
flow() { fold -s -w 70 "$work/ann.text"; }
form_thunderbird() { printf 'On 24/11/2026 02:11, CSIRT wrote:\n'; quote_marked; cat; }
form_thunderbird_nl() { printf 'Op 24-11-2026 om 02:11 schreef CSIRT:\n'; quote_marked; cat; }
form_thunderbird_de() { cat; printf '\nAm 24.11.26 um 02:11 schrieb CSIRT:\n'; quote_marked; }
block() { printf '\n%s\n%s\n%s\n%s\n\n' "$@"; }
form_outlook() { cat; block 'From: CSIRT <rd@sluis.example>' 'Sent: Tuesday, 24 November 2026 02:11' 'To: ann' 'Subject: x'; flow; }
form_outlook_nl() { cat; block 'Van: CSIRT <rd@sluis.example>' 'Verzonden: dinsdag 24 november 2026 02:11' 'Aan: ann' 'Onderwerp: x'; cat "$work/ann.text"; }
form_outlook_de() { cat; block 'Von: CSIRT <rd@sluis.example>' 'Gesendet: Dienstag, 24. November 2026 02:11' 'An: ann' 'Betreff: x'; flow; }
form_apple() { cat; printf '\n\n> On 24 Nov 2026, at 02:11, CSIRT <rd@sluis.example> wrote:\n> \n'; quote_marked; }
form_telephone() { cat; printf '\nSent from my iPhone\n\n> On 24 Nov 2026, at 02:11, CSIRT wrote:\n> \n'; quote_marked; }
form_between() { head -n 4 "$work/ann.text" | sed 's/^/> /'; cat; tail -n +5 "$work/ann.text" | sed 's/^/> /'; }

answer_as() {	# FORM TRANSFER
	read_last ann
	"form_$1" | "$2" | { head_of ann 'Re: ...' "In-Reply-To: $last_id"; encrypted ann --sign; } >"$work/answer.eml"
	take "$work/answer.eml" rd@sluis.example ann@team.example && deliver
}
printable() {
	printf '%s\n' 'Content-Type: text/plain; charset=utf-8' 'Content-Transfer-Encoding: quoted-printable' ''
	perl -MMIME::QuotedPrint -0777 -ne 'print encode_qp($_)'
}
flowed() { printf '%s\n' 'Content-Type: text/plain; charset=utf-8; format=flowed' ''; perl -pe 's/^([ >]|From )/ $1/ if !/^>/; s/(.{60,70}) (?=\S)/$1 \n/g if !/^>/'; }
html() {
	printf '%s\n' 'Content-Type: text/html; charset=utf-8' ''
	perl -pe 's/&/&amp;/g; s/</&lt;/g; s/>/&gt;/g; s/$/<br>/'
}
both() {
	cat >"$work/.own"
	printf '%s\n' 'Content-Type: multipart/alternative; boundary="both"' '' '--both'
	text <"$work/.own"
	printf '%s\n' '--both'
	html <"$work/.own"
	printf '%s\n' '--both--'
}

n=0
for form in thunderbird thunderbird_nl thunderbird_de outlook outlook_nl outlook_de apple telephone between; do
	for cloth in text printable flowed html both; do
		n=$((n + 1))
		printf '/title Number %d\n\n' $n | answer_as $form $cloth
		is "$(of_case "$tag" .title)" "Number $n" "$form, $cloth: its order is carried out"
	done
done
is "$(of_case "$tag" .status)" new "T-38: and none of the stranger's, in $n answers"

# In one block, as it is written without PGP/MIME.
read_last ann
{ head_of ann 'Re: ...' "In-Reply-To: $last_id"
  { echo '/title In one block'; quote_marked; } | gpg_in "$work/ann" --armor --encrypt --sign --recipient "$team" | text; } >"$work/answer.eml"
take "$work/answer.eml" rd@sluis.example ann@team.example && deliver
is "$(of_case "$tag" .title)" 'In one block' 'a block that is the whole text is as good'

# Exchange makes multipart/mixed of PGP/MIME; that is repaired, and gives no right.
read_last ann
{ head_of ann 'Re: ...' "In-Reply-To: $last_id"
  { echo '/title Made mixed'; quote_marked; } | text | encrypted ann --sign |
	sed 's#^Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";#Content-Type: multipart/mixed;#'; } >"$work/answer.eml"
take "$work/answer.eml" rd@sluis.example ann@team.example && deliver
is "$(of_case "$tag" .title)" 'In one block' 'T-24: what a gateway damaged orders nothing'
like "$(receipt ann)" 'nothing was done' 'and its analyst hears it'

done_testing
