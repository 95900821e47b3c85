#!/bin/sh
# The team's key from year to year (T-32), by faked time: made in December,
# certified by the master key, changed, written to once more, given up after
# three years; and in an emergency. Each mail of it is opened with gpg.
#
# Years ago, so that what is started without the faked time, such as the gpg
# that makes a certificate smaller, finds nothing that is still to come.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
faketime=$(find /usr/lib/*/faketime -name libfaketime.so.1 2>/dev/null | head -n 1)
skip_unless faketime test -n "$faketime"

real() { env -u LD_PRELOAD date "$@"; }
# it_is 'YYYY-MM-DD HH:MM': from now on, for whatever runs with faked time.
it_is() { printf '%+d\n' "$(($(real -ud "$1" +%s) - $(real +%s)))" >"$work/offset"; }
it_is '2021-06-01 10:00'
export LD_PRELOAD="$faketime" FAKETIME_TIMESTAMP_FILE="$work/offset" FAKETIME_NO_CACHE=1 \
    FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_DISABLE_SHM=1 NO_FAKE_STAT=1

init_options=--no-samples
chain_init
# The tool starts its servers without our environment.
restart() {
	for _bin in /usr/lib/postgresql/*/bin; do :; done
	"$_bin/pg_ctl" restart -D "$dir/postgres" -w -s >"$work/.restart" 2>&1 </dev/null &&
	GNUPGHOME=$dir/gnupg gpgconf --kill gpg-agent && GNUPGHOME=$dir/gnupg gpgconf --launch gpg-agent
}
ok 'the servers have the faked time' restart
is "$(date -u +%F)" 2021-06-01 'it is June 2021'
first=$team
person heron 'Heron <heron@reporter.example>'
person kite 'Kite <kite@reporter.example>'
analyst ann
person it 'IT <ict@devaart.example>'
sluis participant add devaart --contact ict@devaart.example --key "$work/it.asc" >/dev/null
sluis participant add labnoord --contact security@labnoord.example --language nl >/dev/null
sluis key subscriber add reader@paper.example --language en >/dev/null

# The master key, on a machine of its own; and somebody else's.
gnupg_home "$work/master"
master=$(gnupg_key "$work/master" 'Master Certification Key' rsa2048)
foreign=$(gnupg_key "$work/master" 'Somebody else')
gpg_in "$work/master" --armor --export "$master" >"$work/master.asc"

state() { sluis key list --json | jq -r ".[] | select(.fingerprint == \"$1\") | .$2"; }	# FPR FIELD
next() { sluis key list --json | jq -r '.[] | select(.state == "next") | .fingerprint'; }
doctor() { sluis doctor --json 2>/dev/null | jq -r ".[] | select(.check == \"$1\") | .text + \"; \" + (.remedy // \"\")"; }
request() { echo "$dir/gnupg/request-$1.asc"; }
# by_master YEAR KEY [BY [USERID]]: the ceremony at the master key.
by_master() {
	gpg_in "$work/master" --import "$(request "$1")" 2>/dev/null
	gpg_in "$work/master" --yes --local-user "${3:-$master}" --quick-sign-key "$2" ${4:+"$4"} >/dev/null 2>&1
	gpg_in "$work/master" --armor --export "$2" >"$work/certified.asc"
}
forget_key() { gpg_in "$work/master" --yes --delete-keys "$1" 2>/dev/null; }

# --- December ---

run sluis key rotate --year 2021
status 1 'without a master key nothing follows'
stderr 'keys.master' '    and it says which row is missing'
setting keys.master "$master"
setting keys.master_file "$work/master.asc"
it_is '2021-11-20 10:00'
is "$(doctor 'next key')" 'nothing is due; ' 'in November nothing is due'
it_is '2021-12-02 10:00'
like "$(doctor 'next key')" 'no key for next year yet; sluis key rotate --year 2022' \
    'in December the doctor asks for next year'"'"'s key'
ring_now() { (cd "$dir/gnupg" && find . -type f ! -name '*.lock' ! -name '.#*' ! -name 'trustdb*' \
    -exec sha256sum {} + | sort -k 2); }
