#!/bin/sh
# The life of a pinned key: whose word it has, refused when it is of no use, each
# in its own sentence, renewed, revoked; and nothing takes a revocation back.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
init_options=--no-samples
chain_init

gnupg_home "$work/g"
# made NAME 'OPTIONS' PRIMARY EXPIRY ['OPTIONS' SUBKEY EXPIRY]: a key in $work/NAME.asc.
made() {
	# shellcheck disable=SC2086 # options are words
	gpg_in "$work/g" $2 --quick-generate-key "$1@x.example" "$3" sign,cert "$4" 2>/dev/null
	gpg_in "$work/g" --with-colons --list-keys "$1@x.example" 2>/dev/null |
		awk -F: '$1 == "fpr" { print $10; exit }' >"$work/$1.fpr"
	# shellcheck disable=SC2086 # options are words
	[ -z "${6-}" ] || gpg_in "$work/g" $5 --quick-add-key "$(fpr "$1")" "$6" encr "$7" 2>/dev/null
	exported "$1"
}
exported() { gpg_in "$work/g" --armor --export "$(fpr "$1")" >"$work/$1.asc" 2>/dev/null; }
revoked() {
	sed 's/^:-----BEGIN/-----BEGIN/' "$work/g/openpgp-revocs.d/$(fpr "$1").rev" | gpg_in "$work/g" --import 2>/dev/null
	exported "$1"
}
key_of() { sluis participant show "$1" --json | jq -r ".contacts[0].keys[${3:-0}] | $2"; }

past="--faked-system-time 20240101T000000!" future="--faked-system-time 20360101T000000!"
sha1='--cert-digest-algo SHA1 --allow-weak-key-signatures'
made good '' ed25519 never '' cv25519 never
made expired "$past" ed25519 1y "$past" cv25519 1y
made revoked '' ed25519 never '' cv25519 never
revoked revoked
made signs '' ed25519 never
made subkey "$past" ed25519 never "$past" cv25519 1y
made sha1 "$sha1" rsa2048 never "$sha1" rsa2048 never
made short '' rsa1024 never '' rsa1024 never
made dsa '' dsa2048 never '' elg2048 never
made elgamal '' rsa2048 never '' elg2048 never
made future "$future" ed25519 never "$future" cv25519 never

# Whose word.
run sluis participant add good --domain good.example --contact good@x.example --key "$work/good.asc" \
    --vouched-by 'P. Jansen' --vouched-how call-back
status 0 'a key is pinned'
silent 'without a word'
is "$(key_of good '"\(.vouched_by), \(.vouched_how), \(.vouched | length > 18), \(.unusable)"')" \
    'P. Jansen, call-back, true, null' 'it says whose word it has, how it was checked and when'
like "$(sluis participant show good)" "$(fpr good).*P. Jansen +call-back" 'to people as well'
made second '' ed25519 never '' cv25519 never
sluis participant add good --contact good@x.example --key "$work/second.asc"
is "$(key_of good '"\(.vouched_by), \(.vouched_how)"' 1)" 'operator, operator' 'a second one stands beside it, on the word of who typed'
since=$(key_of good .vouched)
sluis participant add good --contact good@x.example --key "$work/good.asc"
is "$(key_of good '"\(.vouched_by), \(.vouched_how), \(.vouched)"')" "P. Jansen, call-back, $since" \
    'the same key again without a word leaves the word it has'
sluis participant add good --contact good@x.example --key "$work/good.asc" --vouched-how meeting
is "$(key_of good '"\(.vouched_by), \(.vouched_how)"')" 'P. Jansen, meeting' 'and with one changes it'
run sluis participant add good --contact good@x.example --key "$work/good.asc" --vouched-how hearsay
status 1 'what is no way to check is refused'
stderr 'vouched_how: expected operator, call-back' 'and named'
run sluis participant add good --vouched-how meeting
status 2 'and belongs to a contact'
made ann '' ed25519 never '' cv25519 never
sluis analyst add ann --address ann@x.example --key "$work/ann.asc" --vouched-by bob --vouched-how meeting
is "$(sluis analyst list --json | jq -r '.[0].keys[0] | "\(.vouched_by) \(.vouched_how)"')" 'bob meeting' 'an analyst has it too'

# There and back.
sluis participant export >"$work/all.yaml"
like "$(cat "$work/all.yaml")" "vouched_how: 'meeting'" 'it is exported'
run sluis participant import "$work/all.yaml"
stdout '^0 new, 0 changed, 1 as they were' 'what is exported is what is there'
sluis participant remove good && sluis participant import "$work/all.yaml" >/dev/null
is "$(key_of good '"\(.vouched_by), \(.vouched_how)"')" 'P. Jansen, meeting' 'and comes back'
sluis participant export --csv >"$work/all.csv"
run sluis participant import "$work/all.csv"
stdout '^0 new, 0 changed, 1 as they were' 'a table likewise'
sed -i 's/meeting;operator/wkd;website/' "$work/all.csv"
run sluis participant import "$work/all.csv"
stdout 'vouched_how: meeting -> wkd' 'a difference is told'
is "$(key_of good .vouched_how) $(key_of good .vouched_how 1)" 'wkd website' 'each key of a list has its own'
cat >"$work/one.yaml" <<END
participants:
  - name: one
    contacts:
      - address: one@x.example
        keys:
          - $work/good.asc
          - {key: $work/second.asc, vouched_by: Ann, vouched_how: umbrella, vouched: 2026-02-01}
