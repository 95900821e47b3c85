#!/bin/sh
# root: a private Postfix
#
# A whole case by mail alone, from the report to the thanks: every party with a
# gpg of its own, every mail that leaves opened by whom it is for. What each may
# not show, T-43 to T-49; that it is signed, encrypted to one key and tells nothing
# outside the encryption, T-43, T-46.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/user.sh
. "$t/lib/user.sh"
# shellcheck source=t/lib/story.sh
. "$t/lib/story.sh"
skip_unless postfix have postfix

init_options=--no-samples
user_init
setting outgoing.delay 0s
story_people
user_postfix
user_sendmail
ok 'Postfix starts' postfix_start "$postfix"

sluis-work &
worker=$!
at_exit "kill $worker"
sluis-send &
sender=$!
at_exit "kill $sender"

# --- how the story's mail travels

submitted=0
post() { submitted=$((submitted + 1)); postfix_send "$postfix" -f "$1" "$2"; }
# All that was taken is done, and all that follows has left and arrived.
settled() {
	[ "$(ask "select count(*) filter (where state in ('done', 'superseded')) from sluis.reception")" = "$submitted" ] &&
	    [ "$(ask "select count(*) filter (where state in ('ready', 'sending')),
	        count(*) filter (where state = 'sent') from sluis.outbox")" = "0|$(left | wc -l)" ]
}
settle() {
	wait_for 30 settled && return 0
	result 1 "what follows from mail $submitted has left" "$(sluis reception list)" "$(sluis outbox list)"
	done_testing
}
left() { find "$work/sink/new" -type f -printf '%T@ %p\n' 2>/dev/null | sort -n | cut -d ' ' -f 2-; }
scene() { diag "$*"; }
spoke() { cat >/dev/null; }

# --- what is looked at in every mail that leaves

# Of whom the mail to $1 may show nothing: of everybody else.
strangers() {
	for _other in $story_cast; do
		[ "$_other" = "$1" ] || echo "$_other"
	done
}
# What of them it may not show: with a colleague everything is shared.
secrets_before() {	# WHO STRANGER
	case "$1 $2" in "jansen dewit" | "dewit jansen") return ;; esac
	if story_knows "$1" "$2"; then story_traces "$2"; else story_secrets "$2"; fi
}

# All there is to be read in a mail, each part decoded.
all_of() {
	cat "$1"
	_part=0
	read_mail parts <"$1" | while read -r _; do
		_part=$((_part + 1))
		read_mail part $_part <"$1" | strings -n 3
	done
}

heard() {
	_box=${2%.mail}
	_what="mail $3 to $1, \"$(cat "$_box.subject")\""
	is "$(encrypted_to "$2" | wc -l)" 1 "T-46: $_what: encrypted to one key"
	ok "$_what: signed by the team" signed_by "$team"
	like "$(read_mail head Subject <"$2")" '^\[([A-Z]+-[0-9A-Z-]+|\.\.\.)\]( (new|answer|urgent))?$' "T-43: $_what: its Subject says nothing outside"
	like "$(read_mail head Content-Type <"$_box.opened")" 'hp="?cipher' "$_what: and is protected inside"
	is "$(read_mail names <"$2" | grep -ciE '^(reply-to|received|user-agent|x-mailer)$')" \
		"$(read_mail names <"$2" | grep -ci '^received$')" "$_what: no field that says who or with what"
	[ "$1" != ann ] && [ "$1" != bob ] || return 0
	sed '1,/^$/{/^Received:/,/^[^ \t]/d}' "$2" >"$work/.outside"
	for _stranger in $(strangers "$1"); do
		_secrets=$(secrets_before "$1" "$_stranger")
		[ -z "$_secrets" ] ||
			unlike "$({ all_of "$_box.opened"; cat "$work/.outside"; } | grep -iE -e "$_secrets" | head -n 3)" . \
				"T-47: $_what: nothing of $_stranger"
	done
}

story

# --- what they read