ring_now >"$work/before"
for algorithm in cv25519 rsa4096; do
	run sluis key rotate --year 2022 --rehearse --algorithm $algorithm
	status 0 "$algorithm: the whole year is rehearsed"
	is "$(grep -c '^ok ' "$work/.stdout")" 11 '    in eleven steps'
	ring_now >"$work/after"
	ok '    and nothing has changed' cmp "$work/before" "$work/after"
	is "$(find "$(readlink "$dir/run")/work" -name 'gpg-*' 2>/dev/null)" '' '    nor is anything left of it'
done
run sluis key rotate --year 2024
status 2 'a key is made for this year or the next'
run sluis key rotate --year 2022
status 0 'the key for 2022 is made'
second=$(next)
run sluis key rotate --year 2022
is "$(next)" "$second" 'and once only'
is "$(state "$second" year) $(state "$second" algorithm) $(state "$second" expires)" \
    '2022 ed25519 2023-03-01T00:00:00Z' 'for that year, and two months'
is "$(state "$second" 'certified | join(" ")')" 'the key before' 'the key of today certifies it'
run sluis key switch
status 1 'T-32: without the master key nothing is changed'
stderr 'the master key has not certified it' '    and it says so'
run sluis key announce
status 1 'nor is anybody told'
like "$(sed -n '1,/^-----BEGIN/p' "$(request 2022)")" "quick-sign-key $second" 'the request says what to type'
by_master 2022 "$second" "$foreign"
run sluis key certify "$work/certified.asc"
status 1 'another key'"'"'s certification is refused'
stderr "not certified by the master key $master" '    and it says whose is wanted'
forget_key "$second"
by_master 2022 "$second" "$master" rd@sluis.example
run sluis key certify "$work/certified.asc"
status 1 'so is that of one user id'
stderr 'the user id ".*" is not certified' '    and it says which one lacks it'
forget_key "$second"
cp -r "$dir/gnupg" "$work/copy" && rm -f "$work"/copy/S.*
gpg_in "$work/copy" --quick-add-uid "$second" boss@team.example 2>/dev/null
GNUPGHOME=$work/copy gpgconf --kill all
gpg_in "$work/copy" --export "$second" | gpg_in "$work/master" --import 2>/dev/null
by_master 2022 "$second"
run sluis key certify "$work/certified.asc"
status 1 'so is that of a user id the key has not got'
stderr 'boss@team.example' '    and it says which'
forget_key "$second"
rm -rf "$work/copy"
by_master 2022 "$second"
run sluis key certify "$work/certified.asc"
status 0 'the master key'"'"'s certification of all is taken in'
is "$(state "$second" 'certified | join(" and ")')" 'the key before and the master key' 'both certify it now'

# --- everybody is told, once ---

is "$(sluis key announce --dry-run --json | jq -r '.[] | "\(.address) \(.how)"' | sort)" \
    "$(printf '%s\n' 'ann@team.example encrypted' 'ict@devaart.example encrypted' \
        'reader@paper.example signed, in clear' 'security@labnoord.example signed, in clear')" \
    'who would be told, and how'
is "$(outbox length)" 0 '    and nobody was'
run sluis key announce
stdout '^4 are told' 'four are told'
run sluis key announce
stdout '^0 are told' 'once'
deliver
for who in ann:ann@team.example it:ict@devaart.example; do
	mail=$(mail_to "${who#*:}")
	ok "${who#*:}: gpg opens it" open_as "${who%%:*}" "$mail"
	ok '    the key of today signed it' signed_by "$first"
	like "$(read_mail text <"$work/opened")" "$second" '    and it names the new key'
	gnupg_home "$work/fetched"
	read_mail part 2 <"$work/opened" | gpg_in "$work/fetched" --import 2>/dev/null
	is "$(gpg_in "$work/fetched" --with-colons --list-keys | awk -F: '$1 == "fpr" { print $10; exit }')" \
	    "$second" '    which is enclosed'
	gnupg_stop "$work/fetched"
	rm -rf "$work/fetched"
