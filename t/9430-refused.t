#!/bin/sh
# More than five hundred answers that may order nothing: what each form of them
# changes, and what the audit says. All lie on the wrong side of T-38 to T-42.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

chain_init
setting work.processes 4

# aged NAME [EXPIRES]: an analyst whose key is a year old.
year_ago=$(date -d '1 year ago' +%Y%m%dT%H%M%S)
aged() {
	gnupg_home "$work/$1"
	gpg_in "$work/$1" --faked-system-time "$year_ago" --quick-generate-key "$1 <$1@team.example>" \
	    ed25519 cert,sign "${2:-0}" 2>/dev/null
	gpg_in "$work/$1" --with-colons --list-secret-keys | awk -F: '$1 == "fpr" { print $10; exit }' >"$work/$1.fpr"
	gpg_in "$work/$1" --faked-system-time "$year_ago" --quick-add-key "$(fpr "$1")" cv25519 encr "${2:-0}" 2>/dev/null
	gpg_in "$work/$1" --armor --export "$(fpr "$1")" >"$work/$1.asc"
	gpg_in "$work/$1" --import "$work/team.asc" 2>/dev/null
	sluis analyst add "$1" --address "$1@team.example" --key "$work/$1.asc" >/dev/null
}
aged ann
aged olga 30d
for who in bob gone rex; do analyst "$who"; done
person mallory 'ann <ann@team.example>'

{ head_of heron 'A hole'; echo 'On https://portaal.delinde.example/ the files of others are seen.' | text; } >"$work/report.eml"
take "$work/report.eml" && deliver
tag=$(case_of)
for who in ann bob gone rex; do read_last "$who"; done
word_of() { grep '^====' "$work/$1.text"; }

# What is ordered: line N of the list, and below it whoever's marker line.
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
/note nobody reads this
/triage confirmed=no
/deadline +9
/embargo 2031-01-01 12:00
/remind 2031-01-01
/forward delinde
/told delinde phone
/told delinde person
/undo
/note once more
/reopen
END
orders=$(wc -l <"$work/orders")
order() { sed -n "${n}p" "$work/orders"; echo; word_of "${1:-ann}"; }

sluis analyst remove gone >/dev/null
n=0
while [ $n -lt "$orders" ]; do
	n=$((n + 1))
	order rex | text | signed rex >"$work/rex.$n"
done
sed 's/^://' "$work/rex/openpgp-revocs.d/$(fpr rex).rev" | gpg_in "$work/rex" --import 2>/dev/null
gpg_in "$work/rex" --armor --export "$(fpr rex)" >"$work/rex.asc"
sluis analyst add rex --address rex@team.example --key "$work/rex.asc" >/dev/null

# One answer that is good: it has its effect, and what it was made of is sent again.
n=1
{ echo '/class leak'; word_of ann; } | text | signed ann >"$work/good"
{ head_of ann 'Re: ...' "In-Reply-To: $last_id"; encrypted ann <"$work/good"; } >"$work/m"
take "$work/m" rd@sluis.example ann@team.example && deliver
is "$(of_case "$tag" .class)" leak 'a good answer is carried out'
armour <"$work/m" | gpg_in "$work" --dearmor >"$work/c"
cp "$work/ann.text" "$work/used.text"
read_last ann
cp "$work/bob.text" "$work/old.text"
echo /help | answers bob
read_last bob

# The forms. Each prints an entity, or a whole content, for order n.
beside() { order | text >"$work/.b"; printf 'Hello.\n' | text | signed ann >"$work/.a"; mixed "$work/.a" "$work/.b"; }
third() { printf 'Hello.\n' | text | signed ann | sed '$d'; printf -- '--signed\n'; order | text; printf -- '\n--signed--\n'; }
outside() {	# preamble, or epilogue
	printf 'Hello.\n' | text | signed ann >"$work/.a"
	if [ $((n % 2)) = 0 ]; then sed "1,/^\$/{/^\$/r /dev/fd/3
}" "$work/.a" 3<<-END
		$(order)

	END
	else cat "$work/.a"; order; fi
}
one_block() { order | gpg_in "$work/ann" --clearsign --digest-algo SHA256; }
form_replayed()    { armour <"$work/m" | wrapped; }
form_reencrypted() { encrypted mallory <"$work/good"; }
form_rewrapped()   {
	# shellcheck disable=SC2046 # words
	set -- $(perl "$t/lib/rewrap" list)
	shift $((n % $#))
	perl "$t/lib/rewrap" "$1" <"$work/c" | armoured | wrapped | sed "s/outside/out$n/"
}
form_other_inbox() { order | text | encrypted ann --sign; }
form_late()        { order | text | signed ann --faked-system-time "$(date -d '25 hours ago' +%Y%m%dT%H%M%S)" | encrypted ann; }
form_early()       { order | text | signed ann --faked-system-time "$(date -d '1 hour' +%Y%m%dT%H%M%S)" | encrypted ann; }
form_unsigned()    { order | text | encrypted ann; }
form_beside()      { beside | encrypted ann; }
form_third_child() { third | encrypted ann; }
form_outside()     { outside | encrypted ann; }
form_stranger()    { order | text | encrypted mallory --sign; }
form_expired()     { order | text | signed olga --faked-system-time "$year_ago" | encrypted ann; }
form_revoked()     { encrypted ann <"$work/rex.$n"; }
form_removed()     { order gone | text | encrypted gone --sign; }
form_word_used()   { order used | text | encrypted ann --sign; }
form_word_other()  { order bob | text | encrypted ann --sign; }
form_no_word()     { sed -n "${n}p" "$work/orders" | text | encrypted ann --sign; }
form_changed()     { order old | text | encrypted bob --sign; }
form_clear()       { one_block | text; }
form_clear_mime()  { order | text | signed ann; }
form_part()        { { order; one_block; } | text | encrypted ann; }
form_weak()        { order | text | encrypted ann --sign --digest-algo SHA1 --allow-weak-digest-algos; }
forms='replayed reencrypted rewrapped other_inbox late early unsigned beside third_child outside stranger expired
	revoked removed word_used word_other no_word changed clear clear_mime part weak'

# What must stay as it is.
state() {
	sluis case show "$tag" --json | jq -S 'del(.events)'
	sluis case list --json | jq length
	sluis outbox list --json | jq '[.[] | select(.kind != "receipt" and .kind != "warning")] | length'
}
state >"$work/before"
lines=$(sluis audit list --json | jq length)
first=$(($(reception id) + 1))

for form in $forms; do
	n=0 inbox=rd@sluis.example from=ann
	case $form in
	other_inbox) inbox=cert@sluis.example ;;
	expired) from=olga ;; revoked) from=rex ;; removed) from=gone ;; changed) from=bob ;;
	esac
	while [ $n -lt "$orders" ]; do
		n=$((n + 1))
		{ head_of "$from" 'Re: ...' "In-Reply-To: $last_id"; "form_$form"; } >"$work/m.$form" 2>/dev/null
		sluis-intake --recipient "$inbox" --sender "$from@team.example" <"$work/m.$form"
		echo "$form" >>"$work/sent"
	done
done
sent=$(wc -l <"$work/sent")
ok "there are $sent of them, at least 500" test "$sent" -ge 500
deliver
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
	END { for (form in all) printf "# %-12s %3d  %s\n", form, all[form], how[form] }' "$work/lines" "$work/sent" | sort
done_testing