like "$(says ann 'NEW vulnerability')" '^! nobody owns this yet$' 'the first notice warns'
like "$(says ann 'NEW vulnerability')" '^Call   P\. Jansen \+31 20 555 01 01\. Key good without end$' 'says whom to call'
like "$(says ann 'NEW vulnerability')" '^/reply reaches reporter, in English, encrypted to an unverified key$' 'and whom a reply reaches'
like "$(says ann 'delinde \(the first mail')" 'HELD as [0-9a-f]{8}, delinde \(the first mail to this party\)' \
	'T-40: the first mail to a party is held'
like "$(says ann 'delinde \(the first mail')" '^Exactly this goes to (cert|ict)@delinde\.example, (cert|ict)@delinde\.example:$' 'and shown, with whom it goes to'
for who in jansen dewit; do
	like "$(says $who 'TLP:AMBER')" '^Wij hebben dit nagegaan: bevestigd\. Ernst: 8\.6\.$' "the forward tells $who what was found, as it is now"
	is "$(read_mail parts <"$(last_of $who TLP:AMBER).opened" | tr '\n' ' ')" 'text/plain - image/png bijlage-1.png ' \
		"T-44: with the picked attachment under a name of ours"
	like "$(says $who Genoteerd)" '^\(M\. de Wit, [0-9:]+, ondertekend\)$' "who took it on is told to $who"
done
like "$(says ann 'says 1')" '^M\. de Wit says 1: they handle it with us \(signed\)$' 'and to the analysts'
like "$(says ann 'a hit$')" '^! .*(grey|heron)' 'T-47: a name in what is passed on holds it'
unlike "$(cat "$work"/box/jansen/*.text)" 'I know of no test' 'and it never leaves'
like "$(says heron 'The organisation writes')" '^\| Nee, in de logs staan alleen die twee verzoeken' 'what is passed on is quoted'
unlike "$(says heron 'The organisation writes')" 'De melder bekeek' 'without what it quoted'
like "$(says jansen 'De leverancier schrijft')" 'INC-4711$' "a participant's own number is in what it gets"
unlike "$(cat "$work"/box/heron/*.text "$work"/box/maker/*.text)" 'INC-4711' 'and in nothing else'
like "$(says ann 'checks the owner')" '^Case   8\.6, fixing, ann: Files of others in the portal of De Linde$' 'an answer says how its case stands'
like "$(says jansen 'Ons advies')" '^Laat uw functionaris' "our own advice, as advice"
is "$(of_case "$tag" '[.verifications[].method] | join(" ")')" callback 'who they are was asked by telephone'
like "$(says jansen 'De leverancier schrijft')" '^\| All versions before 4\.2' "the supplier's words reach the participant"
is "$(of_case "$tag" '"\(.status) \(.owner) \(.severity) \([.parties[].name] | join(" "))"')" \
	'closed ann 8.6 Grey Heron delinde webportal' 'the case is closed'
like "$(says heron 'direct contact')" '^Do you want that\?' 'whether they want to meet is asked of the reporter'
like "$(says jansen 'Wilt u dat')" 'U en wie dit meldde schrijven elkaar via ons' 'and of the organisation'
like "$(says ann 'says 1|an introduction')" 'reporter \(an introduction\)' 'T-40: an introduction waits for a second word'
like "$(says ann 'contact: yes')" '^! if it is so: /consent reporter contact=yes with=delinde$' 'what puts an answer on record stands in the notice'
for who in jansen dewit; do
	like "$(says $who 'heron@reporter')" '^  Grey Heron <heron@reporter\.example>$' "T-49: $who reads who reported, once both said yes"
done
like "$(says heron 'cert@delinde')" '^  P\. Jansen <cert@delinde\.example>$' 'and she whom to write to'
is "$(of_case "$tag" '[.parties[].direct] | map(tostring) | join(" ")')" 'true true false' 'the two are in contact, the supplier with nobody'
is "$submitted $(left | wc -l) $(count_of maker)" '29 64 1' '29 mails came, 64 left'
is "$(postfix_count "$postfix" 'status=\(bounced\|deferred\)')" 0 'none bounced, none deferred'

done_testing