done
for address in reader@paper.example security@labnoord.example; do
	read_mail text <"$(mail_to $address)" >"$work/clear"
	run gpg_in "$work/heron" --status-fd 1 --verify "$work/clear"
	stdout "VALIDSIG $first" "$address: gpg verifies what is signed in clear"
	ok '    and it names the new key' grep -q "$second" "$work/clear"
done
ok 'a Dutch one for whoever reads Dutch' grep -q '^Vanaf zaterdag 1 januari' "$work/clear"

# --- January ---

it_is '2022-01-01 00:30'
like "$(doctor 'next key')" 'its year has begun.*; sluis key switch' 'the doctor says that its year has begun'
sluis key escrow >"$work/sheet"
sluis key escrow --check <"$work/sheet" >/dev/null
like "$(doctor 'recovery sheet')" '^was read back' 'the recovery sheet is of today'
run sluis key switch
status 0 'the new key is the team'"'"'s'
is "$(state "$first" state) $(state "$second" state)" 'former current' 'and the other a former one'
like "$(doctor 'recovery sheet')" 'sluis key escrow' 'a new recovery sheet is asked for'
sluis key export >"$work/team.asc"
for who in heron kite ann it; do gpg_in "$work/$who" --import "$work/team.asc" 2>/dev/null; done

# --- stragglers ---

# to_key KEY WHO [FIELD]: a mail encrypted to that key of ours; its case's number
# is in $case. A former key may be over; who has no other clock uses it still.
n=0
to_key() {
	n=$((n + 1))
	_to=$1 _as=$2
	shift 2
	echo "The portal has a hole, number $n: https://portaal.devaart.example/?id=$n" | text >"$work/words"
	{ head_of "$_as" "A hole $n" "$@"; encrypted "$_as" --recipient "$_to" <"$work/words"; } >"$work/m"
	take "$work/m" && deliver
}
counts() { sluis key list --json | jq -r ".[] | select(.fingerprint == \"$first\") | \"\(.mails) \(.told)\""; }
reminders() { outbox '[.[] | select(.kind == "straggler")] | length'; }

it_is '2022-01-20 10:00'
to_key "$first" heron
is "$(reception encryption) $(counts)" 'ok 0 0' 'T-32: a former key decrypts; for a while nothing is said of it'
to_key "$second" heron
is "$(reception encryption) $(counts)" 'ok 0 0' 'nor of mail to the key of today'
open_as ann "$(mail_to ann@team.example)"
ok 'T-32: the key of today signs, the former one no more' signed_by "$second"

it_is '2022-02-10 10:00'
to_key "$first" heron
is "$(reception encryption) $(counts)" 'ok 1 1' 'after the grace it is counted, and its sender told'
told=$(outbox '[.[] | select(.kind == "straggler")][0].id')
mail=$dir/outgoing/new/$told.sluis
is "$(read_mail head Delivered-To <"$mail") $(read_mail head Auto-Submitted <"$mail")" \
    'heron@reporter.example auto-replied' '    by a mail that says what it is'
like "$(read_mail text <"$mail")" "$second" '    and names the key of today'
to_key "$first" heron
is "$(counts) $(reminders)" '2 1 1' 'once for that key, and counted again'
to_key "$first" kite 'Auto-Submitted: auto-generated'
is "$(counts) $(reminders)" '3 1 1' 'a robot is counted and not told'
to_key "$first" kite 'List-Id: <list.example>' 'Precedence: list'
is "$(counts) $(reminders)" '4 1 1' 'nor is a list'
to_key "$first" ann
is "$(counts) $(reminders)" '5 1 1' 'nor an analyst (T-42)'
{ text <"$work/words"; } >"$work/part1"
bytes application/pgp-keys kite.asc <"$work/kite.asc" >"$work/part2"
{ head_of kite 'A hole, with my key'; mixed "$work/part1" "$work/part2" |
    encrypted kite --sign --recipient "$first"; } >"$work/m"
take "$work/m" && deliver
is "$(counts) $(reminders)" '6 2 2' 'somebody else is told'
mail=$dir/outgoing/new/$(outbox '[.[] | select(.kind == "straggler")] | max_by(.id).id').sluis
ok '    encrypted, to whoever gave a key' open_as kite "$mail"
ok '    signed by the key of today' signed_by "$second"
like "$(sluis status)" 'to former keys +6' 'the status counts them'

