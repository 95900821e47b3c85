#!/bin/sh
# More than five hundred answers that may order nothing: what each form of them
# changes, and what the audit says. All lie on the wrong side of T-38 to T-42.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

chain_init
setting work.processes 4
ask() { psql -X -At -h "$(readlink "$dir/run")/pg" -U postgres -c "$1" sluis; }

# aged NAME [EXPIRES]: an analyst whose key is a year old.
year_ago=$(date -d '1 year ago' +%Y%m%dT%H%M%S)
aged() {
	gnupg_home "$work/$1"
	gpg_in "$work/$1" --faked-system-time "$year_ago!" --quick-generate-key "$1 <$1@team.example>" \
	    ed25519 cert,sign "${2:-0}" 2>/dev/null
	gpg_in "$work/$1" --with-colons --list-secret-keys | awk -F: '$1 == "fpr" { print $10; exit }' >"$work/$1.fpr"
	gpg_in "$work/$1" --faked-system-time "$year_ago!" --quick-add-key "$(fpr "$1")" cv25519 encr "${2:-0}" 2>/dev/null
	gpg_in "$work/$1" --armor --export "$(fpr "$1")" >"$work/$1.asc"
	gpg_in "$work/$1" --import "$work/team.asc" 2>/dev/null
	sluis analyst add "$1" --address "$1@team.example" --key "$work/$1.asc" >/dev/null
}
aged ann
aged olga 30d
for who in bob gone rex; do analyst "$who"; done
person mallory 'ann <ann@team.example>'

# Two cases: what is ordered is about the first one. The words of the other one's
# notices are of another case, and, for bob, too old.
for n in 1 2; do
	{ head_of heron "Hole $n"; echo "On https://portaal$n.delinde.example/ the files of others are seen." | text; } >"$work/report.eml"
	take "$work/report.eml" && deliver
	eval "tag$n=\$(case_of)"
	for who in ann bob gone rex; do
		read_last "$who"
		grep '^====' "$work/$who.text" >"$work/$who.word$n"
	done
done
# shellcheck disable=SC2154 # set by eval
tag=$tag1
# shellcheck disable=SC2154
other=$tag2
ask "update sluis.nonce n set expires = now() from sluis.analyst a, sluis.cases c
    where a.id = n.analyst and a.name = 'bob' and c.no = n.case_no and c.tag = '$other'" >/dev/null

# What is ordered.
cat >"$work/orders" <<END
/class spam
/motive extortion
/severity 9.9
/severity low
/tlp RED
/title Nothing to see
/assign bob
/watch
/duty bob
/status triage
/status closed
/close reason=none
/triage confirmed=no
/deadline +9
/embargo 2031-01-01 12:00
/remind 2031-01-01
/forward delinde
/told delinde phone
/told delinde person
/link $other
/merge $other
END
orders=$(wc -l <"$work/orders")

# One answer that is good: it has its effect, and what it was made of is sent again.
{ echo '/class leak'; cat "$work/ann.word1"; } | text | signed ann >"$work/good"
{ head_of ann 'Re: ...' "In-Reply-To: $last_id"; encrypted ann <"$work/good"; } >"$work/m"
take "$work/m" rd@sluis.example ann@team.example && deliver
is "$(of_case "$tag" .class)" leak 'a good answer is carried out'
armour <"$work/m" >"$work/armour"
gpg_in "$work" --dearmor <"$work/armour" >"$work/c"
mv "$work/ann.word1" "$work/ann.used"
mv "$work/bob.word1" "$work/bob.old"
{ echo /help; cat "$work/bob.old"; } | as_answer bob
for who in ann bob; do
	read_last "$who"
	grep '^====' "$work/$who.text" >"$work/$who.word1"
done

# --- the forms: an order as an entity, or as a whole content

late=$(date -d '25 hours ago' +%Y%m%dT%H%M%S) early=$(date -d '1 hour' +%Y%m%dT%H%M%S)
: >"$work/none"
sed "s/$other/$tag/" "$work/ann.word2" >"$work/other"
cat "$work/ann.word1" "$work/ann.word2" >"$work/both"
printf 'Hello.\n' | text | signed ann >"$work/hello"
sed '$d' "$work/hello" >"$work/hello.open"
sed '/^$/q' "$work/hello" >"$work/hello.head"
sed '1,/^$/d' "$work/hello" >"$work/hello.body"
hows=$(perl "$t/lib/rewrap" list)