END
sluis participant import "$work/one.yaml" >/dev/null
is "$(sluis participant show one --json | jq -r '.contacts[0].keys | map("\(.vouched_by) \(.vouched_how) \(.vouched)") | .[1]')" \
    'Ann umbrella 2026-02-01T00:00:00Z' 'a file may say it of each key'
sed -i 's/vouched_how: umbrella/vouched_who: me/' "$work/one.yaml"
run sluis participant import "$work/one.yaml"
status 1 'an unknown word there'
stderr 'one\.yaml:? line [0-9]+.*vouched_who' 'is named with its line'

# Each refused with its own sentence: the fact, and what would help.
count=0
: >"$work/sentences"
while IFS='|' read -r name word fact remedy; do
	run sluis participant add "$name" --contact "$name@x.example" --key "$work/$name.asc"
	status 0 "T-31: $name: is on record"
	stderr "$(fpr "$name") is refused, mail to it will be held: $fact.*: .*$remedy" "    and refused: $fact"
	is "$(key_of "$name" '"\(.unusable) \(.encryption)"')" "$word null" '    by its word'
	sed 's/.*held: //' "$work/.stderr" >>"$work/sentences"
	count=$((count + 1))
done <<'END'
expired|expired|it has expired|quick-set-expire
revoked|revoked|its owner has revoked it|new key
signs|no encryption subkey|it can sign and not be encrypted to|add a subkey
subkey|encryption subkey expired|its encryption subkey has expired|quick-set-expire
sha1|bound by SHA-1|only SHA-1, or a hash no better, ties its parts together|cert-digest-algo SHA512
short|RSA shorter than 2048 bits|RSA of less than 2048 bits|new key
dsa|DSA|DSA is not to be relied on|new key
elgamal|ElGamal|ElGamal is not to be relied on|add a subkey
future|created in the future|it says it was made in the future|clock
END
is "$(sort -u "$work/sentences" | wc -l)" "$count" "T-31: $count keys refused, no two with the same sentence"
like "$(sluis participant show expired)" 'it has expired: ask' 'the sentence is shown with the key'

# Nothing of it: no key, several, a secret, a poisoned one.
gpg_in "$work/g" --armor --export-secret-keys "$(fpr good)" >"$work/secret.asc"
cat "$work/good.asc" "$work/ann.asc" >"$work/two.asc"
gpg_in "$work/g" --export "$(fpr good)" | perl -0777 -ne '
	# packets of the old format; the last one, a signature, many times
	my ($at, @packets) = 0;
	while ($at < length) {
		my $length = ord(substr $_, $at) & 3 ? 3 + unpack("n", substr $_, $at + 1) : 2 + ord substr $_, $at + 1;
		push @packets, substr $_, $at, $length;
		$at += $length;
	}
	print @packets, ($packets[-1]) x 5000' >"$work/poisoned.gpg"
while IFS='|' read -r file why; do
	run timeout 10 sluis participant add nobody --contact n@x.example --key "$work/$file"
	status 1 "$file is refused altogether"
	stderr "$file: .*$why" "    $why"
done <<'END'
secret.asc|this is a secret key
two.asc|these are several keys
all.csv|this is no public key
poisoned.gpg|the key has 500[0-9] signatures, and 1024 is the most that is read
END
nok 'T-29: and nothing was put' sluis participant show nobody

# A newer version, and an older one.
made old '' ed25519 never '' cv25519 never
cp "$work/old.asc" "$work/before.asc"
sluis participant add one --contact old@x.example --key "$work/old.asc" --vouched-how meeting
sluis participant add two --contact old@x.example --key "$work/old.asc"
state() { sluis participant show "$1" --json | jq -r --arg f "$(fpr old)" \
    '.contacts[].keys[] | select(.fingerprint == $f) | "\(.unusable) \(.vouched_how)"'; }
is "$(state one), $(state two)" 'null meeting, null operator' 'a key of two contacts'
gpg_in "$work/g" --quick-set-expire "$(fpr old)" 1y && exported old
sluis participant add two --contact old@x.example --key "$work/old.asc"
is "$(sluis participant show one --json | jq -r '[.contacts[].keys[] | select(.expires != null)] | length')" 1 \
    'a new date given for one is one for both'
revoked old
run sluis participant add two --contact old@x.example --key "$work/old.asc"
is "$(state one), $(state two)" 'revoked meeting, revoked operator' 'T-31: revoked for one, it is for both at once'
run sluis participant add one --contact old@x.example --key "$work/before.asc"
is "$(state one), $(state two)" 'revoked meeting, revoked operator' 'T-31: and an older copy takes nothing of it back'

done_testing