# --- a contact's own key ends, and is renewed ---

person kort 'ICT Kort <ict@kort.example>' ed25519 2022-04-01
sluis participant add kort --title 'Kliniek Kort' --language nl --contact ict@kort.example \
    --phone '+31 20 555 01 09' --key "$work/kort.asc" >/dev/null
tag=$(sluis case list --json | jq -r 'first | .tag')
it_is '2022-03-18 10:00'
sluis-clock --once && deliver
ok 'a contact is warned a fortnight before its key ends' open_as kort "$(mail_to ict@kort.example)"
ok '    by the key of today' signed_by "$second"
it_is '2022-04-10 10:00'
like "$(sluis key check 2>&1)" 'ict@kort.example' 'who cannot be reached any more is on the list'
sluis case forward "$tag" kort >/dev/null 2>&1
forwarded() { outbox "[.[] | select(.kind == \"forward\" and .to == \"ict@kort.example\")][0] | \"\(.state) \(.reason)\""; }
deliver
is "$(forwarded)" 'held expired' 'a forward to it is held'
mail=$(mail_to ict@kort.example)
unlike "$(cat "$mail")" 'BEGIN PGP MESSAGE|https:|number' '    and it is asked in clear to call, without a word of the matter'
gpg_in "$work/kort" --quick-set-expire "$(fpr kort)" 2035-04-01
gpg_in "$work/kort" --quick-set-expire "$(fpr kort)" 2035-04-01 "$(gpg_in "$work/kort" \
    --with-colons --list-keys "$(fpr kort)" | awk -F: '$1 == "fpr" { f = $10 } END { print f }')"
gpg_in "$work/kort" --armor --export "$(fpr kort)" >"$work/kort.asc"
sluis participant add kort --contact ict@kort.example --key "$work/kort.asc" >/dev/null
forget_mails
deliver
is "$(forwarded)" 'sent null' 'with its key renewed it leaves by itself'
ok '    and gpg opens it' open_as kort "$(mail_to ict@kort.example)"
ok '    signed by the key of today' signed_by "$second"

# --- what others see ---

run sluis key publish "$work/public"
status 0 'what is to be brought out is written'
run sluis key check --published "$work/public"
status 0 'and is what it should be'
gnupg_home "$work/world"
gpg_in "$work/world" --import "$work/public/team-keys.asc" "$work/master.asc" 2>/dev/null
is "$(gpg_in "$work/world" --with-colons --check-sigs "$second" 2>/dev/null |
    awk -F: -v m="$(echo "$master" | tail -c 17)" -v f="$(echo "$first" | tail -c 17)" \
	'$1 == "sig" && $2 == "!" && ($5 == m || $5 == f) { n++ } END { print n }')" 6 \
    'gpg sees both certifications of its three user ids'
run gpg_in "$work/world" --verify "$work/public/security.txt"
status 0 'gpg verifies security.txt'
hash=$(gpg_in "$work/world" --with-wkd-hash --list-keys "$second" | sed -n 's/^ *\([a-z0-9]*\)@sluis.example/\1/p' | sort)
is "$(cd "$work/public/advanced/.well-known/openpgpkey/sluis.example/hu" && find . -type f | sed 's|./||' | sort)" \
    "$hash" 'the advanced directory has the names gpg gives'
is "$(cd "$work/public/direct/sluis.example/.well-known/openpgpkey/hu" && find . -type f | sed 's|./||' | sort)" \
    "$hash" 'so has the direct one'
ok 'chapter 2.8 names the master key' grep -q "^Fingerprint=$(echo "$master" | cut -c 1-4) " "$work/public/rfc2350-2.8.txt"
gpg_in "$work/world" --armor --export-options export-minimal --export "$second" >"$work/bare.asc"
run sluis key check --published "$work/bare.asc"
status 1 'a copy without the certifications is not'
is "$(sluis key check --published "$work/bare.asc" --json 2>/dev/null | jq -r '.[] | select(.state == "wrong").check' | xargs)" \
    'certified by the master key certified by the key before' '    and both are missed'