words() { printf '%s\n' 'Content-Type: text/plain; charset=utf-8' '' "$order" ''; cat "$work/${1:-ann.word1}"; }
block() { { echo "$order"; cat "$work/ann.word1"; } | gpg_in "$work/ann" --clearsign; }
# sealed WHO [OPTION...]: signed and encrypted to the team in one.
sealed() {
	_who=$1
	shift
	gpg_in "$work/$_who" --armor --recipient "$team" --sign --encrypt "$@"
}
# What is to be encrypted, by nobody in particular.
plain_unsigned()  { words; }
plain_beside()    { words >"$work/.b"; mixed "$work/hello" "$work/.b"; }
plain_third()     { cat "$work/hello.open"; echo '--signed'; words; printf '\n--signed--\n'; }
plain_preamble()  { cat "$work/hello.head"; words; echo; cat "$work/hello.body"; }
plain_epilogue()  { cat "$work/hello"; words; }
plain_part()      { words; block; }
plain_again()     { cat "$work/good"; }
plain_late()      { words | signed ann --faked-system-time "$late"; }
plain_expired()   { words | signed olga --faked-system-time "$year_ago!"; }
# What is an armour already.
armour_inbox()    { words | sealed ann; }
armour_early()    { words | sealed ann --faked-system-time "$early"; }
armour_stranger() { words | sealed mallory; }
armour_revoked()  { words rex.word1 | sealed rex; }
armour_removed()  { words gone.word1 | sealed gone; }
armour_used()     { words ann.used | sealed ann; }
armour_whose()    { words bob.word1 | sealed ann; }
armour_none()     { words none | sealed ann; }
armour_old()      { words bob.word2 | sealed bob; }
armour_changed()  { words bob.old | sealed bob; }
armour_case()     { words other | sealed ann; }
armour_cases()    { words both | sealed ann; }
armour_weak()     { words | sealed ann --digest-algo SHA1 --allow-weak-digest-algos; }
armour_replayed() { cat "$work/armour"; }
armour_wrapped()  {
	# shellcheck disable=SC2086 # words
	set -- $hows
	shift $((n % $#))
	perl "$t/lib/rewrap" "$1" <"$work/c" | armoured
}
# What is not encrypted at all.
clear_block()     { printf 'Content-Type: text/plain; charset=utf-8\n\n'; block; }
clear_mime()      { words | signed ann; }
clear_unsigned()  { words; }
forms=$(sed -n 's/^\(\(plain\|armour\|clear\)_[a-z]*\)() .*/\1/p' "$0")

head=$(printf 'To: rd@sluis.example\nSubject: Re: ...\nDate: %s\nIn-Reply-To: %s\nMIME-Version: 1.0' "$(date -R)" "$last_id")
cloth=$(: | wrapped | sed '/^--outside--/,$d')
header() { printf 'From: %s <%s@team.example>\nMessage-ID: <%s@writer.example>\n%s\n' "$who" "$who" "$form.$n" "$head"; }
in_cloth() { header; printf '%s\n\n' "$cloth"; "$@"; printf '\n--outside--\n'; }
mkdir "$work/made" "$work/plain"
for form in $forms; do
	n=0 who=ann
	case $form in
	*_expired) who=olga ;; *_revoked) who=rex ;; *_removed) who=gone ;; *_changed | *_old) who=bob ;;
	esac
	while read -r order; do
		n=$((n + 1))
		case $form in
		plain_*) $form >"$work/plain/$form.$n" ;;
		armour_*) in_cloth "$form" >"$work/made/$form.$n" ;;
		clear_*) { header; $form; } >"$work/made/$form.$n" ;;
		esac
	done <"$work/orders" 2>/dev/null
done
(cd "$work/plain" && gpg_in "$work/mallory" --armor --recipient "$team" --multifile --encrypt ./*)
who=ann
for file in "$work"/plain/*.asc; do
	form=${file##*/} form=${form%.asc}
	n=${form#*.} form=${form%.*}
	in_cloth cat "$file" >"$work/made/$form.$n"
done

sluis analyst remove gone >/dev/null
sed 's/^://' "$work/rex/openpgp-revocs.d/$(fpr rex).rev" | gpg_in "$work/rex" --import 2>/dev/null
gpg_in "$work/rex" --armor --export "$(fpr rex)" >"$work/rex.asc"
sluis analyst add rex --address rex@team.example --key "$work/rex.asc" >/dev/null

# --- all of them come in, and are worked on in one run

# What must stay as it is.
state() {
	for _tag in "$tag" "$other"; do of_case "$_tag" 'del(.events)' | jq -S .; done
	sluis case list --json | jq length
	outbox '[.[] | select(.kind != "receipt" and .kind != "warning")] | length'
}
state >"$work/before"
lines=$(sluis audit list --json | jq length)
first=$(($(reception id) + 1))
for file in "$work"/made/*; do
	form=${file##*/} form=${form%.*} inbox=rd@sluis.example
	[ "$form" != armour_inbox ] || inbox=cert@sluis.example
	sluis-intake --recipient $inbox --sender ann@team.example <"$file"
	echo "$form" >>"$work/sent"
done
sent=$(wc -l <"$work/sent")
ok "there are $sent of them, at least 500" test "$sent" -ge 500
sluis-work --once
state >"$work/after"

ok 'T-38 to T-42: effect count 0' cmp "$work/before" "$work/after"
[ ! -s "$work/after" ] || diff "$work/before" "$work/after" | head -n 20 | sed 's/^/# /'
sluis audit list --json >"$work/audit"
is "$(($(jq length "$work/audit") - lines))" "$sent" 'and one line of the audit for each'
is "$(jq -r --argjson first "$first" '[.[] | select(.reception >= $first) | .what] | unique | join(" ")' "$work/audit")" \
	'held refused' 'each refused, or held whole'
jq -r --argjson first "$first" '.[] | select(.reception >= $first) | "\(.reception) \(.what) \(.detail)"' "$work/audit" >"$work/lines"
awk -v first="$first" '
	FNR == NR { what[$1] = $2 " " $3; next }
	{ all[$1]++; said = what[first + FNR - 1]; how[$1] = how[$1] (index(how[$1], said ",") ? "" : said ", ") }
	END { for (form in all) printf "%-16s %3d  %s\n", form, all[form], how[form] }' "$work/lines" "$work/sent" | sort >"$work/table"
sed 's/^/# /' "$work/table"

# That each was what it should be: why it had no effect.
while read -r form why; do
	like "$(grep "^$form " "$work/table" | tr -s ' ')" "^$form $orders ((refused|held) $why, )+$" "$form: $why"
done <<'END'
armour_case case
armour_cases case
armour_changed changed
armour_early signature
armour_inbox inbox
armour_none no-nonce
armour_old nonce-expired
armour_removed signature
armour_replayed replayed
armour_revoked signature
armour_stranger signature
armour_used nonce-used
armour_weak signature
armour_whose nonce-other
clear_mime clear
clear_unsigned unsigned
plain_again replayed
plain_expired signature
plain_late late
plain_unsigned unsigned
END
done_testing
