#!/bin/sh
# T-31, T-32: the team's key lost, and its revocation with it: another one takes its
# place, and what is on paper takes the old one back. A stolen one is in 9450.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
init_options=--no-samples
chain_init
first=$team
year=$(date +%Y)
person heron 'Heron <heron@reporter.example>'
analyst ann
gnupg_home "$work/master"
master=$(gnupg_key "$work/master" 'Master Certification Key' ed25519)
gpg_in "$work/master" --armor --export "$master" >"$work/master.asc"
setting keys.master "$master"
setting keys.master_file "$work/master.asc"
sluis key escrow >"$work/sheet"

state() { sluis key list --json | jq -r --arg f "$1" ".[] | select(.fingerprint == \$f) | $2"; }
keys() { sluis key list --json | jq length; }
doctor() { sluis doctor --json 2>/dev/null | jq -r ".[] | select(.check == \"$1\") | .state"; }
verdict() { sluis reception list --json | jq -r '.[0] | "\(.state) \(.encryption)"'; }
sends() {
	{ head_of heron "A hole $1"; echo "Portal $1 shows the files of others." | text | encrypted heron --recipient "$2"; } >"$work/m"
	take "$work/m" && sluis-work --once
}

# Lost: no secret half in the ring, nor what takes the key back.
rm "$dir"/gnupg/private-keys-v1.d/*.key "$dir"/gnupg/openpgp-revocs.d/*.rev
GNUPGHOME=$dir/gnupg gpg-connect-agent reloadagent /bye >/dev/null
sends 1 "$first"
is "$(reception state)" received 'T-9: without its secret half nothing is decided'
run sluis key rotate --year "$year" --lost
status 2 'that a key is lost is an emergency'
run sluis key rotate --year "$year" --emergency --lost
status 0 'another key takes its place'
stdout 'The former key is NOT revoked' '    and that the lost one is not revoked is said'
stdout 'sluis key escrow --read revocation >revocation.asc' '    with what helps'
second=$(cat "$dir/gnupg/team")
is "$(state "$first" '"\(.state) \(.unusable) \(.decrypts)"'), $(state "$second" '"\(.state) \(.unusable)"')" \
    'lost null false, current null' 'it is lost, and the other one signs'
run sluis key rotate --year "$year" --emergency --lost
is "$rc $(cat "$dir/gnupg/team") $(keys)" "0 $second 2" 'typed again it makes no further one'
stdout 'NOT revoked' '    and says what is left'
run sluis key escrow --read revocation <"$work/sheet"
status 0 'the sheet is typed in'
cp "$work/.stdout" "$work/revocation.asc"
gpg --homedir "$dir/gnupg" --batch --import "$work/revocation.asc" 2>/dev/null
is "$(state "$first" .unusable)" revoked 'T-31: and takes the lost key back'
run sluis key rotate --year "$year" --emergency --lost
is "$rc $(cat "$dir/gnupg/team") $(keys)" "0 $second 2" 'typed again it has nothing to do'
stdout "$first is revoked" '    and says so'

# Work goes on.
sluis key export >"$work/team.asc"
for who in heron ann; do gpg_in "$work/$who" --import "$work/team.asc" 2>/dev/null; done
sends 2 "$second"
is "$(verdict)" 'done ok' 'mail to the new key is opened'
sluis-send --once
open_as ann "$(mail_to ann@team.example)"
ok 'the new key signs' signed_by "$second"
sends 3 "$first"
is "$(verdict)" 'done nokey' 'T-9: mail to the lost key is not opened, and known for what it is'

# Others are told when the master key vouches for it.
run sluis key announce
status 1 'nobody is told before the master key has certified it'
gpg_in "$work/master" --import "$dir/gnupg/request-$year.asc" 2>/dev/null
gpg_in "$work/master" --yes --local-user "$master" --quick-sign-key "$second" >/dev/null 2>&1
gpg_in "$work/master" --armor --export "$second" >"$work/certified.asc"
run sluis key certify "$work/certified.asc"
status 0 'which it does'
forget_mails
sluis key announce >/dev/null && sluis-send --once
ok 'then they are' open_as ann "$(mail_to ann@team.example)"
like "$(read_mail text <"$work/opened")" "$first" '    about the key that was lost'
unlike "$(read_mail text <"$work/opened")" 'Somebody else may have' '    which nobody is said to have'
run sluis key publish "$work/public"
status 0 'it is brought out'
run sluis key check --published "$work/public"
status 0 'as it should be'
is "$(doctor 'team key')" ok 'and the doctor is content'

done_testing