gpg_in "$work/heron" --armor --export "$(fpr heron)" >"$work/other.asc"
run sluis key check --published "$work/other.asc"
status 1 'nor is another key'

# --- the years after that, and the end of the first key ---

change() {	# YEAR ALGORITHM
	it_is "$(($1 - 1))-12-05 10:00"
	sluis key rotate --year "$1" --algorithm "$2" >/dev/null &&
	_new=$(next) && by_master "$1" "$_new" && sluis key certify "$work/certified.asc" >/dev/null &&
	it_is "$1-01-01 10:00" && sluis key switch >/dev/null
}
change 2023 rsa4096
result $? '2023: a key of the other kind'
like "$(state "$_new" 'algorithm + " " + .state')" '^rsa4096 current' 'and it is the team'"'"'s'
sluis key export >"$work/team.asc"
gpg_in "$work/heron" --import "$work/team.asc" 2>/dev/null
to_key "$_new" heron
is "$(reception encryption)" ok 'mail to it is opened'
open_as ann "$(mail_to ann@team.example)"
gpg_in "$work/ann" --import "$work/team.asc" 2>/dev/null
open_as ann "$(mail_to ann@team.example)"
ok 'and it signs' signed_by "$_new"
change 2024 cv25519
result $? '2024: from that kind to the first'
change 2025 cv25519
result $? '2025: from one to the next'
third=$_new
run sluis key retire "$third"
status 1 'the key of today is not given up'
it_is '2024-12-31 10:00'
run sluis key retire "$first"
status 1 'T-32: before its three years are over a key is not given up'
stderr 'decrypts until 2025-01-01' '    and it says until when'
it_is '2025-01-02 10:00'
like "$(doctor 'next key')" "sluis key retire $first" 'then the doctor says so'
echo 'an old story' | text | crlf | gpg_in "$work/heron" --faked-system-time 20220301T100000! \
    --encrypt --armor --recipient "$first" 2>/dev/null | wrapped >"$work/old-story"
{ head_of heron 'A late one'; cat "$work/old-story"; } >"$work/m"
take "$work/m" && deliver
is "$(reception encryption)" ok 'on its last day it decrypts'
run sluis key retire "$first"
status 0 'it is given up'
is "$(state "$first" state) $(state "$first" decrypts) $(state "$first" unusable)" 'retired false revoked' \
    'its secret half is gone, and it is revoked'
{ head_of heron 'A very late one'; cat "$work/old-story"; } >"$work/m"
take "$work/m" && deliver
is "$(reception state) $(reception encryption)" 'done nokey' 'what comes to it now cannot be opened, and is told as that'

# --- an emergency ---

it_is '2025-05-01 10:00'
run sluis key rotate --year 2025 --emergency
status 0 'a stolen key is replaced at once'
fourth=$(cat "$dir/gnupg/team")
is "$(state "$third" state) $(state "$third" unusable) $(state "$fourth" state)" 'stolen revoked current' \
    'it is revoked, and another one signs'
run sluis key announce
status 1 'nobody is told before the master key has certified that one'
by_master 2025 "$fourth"
ok 'which it does' sluis key certify "$work/certified.asc"
forget_mails
run sluis key announce
stdout '^5 are told' 'then everybody is told'
deliver
sluis key export >"$work/team.asc"
gpg_in "$work/ann" --import "$work/team.asc" 2>/dev/null
ok 'gpg opens it' open_as ann "$(mail_to ann@team.example)"
ok '    the new key signed it' signed_by "$fourth"
like "$(read_mail text <"$work/opened")" "Somebody else may have this key.*" '    in words of its own'
like "$(read_mail text <"$work/opened")" "$third" '    about the key that was stolen'
run sluis key publish "$work/public"
status 0 'what is to be brought out has the revocation'
gpg_in "$work/world" --import "$work/public/team-keys.asc" 2>/dev/null
is "$(gpg_in "$work/world" --with-colons --list-keys "$third" | awk -F: '$1 == "pub" { print $2 }')" r \
    'gpg sees that it is revoked'
run sluis key check --published "$work/public"
status 0 'and so does the check'

done_testing
