#!/bin/sh
# T-7, T-32: the team's key is changed by steps, and each may be killed anywhere, with
# the gpg it has started: there is a key to sign with all the time, typed again the
# step finishes, and nothing is made twice.
. "${0%/*}/lib.sh"
. "$t/lib/kill.sh"
skip_unless strace have strace
init_options=--no-samples chain_init
killed=0
year=$(($(date +%Y) + 1))
home=$dir/gnupg
gnupg_home "$work/master"
master=$(gnupg_key "$work/master" 'Master Certification Key' ed25519)
gpg_in "$work/master" --armor --export "$master" >"$work/master.asc"
setting keys.master "$master"
setting keys.master_file "$work/master.asc"

# The ring as it was; its agent reads each key from its file.
keep() { rm -rf "$work/kept" && mkdir "$work/kept" && (cd "$home" && tar -cf - --exclude='S.*' --exclude='*lock' --exclude='.#*' .) | tar -xf - -C "$work/kept"; }
put_back() {
	find "$home" -mindepth 1 \( -name 'S.*' -o -name private-keys-v1.d -o -name openpgp-revocs.d \) -prune -o -type f -exec rm -f {} +
	rm -f "$home"/private-keys-v1.d/* "$home"/openpgp-revocs.d/*
	cp -r "$work/kept/." "$home/"
}
ring() { GNUPGHOME=$home gpg --batch --no-tty --quiet "$@" 2>/dev/null; }
signs() { echo x | ring --local-user "$(cat "$home/team")" --sign >/dev/null; }
secrets() { ring --with-colons --list-secret-keys | grep -c '^sec'; }
states() { sluis key list --json | jq -r 'map("\(.state) \(.unusable // "fine") \(.user_ids | length) \(.certified | length)") | join(", ")'; }

# each_step NAME MANY STATES COMMAND...: killed at so many points; what it comes to.
each_step() {
	_name=$1 _many=$2 _states=$3 _wrong='' _killed=$killed
	shift 3
	keep
	traced -f -o "$work/trace" "$@" >/dev/null 2>&1
	is "$(states)" "$_states" "$_name: what it comes to"
	_secrets=$(secrets)
	grep -vE '(poll|recvfrom|sendto|fsync|wait4)\(' "$work/trace" >"$work/trace.steps"
	points "$work/trace.steps" "$_many" >"$work/points"
	while read -r _at; do
		put_back
		killed "$_at" "$@"
		signs || _wrong="$_wrong $_at: no key;"
		"$@" >"$work/.again" 2>&1 || _wrong="$_wrong $_at: $(cat "$work/.again");"
		[ "$(states)" = "$_states" ] || _wrong="$_wrong $_at: $(states);"
		[ "$(secrets)" = "$_secrets" ] || _wrong="$_wrong $_at: $(secrets) secret keys;"
	done <"$work/points"
	is "$_wrong" '' "T-7: $_name: killed at $((killed - _killed)) points, it signs, finishes, and makes nothing twice"
}

each_step rotate 6 'current fine 3 0, next fine 3 1' sluis key rotate --year "$year"
# gpg killed between a key and what takes it back.
put_back
ring --pinentry-mode loopback --passphrase '' --quick-generate-key cut@sluis.example ed25519 sign,cert 0
rm "$home/openpgp-revocs.d/$(ring --with-colons --list-keys cut@sluis.example | awk -F: '$1 == "fpr" { print $10; exit }').rev"
sluis key rotate --year "$year" >/dev/null
is "$(states) $(secrets)" 'current fine 3 0, next fine 3 1 2' 'T-32: one without a revocation is given up for a whole one'
next=$(sluis key list --json | jq -r '.[] | select(.state == "next").fingerprint')
gpg_in "$work/master" --import "$home/request-$year.asc" 2>/dev/null
gpg_in "$work/master" --yes --local-user "$master" --quick-sign-key "$next" >/dev/null 2>&1
gpg_in "$work/master" --armor --export "$next" >"$work/certified.asc"
each_step certify 3 'current fine 3 0, next fine 3 2' sluis key certify "$work/certified.asc"
# Typed again when all is done there is nothing to switch to, which is said.
keep
traced -f -o "$work/trace" sluis key switch >/dev/null 2>&1
grep -E '(rename|openat|write)\(' "$work/trace" | grep -c rename >"$work/renames"
wrong=''
for n in $(seq 1 "$(cat "$work/renames")"); do
	put_back
	killed "rename:signal=KILL:when=$n" sluis key switch
	signs || wrong="$wrong rename $n: no key;"
	[ "$(cat "$home/team")" = "$next" ] || sluis key switch >/dev/null 2>&1
	[ "$(cat "$home/team")" = "$next" ] && [ "$(states)" = 'current fine 3 2, former fine 3 0' ] ||
		wrong="$wrong rename $n: $(states);"
done
is "$wrong" '' "T-7: switch: killed at each of $(cat "$work/renames") files, it is done or not begun"
put_back

each_step 'emergency' 6 'current fine 3 0, stolen revoked 0 0, stolen revoked 0 0' \
    sluis key rotate --year "$year" --emergency
ok "T-7: killed at $killed points" test "$killed" -ge 12

done_testing
